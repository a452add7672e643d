import type { DomainInfo } from "../attack/catalogue.ts";
import { versionOf, type KnowledgeInfo } from "../attack/knowledge-folder.ts";
import { escapeMarkdown } from "./markdown.ts";

/** What the page on the knowledge base tells. */
export interface KnowledgeState {
  /** Domains of the catalogue in force. */
  readonly inForce: readonly DomainInfo[];
  /** The stored version in force; absent for the one that ships. */
  readonly chosen?: KnowledgeInfo | undefined;
  /** How many objects have ATT&CK's own text. */
  readonly texts: number;
  readonly stored: readonly KnowledgeInfo[];
  readonly failure?: { readonly message: string; readonly time: string } | undefined;
  /** Address that updates come from. */
  readonly url: string;
}

/** Which versions of ATT&CK there are, where they come from, and what went wrong last, as Markdown. */
export function knowledgePage({ inForce, chosen, texts, stored, failure, url }: KnowledgeState): string {
  const rows = inForce.map(({ domain, version, source }) =>
    row([domain, version, source.file, source.modified.slice(0, 10), source.sha256.slice(0, 12)]),
  );
  return [
    "# ATT&CK knowledge base",
    `In force: ATT&CK ${versionOf({ domains: inForce })}, ${chosen ? `from ${escapeMarkdown(chosen.from)}` : "as it ships with the extension"}. ${
      texts > 0
        ? `${texts} objects have ATT&CK's own text.`
        : "Hovers show glosses of this project; ATT&CK's own texts come with an update."
    }`,
    ...(failure ? [`> **Last error** (${day(failure.time)}): ${escapeMarkdown(failure.message)}`] : []),
    [row(["Domain", "Version", "Bundle", "Changed", "SHA-256"]), row(Array<string>(5).fill("---")), ...rows].join("\n"),
    "## Stored versions",
    stored.length === 0
      ? "None."
      : stored.map((info) => `- ${storedInWords(info)}${info === chosen ? " (in force)" : ""}`).join("\n"),
    `Updates come from ${escapeMarkdown(url)} (\`attackScribe.knowledgeBase.url\`), and only when you ask for them.`,
  ]
    .join("\n\n")
    .concat("\n");
}

/** "ATT&CK 18.1: enterprise-attack, mobile-attack; 2026-01-02, from …". */
const storedInWords = (info: KnowledgeInfo): string =>
  `ATT&CK ${versionOf(info)}: ${info.domains.map(({ domain }) => domain).join(", ")}; ${day(info.added)}, from ${escapeMarkdown(info.from)}`;

/** Of an ISO 8601 time. */
const day = (time: string): string => escapeMarkdown(time.slice(0, 10));

const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
