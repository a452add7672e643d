/** A message of a rule as a sentence of its own begins: with a capital, unless it begins with an address or a comment's mark. */
export const asSentence = (message: string): string =>
  /^(?:\w+:\/\/|attack:)/u.test(message) ? message : message.replace(/^\p{Ll}/u, (first) => first.toUpperCase());

/** What a narrow list shows of a problem: the id that it is about first, where the words it stands at have one. */
export function problemRow(message: string, words: string): string {
  const sentence = asSentence(message);
  const [id] = /(?<![\w.])[A-Z]{1,3}\d{4}(?:[./]\d{3})?(?!\w)/u.exec(words.slice(0, 200)) ?? [];
  return id === undefined || sentence.startsWith(id) ? sentence : `${id}: ${sentence}`;
}
