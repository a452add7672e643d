import type { DomainFacts } from "./facts.ts";

/** JSON with one object or relation a line, so that a new version of ATT&CK reads as a diff. Same facts, same bytes. */
export function factsToJson(facts: DomainFacts): string {
  const { objects, relations, ...head } = facts;
  const opening = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const kinds = Object.entries(objects).map(([kind, list]) => `${JSON.stringify(kind)}: [\n${lines(list)}\n]`);
  const edges = Object.entries(relations).map(
    ([relation, targets]) =>
      `${JSON.stringify(relation)}: {\n${Object.entries(targets)
        .map(([source, ids]) => `${JSON.stringify(source)}:${JSON.stringify(ids)}`)
        .join(",\n")}\n}`,
  );
  return `{\n${[...opening, `"objects": {\n${kinds.join(",\n")}\n}`, `"relations": {\n${edges.join(",\n")}\n}`].join(",\n")}\n}\n`;
}

/** `list` as the inside of a JSON array, one item a line. */
export const lines = (list: readonly unknown[]): string => list.map((item) => JSON.stringify(item)).join(",\n");
