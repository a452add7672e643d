import { lineAt, sentenceRange, type Report } from "../report/report.ts";
import { evidenceAt } from "../mapping/place.ts";
import type { Evidence } from "./campaign.ts";
import type { Judged } from "./judge.ts";
import { addRelation, type Relation } from "./relation.ts";
import { relating, relationsIn, type SaidRelation } from "./sentence-relations.ts";
import type { Seen } from "./attribute.ts";
import { isHistory, sidelineOf, type Sighting } from "./sightings.ts";

/**
 * What the report says of how its campaigns stand to each other, in the order in which it does; `from` and `to` are
 * keys of actors. Whoever is part of a campaign is so by the report's build, where no sentence says more.
 */
export function findRelations(
  report: Report,
  judged: readonly Judged[],
  /** All sightings in document order. */
  seen: readonly Seen[],
  /** Those that the report is about. */
  subjects: readonly string[],
): readonly Relation[] {
  const parents = new Map(judged.map(({ actor, partOf }) => [actor.key, partOf] as const));
  const whole = wholeOf(judged, subjects);
  const relations = new Map<string, Relation>();
  for (let first = 0; first < seen.length;) {
    const here = seen[first];
    if (!here) break;
    let next = first + 1;
    while (seen[next]?.block === here.block && seen[next]?.sentence === here.sentence) next += 1;
    for (const said of relationsAt(report, seen.slice(first, next))) {
      const from =
        said.from === "whole"
          ? whole
          : said.from === "focus"
            ? focusAt(report, seen, first, subjects)
            : said.from.actor;
      // That a campaign has its own parts is said by them.
      if (from === undefined || from === said.to || (said.kind === "part-of" && parents.get(said.to) === from))
        continue;
      addRelation(relations, { ...said, from, evidence: [evidenceOf(report, here)] });
    }
    first = next;
  }
  for (const { actor, partOf } of judged) {
    const telling = actor.sightings.find(({ acting }) => acting) ?? actor.sightings[0];
    const isSaid = [...relations.values()].some(({ from, to }) => isPair([from, to], actor.key, partOf));
    if (partOf === undefined || !telling || isSaid) continue;
    const evidence = [evidenceOf(report, telling)];
    addRelation(relations, { from: actor.key, kind: "part-of", to: partOf, certainty: "said", evidence });
  }
  return [...relations.values()].sort((a, b) => (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0));
}

const isPair = (pair: readonly string[], one: string, other: string | undefined): boolean =>
  pair.includes(one) && other !== undefined && pair.includes(other);

function relationsAt(report: Report, seen: readonly Seen[]): readonly SaidRelation[] {
  const [first] = seen;
  const block = first && report.blocks[first.block];
  const sentence = block?.sentences[first?.sentence ?? 0];
  if (!first || !block || !sentence || block.kind === "heading" || block.table) return [];
  if (relating(block)[first.sentence] !== true) return [];
  // References and advice relate nobody; what a report tells of the past of its actors does.
  const sideline = sidelineOf(report, block);
  if (sideline !== undefined && !isHistory(sideline)) return [];
  const names = seen.map(({ textStart, textEnd, actor }) => ({
    start: textStart - sentence.textStart,
    end: textEnd - sentence.textStart,
    actor,
  }));
  return relationsIn(block.text.slice(sentence.textStart, sentence.textEnd), names);
}

/** Whoever was named last before these words in their section, else in the heading above, else the report's one subject. */
function focusAt(
  report: Report,
  seen: readonly Seen[],
  index: number,
  subjects: readonly string[],
): string | undefined {
  const here = seen[index];
  let section = report.sections[report.blocks[here?.block ?? 0]?.section ?? 0];
  for (let at = index - 1; at >= 0; at -= 1) {
    const before = seen[at];
    if (!before || before.start < (section?.start ?? 0)) break;
    if (before.compared === undefined) return before.actor;
  }
  for (
    ;
    section && section.level > 1;
    section = section.parent === undefined ? undefined : report.sections[section.parent]
  ) {
    const { index: own } = section;
    const named = seen.find(
      ({ block }) => report.blocks[block]?.kind === "heading" && report.blocks[block].section === own,
    );
    if (named) return named.actor;
  }
  return subjects.length === 1 ? subjects[0] : undefined;
}

/** For what “the campaign” and “these attacks” stand: the one operation that is told of, else the one subject. */
function wholeOf(judged: readonly Judged[], subjects: readonly string[]): string | undefined {
  const [roof, second] = judged.filter(({ actor, role }) => actor.type === "campaign" && role === "described");
  if (roof && !second) return roof.actor.key;
  return subjects.length === 1 ? subjects[0] : undefined;
}

function evidenceOf(report: Report, { block: index, sentence: at, start: seenAt }: Sighting): Evidence {
  const block = report.blocks[index];
  const sentence = block?.sentences[at];
  const { start, end } = block && sentence ? sentenceRange(block, sentence) : { start: seenAt, end: seenAt };
  return { line: lineAt(report, start), text: evidenceAt(report, { block: index, sentence: at }, seenAt), start, end };
}
