import { isCurrent, type Catalogue } from "../../src/attack/catalogue.ts";
import { mapReport } from "../../src/mapping/map-report.ts";
import { parseReport } from "../../src/report/parse.ts";
import { share, type MeasureRow } from "./knowledge.ts";

/** How Markdown holds an id. */
const forms: readonly ((id: string) => string)[] = [
  (id) => `The actor used it (${id}).`,
  (id) => `- **${id}**: seen twice`,
  (id) => `| Technique | Note |\n|---|---|\n| ${id} | seen |`,
  (id) => `See [this technique](https://attack.mitre.org/techniques/${id.replace(".", "/")}/).`,
  (id) => `See [${id}](#below) and _more_.`,
  (id) => `It is tagged \`${id}\` there.`,
  (id) => `<table><tr><td>${id}</td></tr></table>`,
  (id) => `## ${id} in the wild\n\nText.`,
  (id) => `> Quoted: *${id}*`,
  (id) => `\`\`\`yaml\ntags:\n  - attack.${id.toLowerCase()}\n\`\`\``,
];

/** The share of all techniques' ids that are found in each form. */
export function measureIds(catalogue: Catalogue): MeasureRow {
  const techniques = catalogue.objects("technique").filter(isCurrent);
  let found = 0;
  for (const { id } of techniques)
    for (const form of forms) {
      const { mentions } = mapReport(parseReport(form(id), { path: "x.md" }), catalogue);
      if (mentions.some(({ object, status }) => object.id === id && status === "stated")) found += 1;
    }
  const asked = techniques.length * forms.length;
  return [`stated ids found, ${techniques.length} ids in ${forms.length} forms of Markdown`, share(found, asked), ""];
}
