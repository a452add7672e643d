import { placeOf, rowOf } from "../mapping/place.ts";
import { matchesOf } from "../report/matches.ts";
import { ofWords, toSource, type Block, type Range, type Report } from "../report/report.ts";
import type { Draft, Sighting } from "./actor.ts";
import { saidBefore, saidBehind, saidInCell, roleNouns, spokenOf, type RoleNoun } from "./rules/role-nouns.ts";

/** Where a report speaks of an actor by the part that it played. */
export interface PartPlayed {
  readonly actor: Draft;
  readonly range: Range;
  readonly place: { readonly block: number; readonly sentence: number };
}

/**
 * Reports that tell several parties apart soon speak of “the broker” and “the affiliate”. Where the words around one
 * actor's name, and no other's, say that it is the broker, that is who is meant; of several, the one in whose section the words stand.
 */
export function partsPlayed(report: Report, actors: readonly Draft[]): readonly PartPlayed[] {
  const places = report.blocks.flatMap((block) =>
    block.kind === "code" ? [] : spokenIn(block).map((each) => ({ block, ...each })),
  );
  if (places.length === 0) return [];
  const owners = new Map<RoleNoun, Set<Draft>>();
  for (const actor of actors)
    for (const sighting of actor.sightings)
      for (const noun of partsSaid(report, sighting)) owners.set(noun, (owners.get(noun) ?? new Set()).add(actor));
  return places.flatMap(({ block, start, end, noun }): readonly PartPlayed[] => {
    const several = [...((isRoleNoun(noun) && owners.get(noun)) || [])];
    const [actor, another] = several.length > 1 ? ofSection(report, block.section, several) : several;
    const range = { start: toSource(block, start), end: toSource(block, end, "end") };
    const place = placeOf(report, range.start);
    return actor && !another && place ? [{ actor, range, place }] : [];
  });
}

/** Those whose name stands in the innermost heading above that names any of them. */
function ofSection(report: Report, section: number, actors: readonly Draft[]): readonly Draft[] {
  const named = actors.filter(({ sightings }) =>
    sightings.some(({ block: index }) => {
      const block = report.blocks[index];
      return block?.kind === "heading" && block.section === section;
    }),
  );
  const parent = report.sections[section]?.parent;
  return named.length > 0 || parent === undefined ? named : ofSection(report, parent, actors);
}

const isRoleNoun = (word: string | undefined): word is RoleNoun => roleNouns.some((noun) => noun === word);

const spokenIn = ofWords(({ text }) =>
  matchesOf(text, spokenOf).map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    noun: match.groups?.["noun"]?.toLowerCase(),
  })),
);

/** The parts that the words around a name say its bearer played. */
function partsSaid(report: Report, { block: index, textStart, textEnd, compared }: Sighting): readonly RoleNoun[] {
  const block = report.blocks[index];
  if (!block || compared !== undefined) return [];
  const said = [
    saidBehind.exec(block.text.slice(textEnd, textEnd + 80)),
    saidBefore.exec(block.text.slice(Math.max(0, textStart - 60), textStart)),
    ...cellsBeside(report, block).map((cell) => saidInCell.exec(cell.text.trim())),
  ];
  return said.map((match) => match?.groups?.["noun"]?.toLowerCase()).filter(isRoleNoun);
}

const cellsBeside = (report: Report, block: Block): readonly Block[] =>
  block.table && block.table.row > 0 ? rowOf(report, block).filter((cell) => cell !== block) : [];
