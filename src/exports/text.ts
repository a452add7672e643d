/** Lone surrogates and control characters, which neither XML 1.0 nor a reader has a use for. */
const unprintable =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that any format can hold: what is not a character of XML 1.0 becomes U+FFFD. */
export const cleanText = (text: string): string => text.replace(unprintable, "\ufffd");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text as content or attribute of XML. */
export const escapeXml = (text: string): string =>
  cleanText(text).replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

/** At most `longest` UTF-16 units, cut at a word with an ellipsis and never inside a character. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.lastIndexOf(" ", longest - 2);
  const end = cut > longest / 2 ? cut : longest - 2;
  return `${text.slice(0, end).replace(/[\ud800-\udbff]$/, "")} …`;
}
