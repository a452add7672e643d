import type { Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { relationsOf } from "../campaigns/relation.ts";
import { inNoLayer } from "../exports/in-no-layer.ts";
import { ownSoftware } from "../exports/own-software.ts";
import { inOrderOfTactics, shownTactics } from "../exports/order-of-tactics.ts";
import { roleInWords } from "../exports/role-in-words.ts";
import { surenessInWords } from "../exports/sureness.ts";
import { rangeOf } from "../layers/build-layers.ts";
import type { Report } from "../report/report.ts";
import { printable, table, type Style } from "./table.ts";

/** What a person wants to see of an analysis: who, and for each what, by which line. */
export function summarise(report: Report, analysis: Analysis, catalogue: Catalogue, style: Style): string {
  const described = analysis.campaigns.filter(({ role }) => role === "described");
  const referenced = analysis.campaigns.filter(({ role }) => role === "referenced");
  const parts = [
    `${style.bold(printable(analysis.report.title))}\n${printable(analysis.report.path)}, mapped to ATT&CK ${analysis.attack.version}`,
    ...described.map((campaign) => describe(campaign, analysis, catalogue, style)),
  ];
  if (described.length === 0) parts.push("No campaign is described.");
  if (referenced.length > 0) {
    const rows = referenced.map(({ name, attackIds, reason }) => [printable(name), attackIds.join(", "), reason]);
    parts.push(
      `${style.bold("Only referenced")} (compared with, cited, or too little told of; in no layer)\n${table(rows, style)}`,
    );
  }
  const software = ownSoftware(report, analysis, catalogue);
  if (software.length > 0) {
    const rows = software.map(({ name, line }) => [`line ${line}`, printable(name)]);
    parts.push(
      `${style.bold("Software that ATT&CK does not know")} (layers hold techniques only)\n${table(rows, style)}`,
    );
  }
  const outside = inNoLayer(analysis);
  if (outside.length > 0) {
    const rows = outside.map(({ mention: { line, object }, why }) => [
      `line ${line}`,
      object.id,
      object.name,
      printable(why),
    ]);
    parts.push(`${style.bold("In no layer")} (not told as a deed of anybody described here)\n${table(rows, style)}`);
  }
  if (analysis.findings.length > 0) {
    const rows = analysis.findings.map(({ line, severity, rule, message }) => [
      `line ${line}`,
      severity,
      rule,
      message,
    ]);
    parts.push(`${style.bold("Findings")}\n${table(rows, style)}`);
  }
  return `${parts.join("\n\n")}\n`;
}

function describe(campaign: Campaign, analysis: Analysis, catalogue: Catalogue, style: Style): string {
  const ids = campaign.attackIds.map((id) => `${id} ${catalogue.get(id)?.name ?? ""}`.trim());
  const parent = analysis.campaigns.find(({ id }) => id === campaign.partOf);
  const head = [
    style.bold(printable(campaign.name)),
    roleInWords(campaign),
    ...(parent ? [`part of ${printable(parent.name)}`] : []),
    ...(ids.length > 0 ? [ids.join(", ")] : []),
    ...(campaign.dates ? [rangeOf(campaign.dates.first, campaign.dates.last)] : []),
  ].join(" · ");
  const related = relationsOf(campaign.id, analysis)
    // Whose part it is stands in the head.
    .filter(({ relation }) => relation.kind !== "part-of")
    .map(({ text, relation }) => style.dim(`  ${printable(text)} (line ${relation.evidence[0]?.line ?? 1})`));
  const above = [head, ...related].join("\n");
  if (campaign.techniques.length === 0) return `${above}\n  no technique is told of it alone`;
  const techniques = inOrderOfTactics(campaign.techniques, catalogue);
  const rows = techniques.map((technique) => [
    technique.id,
    technique.name,
    surenessInWords(technique),
    shownTactics(technique).join(", "),
  ]);
  const [header = "", ...lines] = table([["ID", "Technique", "Confidence", "Tactic"], ...rows], style).split("\n");
  const quoted = lines.flatMap((line, index) => {
    const [first, ...more] = techniques[index]?.evidence ?? [];
    if (!first) return [line];
    const others = more.length > 0 ? ` (and ${more.length} more)` : "";
    const file = first.report === undefined ? "" : `${printable(first.report)}, `;
    return [line, style.dim(quote(`${file}line ${first.line}: “${printable(first.text)}”`, others, style.width))];
  });
  return [above, style.dim(header), ...quoted].join("\n");
}

function quote(text: string, behind: string, width: number): string {
  const room = width - behind.length - 9;
  return `         ${text.length > room ? `${text.slice(0, room - 2)}…”` : text}${behind}`;
}
