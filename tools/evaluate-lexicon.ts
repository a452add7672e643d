/**
 * Measures how well the words of the lexicon tell techniques apart: each procedure example of ATT&CK (the description
 * of a `uses` relation) is a query, the techniques are ranked by TF-IDF cosine. The same with ATT&CK's own
 * descriptions of the techniques is the yardstick. The bundle is read where it lies; nothing of it is kept.
 *
 *   npm run lexicon:evaluate -- DIR      DIR/attack/ holds the enterprise bundle of the version that ships
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { CueMatcher } from "../src/mapping/lexicon/cue-matcher.ts";
import { parseCue, plainPhrases } from "../src/mapping/lexicon/pattern.ts";
import { stem } from "../src/mapping/lexicon/stem.ts";
import { wordsOf } from "../src/mapping/lexicon/words.ts";
import { loadBundledCatalogue } from "../src/cli/bundled-data.ts";
import { bundleFiles, techniqueId, withoutMarkup, type StixBundle, type StixObject } from "./bundles.ts";
import { cueFault } from "./lexicon/compile.ts";
import { dataDirectory, entriesOf, pairsOf, readLexiconFiles, type LexiconEntry } from "./lexicon/source.ts";

interface Query {
  readonly technique: string;
  readonly text: string;
}

/** How far down the ranking counts as found. */
const depth = 3;
const worstCount = 25;

const directory = process.argv[2];
if (directory === undefined) {
  console.error("usage: npm run lexicon:evaluate -- DIR");
  process.exit(2);
}
const objects = readBundle(join(directory, "attack"));
const usable = objects.filter((object) => object.revoked !== true && object.x_mitre_deprecated !== true);
const names = new Map<string, string>();
const descriptions = new Map<string, string>();
for (const object of usable) {
  const id = techniqueId(object);
  if (id === undefined) continue;
  names.set(id, object.name ?? "");
  descriptions.set(id, `${object.name ?? ""} ${withoutMarkup(object.description ?? "")}`);
}
const queries = queriesOf(usable);
const entries = entriesOf(readLexiconFiles());
const covered = new Set([...names.keys()].filter((id) => entries.has(id)));
const asked = queries.filter(({ technique }) => covered.has(technique));
console.log(
  `${queries.length} procedure examples, ${asked.length} of the ${covered.size} techniques that the lexicon has (of ${names.size})`,
);
const texts = new Map(
  [...covered].flatMap((id) => {
    const entry = entries.get(id);
    return entry ? [[id, textOf(entry)] as const] : [];
  }),
);
report("lexicon", texts, true);
reportDecisive();
report("ATT&CK's descriptions", new Map([...descriptions].filter(([id]) => covered.has(id))), false);

function readBundle(folder: string): readonly StixObject[] {
  const { version } = loadBundledCatalogue(dataDirectory);
  return bundleFiles(folder, version, "enterprise").flatMap(
    (name) => (JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString("utf8")) as StixBundle).objects,
  );
}

/** Descriptions of `uses` relations without links, citations and the actor's names: these give techniques away. */
function queriesOf(all: readonly StixObject[]): readonly Query[] {
  const byStixId = new Map(all.map((object) => [object.id, object]));
  return all.flatMap((object): readonly Query[] => {
    if (object.type !== "relationship" || object.relationship_type !== "uses") return [];
    const target = byStixId.get(object.target_ref ?? "");
    const source = byStixId.get(object.source_ref ?? "");
    const technique = target && techniqueId(target);
    if (technique === undefined || object.description === undefined) return [];
    const actor = [source?.name ?? "", ...(source?.aliases ?? []), ...(source?.x_mitre_aliases ?? [])];
    const text = actor
      .filter((name) => name.length > 2)
      .reduce((left, name) => left.replaceAll(name, " "), withoutMarkup(object.description));
    return [{ technique, text }];
  });
}

function textOf({ gloss, cues, commands, examples }: LexiconEntry): string {
  const phrases = pairsOf(cues).flatMap(([, cue]) => (cueFault(cue) === undefined ? plainPhrases(parseCue(cue)) : []));
  return [gloss, ...phrases, ...pairsOf(commands).map(([, pattern]) => pattern), ...examples].join("\n");
}

function countsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) {
    const key = stem(word.text);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Ranks techniques for a query, the best first. */
function rankerOf(documents: ReadonlyMap<string, string>): (query: string) => readonly string[] {
  const counted = [...documents].map(([id, text]) => ({ id, counts: countsOf(text) }));
  const frequency = new Map<string, number>();
  for (const { counts } of counted) for (const key of counts.keys()) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  const weight = (key: string, count: number): number =>
    (1 + Math.log(count)) * Math.log((1 + counted.length) / (frequency.get(key) ?? counted.length));
  const postings = new Map<string, { readonly at: number; readonly weight: number }[]>();
  counted.forEach(({ counts }, at) => {
    const weights = [...counts].map(([key, count]) => [key, weight(key, count)] as const);
    const norm = Math.sqrt(weights.reduce((total, [, value]) => total + value * value, 0)) || 1;
    for (const [key, value] of weights) {
      const list = postings.get(key);
      const posting = { at, weight: value / norm };
      if (list) list.push(posting);
      else postings.set(key, [posting]);
    }
  });
  return (query) => {
    const scores = new Float64Array(counted.length);
    for (const [key, count] of countsOf(query)) {
      const wanted = weight(key, count);
      for (const posting of postings.get(key) ?? [])
        scores[posting.at] = (scores[posting.at] ?? 0) + wanted * posting.weight;
    }
    return counted
      .map(({ id }, at) => ({ id, score: scores[at] ?? 0 }))
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, depth)
      .map(({ id }) => id);
  };
}

/** How often a decisive cue in a procedure example is of its technique (or family), and the cues that mislead most. */
function reportDecisive(): void {
  const cues = [...covered].map((id) => {
    const decisive = pairsOf(entries.get(id)?.cues).flatMap(([weight, cue]) =>
      weight === "decisive" && cueFault(cue) === undefined ? [cue] : [],
    );
    return [id, decisive, [], []] as const;
  });
  const matcher = new CueMatcher({ cues, frequent: {} });
  const rows = new Map<string, { right: number; all: number }>();
  let pairs = 0;
  let exact = 0;
  let related = 0;
  let reached = 0;
  for (const { technique, text } of asked) {
    const found = matcher.find(text);
    const techniques = new Set(found.map((match) => match.technique));
    pairs += techniques.size;
    if (techniques.has(technique)) exact += 1;
    const relatives = [...techniques].filter((id) => id.slice(0, 5) === technique.slice(0, 5)).length;
    related += relatives;
    if (relatives > 0) reached += 1;
    for (const key of new Set(found.map((match) => `${match.technique} "${match.cue}"`))) {
      const row = rows.get(key) ?? { right: 0, all: 0 };
      rows.set(key, row);
      row.all += 1;
      if (key.startsWith(technique.slice(0, 5))) row.right += 1;
    }
  }
  const share = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;
  console.log(
    `decisive cues: ${share(exact, pairs)} exact, ${share(related, pairs)} of the family; they reach ${share(exact, asked.length)} of the examples exactly, ${share(reached, asked.length)} by family`,
  );
  const misleading = [...rows]
    .sort(([a, m], [b, n]) => n.all - n.right - (m.all - m.right) || (a < b ? -1 : 1))
    .slice(0, worstCount);
  for (const [cue, { right, all }] of misleading) console.log(`  ${cue}: ${right} right of ${all}`);
}

function report(title: string, documents: ReadonlyMap<string, string>, withWorst: boolean): void {
  const rank = rankerOf(documents);
  const parent = (id: string): string => id.slice(0, 5);
  let exact = 0;
  let related = 0;
  let first = 0;
  const found = new Map<string, { right: number; all: number; wrong: Map<string, number> }>();
  for (const { technique, text } of asked) {
    const ranked = rank(text);
    const row = found.get(technique) ?? { right: 0, all: 0, wrong: new Map<string, number>() };
    found.set(technique, row);
    row.all += 1;
    if (ranked[0] === technique) first += 1;
    if (ranked.some((id) => parent(id) === parent(technique))) related += 1;
    if (ranked.includes(technique)) {
      exact += 1;
      row.right += 1;
    } else for (const id of ranked.slice(0, 1)) row.wrong.set(id, (row.wrong.get(id) ?? 0) + 1);
  }
  const share = (count: number): string => `${((100 * count) / Math.max(1, asked.length)).toFixed(1)} %`;
  console.log(`${title}: recall@${depth} ${share(exact)} exact, ${share(related)} parent; first place ${share(first)}`);
  if (!withWorst) return;
  const worst = [...found]
    .filter(([, { all }]) => all >= 5)
    .sort(([a, m], [b, n]) => m.right / m.all - n.right / n.all || n.all - m.all || (a < b ? -1 : 1))
    .slice(0, worstCount);
  for (const [id, { right, all, wrong }] of worst) {
    const confusions = [...wrong].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 3);
    const told = confusions.map(([other, count]) => `${other} ${names.get(other) ?? ""} ×${count}`).join(", ");
    console.log(`  ${id} ${names.get(id) ?? ""}: ${right} of ${all}; taken for ${told}`);
  }
}
