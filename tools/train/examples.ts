/**
 * What the model learns from: the annotated reports of the corpus with what we read in them beside, procedure examples
 * of ATT&CK, the lexicon, passages and reports of our own. The last three are part of the project; the others are read
 * where they lie, and nothing of their text is kept.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isCurrent, type Catalogue } from "../../src/attack/catalogue.ts";
import { parseReport } from "../../src/report/parse.ts";
import { sentenceRange } from "../../src/report/report.ts";
import { goldDirectory, readGoldReports } from "../campaigns/gold.ts";
import { goldSentences } from "../campaigns/gold-sentences.ts";
import { bundleFiles, techniqueId, withoutMarkup, type StixBundle } from "../bundles.ts";
import { entriesOf, pairsOf, readLexiconFiles } from "../lexicon/source.ts";
import { parsePassages, passageTexts } from "./passages.ts";
import { parseReadings, readingsText } from "./readings.ts";

export type ExampleSource = "report" | "procedure" | "lexicon" | "lookalike" | "command" | "passage";

/** One text with the techniques that it describes: none is as telling as some. */
export interface Example {
  readonly text: string;
  readonly techniques: readonly string[];
  readonly source: ExampleSource;
  /** Index of the report in the corpus, for what comes from it. */
  readonly document?: number;
}

export interface AnnotatedReport {
  readonly title: string;
  readonly text: string;
  readonly annotations: readonly { readonly start: number; readonly end: number; readonly technique: string }[];
}

/** A file that was read, for the record of provenance. */
export interface SourceFile {
  readonly file: string;
  readonly sha256: string;
}

export interface Corpus {
  readonly examples: readonly Example[];
  /** Every technique that an annotation of the reports names. */
  readonly annotated: ReadonlySet<string>;
  readonly documents: number;
  readonly files: readonly SourceFile[];
}

/** `directory` holds `corpora/` and `attack/`, in which the bundles of the catalogue's version are read. */
export function readCorpus(directory: string, catalogue: Catalogue): Corpus {
  const current = new Set(
    catalogue
      .objects("technique")
      .filter(isCurrent)
      .map(({ id }) => id),
  );
  const files: SourceFile[] = [];
  const read = (file: string): string => {
    const bytes = readFileSync(join(directory, file));
    files.push({ file, sha256: createHash("sha256").update(bytes).digest("hex") });
    return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  };
  const reports = read("corpora/tram-train.jsonl.gz")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as AnnotatedReport);
  const annotated = new Set(reports.flatMap(({ annotations }) => annotations.map(({ technique }) => technique)));
  const readings = parseReadings(readingsText(), current);
  const bundles = bundleFiles(join(directory, "attack"), catalogue.version);
  const examples = [
    ...reports.flatMap((report, document) => {
      // What annotators looked for is their business.
      const told = (readings.get(document) ?? []).filter(({ technique }) => !annotated.has(technique));
      return sentencesOf({ ...report, annotations: [...report.annotations, ...told] }, document);
    }),
    ...bundles.flatMap((name) => proceduresOf(JSON.parse(read(`attack/${name}`)) as StixBundle, current)),
    ...lexiconExamples(current),
    ...passageExamples(current),
    ...ownReportExamples(catalogue),
  ];
  return { examples, annotated, documents: reports.length, files };
}

/** Sentences of one report; a sentence has the techniques of the annotations that reach into it. */
export function sentencesOf({ text, annotations }: AnnotatedReport, document: number): readonly Example[] {
  const report = parseReport(text, { path: `report ${document}`, format: "text" });
  return report.blocks.flatMap((block) =>
    block.sentences.map((sentence): Example => {
      const { start, end } = sentenceRange(block, sentence);
      const inside = annotations.filter((annotation) => {
        const overlap = Math.min(annotation.end, end) - Math.max(annotation.start, start);
        return overlap > 0 && overlap >= Math.min(8, annotation.end - annotation.start);
      });
      const techniques = [...new Set(inside.map(({ technique }) => technique))];
      return { text: text.slice(start, end), techniques, source: "report", document };
    }),
  );
}

/** Descriptions of `uses` relations, without links and citations, the actor's name replaced by a common word. */
function proceduresOf({ objects }: StixBundle, current: ReadonlySet<string>): readonly Example[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const found: Example[] = [];
  for (const object of objects) {
    if (object.type !== "relationship" || object.relationship_type !== "uses" || object.revoked === true) continue;
    if (object.x_mitre_deprecated === true || object.description === undefined) continue;
    const target = byId.get(object.target_ref ?? "");
    const technique = target && techniqueId(target);
    if (technique === undefined || !current.has(technique)) continue;
    const actor = byId.get(object.source_ref ?? "");
    const word = actor?.type === "malware" || actor?.type === "tool" ? "the malware" : "the group";
    const text = [actor?.name ?? "", ...(actor?.aliases ?? []), ...(actor?.x_mitre_aliases ?? [])]
      .filter((name) => name.length > 2)
      .reduce((left, name) => left.replaceAll(name, word), withoutMarkup(object.description));
    found.push({ text, techniques: [technique], source: "procedure" });
  }
  return found;
}

/** The lexicon's own sentences, glosses, look-alikes and commands. */
function lexiconExamples(current: ReadonlySet<string>): readonly Example[] {
  const examples: Example[] = [];
  for (const [id, entry] of entriesOf(readLexiconFiles())) {
    if (!current.has(id)) continue;
    for (const text of [entry.gloss, ...entry.examples]) examples.push({ text, techniques: [id], source: "lexicon" });
    for (const { text, technique } of entry.lookalikes)
      examples.push({ text, techniques: technique === "none" ? [] : [technique], source: "lookalike" });
    for (const [kind, pattern] of pairsOf(entry.commands))
      if (kind !== "event" && kind !== "net")
        examples.push({ text: pattern.replace(/[*]/g, " ").split("|").join(" "), techniques: [id], source: "command" });
  }
  return examples;
}

const passageExamples = (current: ReadonlySet<string>): readonly Example[] =>
  passageTexts().flatMap(({ text }) =>
    parsePassages(text, current).sentences.map((sentence): Example => ({ ...sentence, source: "passage" })),
  );

/** Sentences of our own reports in sight; the others are kept to measure by. What gold leaves unmarked may be told elsewhere. */
const ownReportExamples = (catalogue: Catalogue): readonly Example[] =>
  readGoldReports(goldDirectory).flatMap((report) =>
    goldSentences(report, catalogue)
      .filter(({ techniques }) => techniques.length > 0)
      .map((sentence): Example => ({ ...sentence, source: "passage" })),
  );
