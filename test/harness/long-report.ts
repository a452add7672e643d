import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The sample reports of a package's directory, without their front matter. */
export const sampleReports = (packageDirectory: string): readonly string[] =>
  ["deadringer", "harbour-lantern-advisory", "night-shift-timeline"].map((name) =>
    readFileSync(join(packageDirectory, "samples", `${name}.md`), "utf8").replace(/^---\n[\s\S]*?\n---\n/, ""),
  );

/** The samples, one behind the other with new headings, to the wanted number of characters. */
export function longReport(characters: number, packageDirectory: string): string {
  const samples = sampleReports(packageDirectory);
  let text = "";
  for (let part = 1; text.length < characters; part += 1)
    text += `# Part ${part}\n\n${samples[part % samples.length] ?? ""}\n\n`;
  return text;
}

const typed = [" They", " dumped", " LSASS", " memory."] as const;

/** What somebody types next after some edits, a word at a time, at one place after the other of a report of so many characters. */
export function nextWord(edits: number, characters: number): { readonly at: number; readonly word: string } {
  const word = edits % typed.length;
  const place = (Math.floor(edits / typed.length) * 7919) % characters;
  return { at: place + typed.slice(0, word).join("").length, word: typed[word] ?? "" };
}

/** The value below which a part (0–1) of sorted numbers lies. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
