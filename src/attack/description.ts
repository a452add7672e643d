/** UTF-16 units of a description that are looked at, and of its first paragraph that are shown. */
const longest = { read: 8_000, shown: 600 } as const;

/**
 * The first paragraph of one of ATT&CK's descriptions as plain text: without citations, links and tags. It is text of a
 * bundle: whoever shows it escapes it.
 */
export function firstParagraph(description: string): string {
  const plain = description
    .slice(0, longest.read)
    .replace(/\(Citation:(?:[^()]|\([^()]{0,100}\)){0,300}\)/g, "")
    .replace(/!?\[([^[\]]{0,300})\]\([^()\s]{0,500}\)/g, "$1")
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, "")
    .replace(/&(lt|gt|amp|quot|nbsp);/g, (_, name: string) => entities[name] ?? "");
  const paragraph = plain.split(/\r\n|\r|\n/).find((line) => line.trim() !== "") ?? "";
  const words = paragraph
    .replace(/[*`]|\p{Cc}|\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .replace(/ (?=[.,;:])/g, "")
    .trim();
  if (words.length <= longest.shown) return words;
  // Rather whole sentences than as much as fits.
  const cut = words.slice(0, longest.shown);
  const sentences = /^.*[.!?](?= )/.exec(cut)?.[0] ?? "";
  return sentences.length > longest.shown / 2 ? sentences : `${cut.replace(/\s+\S*$/, "")} …`;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };
