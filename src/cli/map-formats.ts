import { toMarkdown } from "../exports/markdown.ts";
import { ownSoftware, type OwnSoftware } from "../exports/own-software.ts";
import { jsonText } from "../json-text.ts";
import type { MappedReport } from "./shell.ts";

const softwareOf = ({ report, analysis, catalogue }: MappedReport): readonly OwnSoftware[] =>
  ownSoftware(report, analysis, catalogue);

/** The analysis, and the software to which the report gives a name that ATT&CK does not know. */
const asJson = (mapped: MappedReport): unknown => ({ ...mapped.analysis, ownSoftware: softwareOf(mapped) });

/** How `map` prints an analysis; a row a format. */
export const mapFormats: Readonly<Record<string, (mapped: MappedReport) => string>> = {
  json: (mapped) => jsonText(asJson(mapped)),
  ndjson: (mapped) => `${JSON.stringify(asJson(mapped))}\n`,
  markdown: (mapped) => toMarkdown(mapped.analysis, softwareOf(mapped)),
};
