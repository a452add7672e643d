/**
 * How well the program tells who did what in our own reports (test/fixtures/reports), against the gold beside them. The
 * rules were written with the first reports in sight, and the model learnt from them; of those in read/ only the rules
 * know; those in unseen/ are asked only once the rules stand.
 *
 *   npm run evaluate:campaigns                 the figures of the reports in sight
 *   npm run evaluate:campaigns -- --mistakes   and each mistake on a line
 *   npm run evaluate:campaigns -- --read       the figures of those that the model did not learn from
 *   npm run evaluate:campaigns -- --unseen     the figures of those that nobody has looked at
 */
import { analyse, type Analysis } from "../src/analysis.ts";
import type { Catalogue } from "../src/attack/catalogue.ts";
import { loadBundledCatalogue, loadBundledLexicon, loadBundledModel } from "../src/cli/bundled-data.ts";
import { parseReport } from "../src/report/parse.ts";
import { goldDirectory, goldOf, measuredDirectories, readGoldReports } from "./campaigns/gold.ts";
import {
  f1,
  match,
  measure,
  pairsOf,
  precision,
  recall,
  sum,
  type Count,
  type Matching,
  type Measure,
  type Pair,
} from "./campaigns/measure.ts";
import { dataDirectory } from "./lexicon/source.ts";

interface Result {
  readonly name: string;
  readonly measure: Measure;
  readonly losses: readonly Loss[];
  readonly mistakes: readonly string[];
}

/** Where a missed pair was lost: the mapping saw no such technique on the gold's lines, or it was given to the wrong one. */
const losses = ["not mapped", "given to nobody", "given to another", "given, and not described"] as const;
type Loss = (typeof losses)[number];

const sets = {
  seen: { title: "reports in sight of the rules", directory: goldDirectory },
  read: { title: "reports in sight of the rules alone", directory: measuredDirectories.read },
  unseen: { title: "reports unseen by the rules", directory: measuredDirectories.unseen },
} as const;

/** Those with a share that is right have no recall of their own. */
const rows: readonly { readonly part: keyof Measure; readonly title: string; readonly shareOnly?: boolean }[] = [
  { part: "campaigns", title: "campaigns" },
  { part: "described", title: "described campaigns" },
  { part: "inRole", title: "campaigns in their role" },
  { part: "roles", title: "roles of the found", shareOnly: true },
  { part: "types", title: "types of the found", shareOnly: true },
  { part: "pairs", title: "(campaign, technique)" },
  { part: "parents", title: "the same by parent" },
  { part: "techniques", title: "techniques of whomever" },
  { part: "relations", title: "relations" },
  { part: "lines", title: "right pairs on the line", shareOnly: true },
];

function evaluate(directory: string, catalogue: Catalogue): readonly Result[] {
  const options = { lexicon: loadBundledLexicon(dataDirectory), model: loadBundledModel(dataDirectory) };
  return readGoldReports(directory).map((report) => {
    const gold = goldOf(report, catalogue);
    const analysis = analyse(parseReport(report.text, { path: `${report.name}.md` }), catalogue, options);
    const matching = match(gold, analysis.campaigns);
    const pairs = pairsOf(gold, matching);
    return {
      name: report.name,
      measure: measure(gold, analysis, report.text),
      losses: pairs.filter(({ verdict }) => verdict === "missed").map((pair) => lossOf(pair, matching, analysis)),
      mistakes: [
        ...matching.missed.map(({ name, role }) => `missed    ${role} ${name}`),
        ...matching.extra.map(({ name, role, reason }) => `made up   ${role} ${name} (${reason})`),
        ...matching.matches
          .filter((pair) => pair.gold.role !== pair.found.role)
          .map(
            (pair) => `role      ${pair.gold.name} is ${pair.gold.role}, not ${pair.found.role} (${pair.found.reason})`,
          ),
        ...pairs
          .filter(({ verdict }) => verdict !== "right")
          .map(({ verdict, campaign, technique, found: mine, gold: theirs }) => {
            const [evidence] = verdict === "wrong" ? (mine?.evidence ?? []) : (theirs?.evidence ?? []);
            return `${verdict.padEnd(9)} ${campaign}: ${technique} ${catalogue.get(technique)?.name ?? ""}, line ${evidence?.line ?? "?"}: ${evidence?.text ?? ""}`;
          }),
      ],
    };
  });
}

function lossOf({ technique, campaign, gold }: Pair, { matches }: Matching, { mentions }: Analysis): Loss {
  const there = mentions.filter(
    ({ object, line }) => object.id === technique && gold?.evidence.some((piece) => Math.abs(piece.line - line) <= 1),
  );
  if (there.length === 0) return "not mapped";
  const own = matches.find((pair) => pair.gold.name === campaign)?.found.id;
  const holders = there.flatMap(({ campaigns }) => campaigns);
  if (holders.length === 0) return "given to nobody";
  return own !== undefined && holders.includes(own) ? "given, and not described" : "given to another";
}

const figure = (value: number): string => value.toFixed(3);

function line(title: string, count: Count, shareOnly = false): string {
  const figures = shareOnly
    ? `right ${figure(precision(count))}`
    : `P ${figure(precision(count))}  R ${figure(recall(count))}  F1 ${figure(f1(count))}`;
  const counts = shareOnly
    ? `${count.right} of ${count.right + count.wrong}`
    : `${count.right} right, ${count.wrong} wrong, ${count.missed} missed`;
  return `  ${title.padEnd(25)} ${figures.padEnd(32)} ${counts}`;
}

const table = (measured: Measure): string =>
  rows
    // Most reports have no gold on relations.
    .filter(({ part }) => part !== "relations" || Object.values(measured[part]).some((count) => count > 0))
    .map(({ part, title, shareOnly }) => line(title, measured[part], shareOnly))
    .join("\n");

const lossLine = (lost: readonly Loss[]): string =>
  `  missed pairs              ${losses.map((loss) => `${lost.filter((one) => one === loss).length} ${loss}`).join(", ")}`;

const withMistakes = process.argv.includes("--mistakes");
const catalogue = loadBundledCatalogue(dataDirectory);
const { title, directory } =
  sets[process.argv.includes("--unseen") ? "unseen" : process.argv.includes("--read") ? "read" : "seen"];
const results = evaluate(directory, catalogue);
for (const { name, measure: measured, mistakes } of results) {
  console.log(`${name}\n${table(measured)}`);
  if (withMistakes) for (const mistake of mistakes) console.log(`    ${mistake}`);
  console.log();
}
console.log(
  `${results.length} ${title}\n${table(sum(results.map((result) => result.measure)))}\n${lossLine(results.flatMap((result) => result.losses))}\n`,
);
