import type { Analysis } from "../analysis.ts";
import type { Evidence } from "../campaigns/campaign.ts";
import { relationsOf } from "../campaigns/relation.ts";
import { rangeOf } from "../layers/build-layers.ts";
import { inNoLayer } from "./in-no-layer.ts";
import type { OwnSoftware } from "./own-software.ts";
import { roleInWords } from "./role-in-words.ts";
import { surenessInWords } from "./sureness.ts";

/** The mapping as Markdown: a heading a campaign, a table of its techniques, narrow enough to be shown beside the text; and what `ownSoftware` found. */
export function toMarkdown(analysis: Analysis, software: readonly OwnSoftware[] = []): string {
  const { report, attack, campaigns, findings } = analysis;
  const parts = [
    `# ATT&CK mapping of ${escapeMarkdown(report.title)}`,
    `ATT&CK ${attack.version}: ${attack.domains.join(", ")}`,
  ];
  for (const campaign of campaigns) {
    const ids = campaign.attackIds.length > 0 ? ` (${campaign.attackIds.join(", ")})` : "";
    parts.push(
      `## ${escapeMarkdown(campaign.name)}${ids}`,
      `${roleInWords(campaign)}: ${escapeMarkdown(campaign.reason)}${campaign.dates ? `; told of: ${rangeOf(campaign.dates.first, campaign.dates.last)}` : ""}`,
    );
    const related = relationsOf(campaign.id, analysis).map(
      ({ text, relation }) => `- ${escapeMarkdown(text)}: ${relation.evidence.map(quoted).join("; ")}`,
    );
    if (related.length > 0) parts.push(related.join("\n"));
    if (campaign.techniques.length === 0) continue;
    const rows = campaign.techniques.map(({ id, name, tactics, status, confidence, evidence }) =>
      row([
        `[${id}](https://attack.mitre.org/techniques/${id.replace(".", "/")}) ${escapeMarkdown(name)}<br>${tactics.join(", ")}`,
        surenessInWords({ status, confidence }),
        evidence.map(quoted).join("<br>"),
      ]),
    );
    parts.push([row(["Technique", "How sure", "Evidence"]), row(["---", "---", "---"]), ...rows].join("\n"));
  }
  if (software.length > 0)
    parts.push(
      "## Software that ATT&CK does not know",
      software.map(({ name, line }) => `- line ${line}: ${escapeMarkdown(name)}`).join("\n"),
    );
  const outside = inNoLayer(analysis);
  if (outside.length > 0)
    parts.push(
      "## In no layer",
      outside
        .map(
          ({ mention: { line, object }, why }) =>
            `- line ${line}: ${object.id} ${escapeMarkdown(object.name)} (${escapeMarkdown(why)})`,
        )
        .join("\n"),
    );
  if (findings.length > 0)
    parts.push(
      "## Findings",
      findings
        .map(({ line, severity, rule, message }) => `- line ${line}: ${severity} ${rule}: ${escapeMarkdown(message)}`)
        .join("\n"),
    );
  return `${parts.join("\n\n")}\n`;
}

const quoted = ({ line, text }: Evidence): string => `line ${line}: “${escapeMarkdown(text)}”`;

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** Text of a report as text of Markdown: no markup, no HTML, no new cell. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>|#!~&]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
