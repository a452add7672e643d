import { placeOf } from "../mapping/place.ts";
import { firstFrom, overlapFinder } from "../report/ranges.ts";
import { type Block, type Range, type Report, toSource } from "../report/report.ts";
import type { Draft } from "./actor.ts";

interface Occurrence {
  readonly range: Range;
  readonly place: { readonly block: number; readonly sentence: number };
  readonly text: string;
}

/** Where a report writes a name, letter by letter and as words of their own. */
export function occurrences(report: Report, name: string): readonly Occurrence[] {
  if (name.length < 3) return [];
  const found: Occurrence[] = [];
  // To look for its first word in the whole source shows which blocks are worth looking at.
  const [first = name] = /[\p{L}\p{N}]+/u.exec(name) ?? [];
  for (let from = report.text.indexOf(first); from >= 0;) {
    const block = report.blocks[firstFrom(report.blocks, from + 1) - 1];
    const isInBlock = block !== undefined && from < block.end;
    if (isInBlock && block.kind !== "code") found.push(...occurrencesIn(report, block, name));
    from = report.text.indexOf(first, isInBlock ? block.end : from + first.length);
  }
  return found;
}

function occurrencesIn(report: Report, block: Block, name: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (let at = block.text.indexOf(name); at >= 0; at = block.text.indexOf(name, at + name.length)) {
    const alone =
      !/[\p{L}\p{N}]$/u.test(block.text.slice(Math.max(0, at - 2), at)) &&
      !/^[\p{L}\p{N}]/u.test(block.text.slice(at + name.length, at + name.length + 2));
    if (!alone) continue;
    const range = { start: toSource(block, at), end: toSource(block, at + name.length, "end") };
    const place = placeOf(report, range.start);
    if (place) found.push({ range, place, text: name });
  }
  return found;
}

/** “the SolarWinds and Kaseya attacks”: a capitalised neighbour of an actor who is only compared with is one, too. */
export function comparedNeighbours(report: Report, actors: ReadonlyMap<string, Draft>): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const overlapping = overlapFinder([...actors.values()].flatMap(({ sightings }) => sightings));
  for (const { sightings } of actors.values()) {
    for (const { compared, block: index, textStart, textEnd, sentence } of sightings) {
      const block = report.blocks[index];
      if (compared === undefined || !block) continue;
      const event = "(?:[\\w-]+ )?(?:attacks?|hacks?|breach(?:es)?|compromises?|incidents?|campaigns?|intrusions?)\\b";
      const name = "(\\p{Lu}[\\p{L}\\p{N}]+(?: \\p{Lu}[\\p{L}\\p{N}]+)?)";
      const after = new RegExp(`^(?:,? (?:and|or) |, )(?:the )?${name} ${event}`, "u").exec(
        block.text.slice(textEnd, textEnd + 120),
      );
      const before = new RegExp(`${name}(?:,? (?:and|or) |, )(?:the )?$`, "u").exec(
        block.text.slice(Math.max(0, textStart - 80), textStart),
      );
      const followed = new RegExp(`^ ${event}`, "u").test(block.text.slice(textEnd, textEnd + 60));
      const spans: (readonly [number, string])[] = [];
      if (after?.[1] !== undefined) spans.push([textEnd + after[0].indexOf(after[1]), after[1]]);
      if (before?.[1] !== undefined && followed) spans.push([Math.max(0, textStart - 80) + before.index, before[1]]);
      for (const [at, text] of spans) {
        const range = { start: toSource(block, at), end: toSource(block, at + text.length, "end") };
        if (overlapping(range).length === 0) found.push({ range, place: { block: index, sentence }, text });
      }
    }
  }
  return found;
}
