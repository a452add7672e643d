import type { AttackObject } from "../attack/catalogue.ts";
import { escapeMarkdown } from "./markdown.ts";

/** An object as a Markdown link with this label, its name by default. */
export function toLink({ name, url }: AttackObject, label = name): string {
  // Addresses come from a bundle: only https, and nothing that would end the link or open a tag.
  const address = /^https:\/\//.test(url)
    ? url.replace(/[\s()<>\\]/g, (mark) =>
        encodeURIComponent(mark).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29")),
      )
    : "";
  return `[${escapeMarkdown(label)}](${address})`;
}

/** "PowerShell (T1059.001)". */
export const toNameAndId = ({ name, id }: AttackObject): string => `${name} (${id})`;
