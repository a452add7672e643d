import table from "../../../data/ambiguous-names.json" with { type: "json" };

/** When a name that also means something else counts as a mention; see `NameCondition`. */
export type Ambiguity = "capitals" | "context" | "command" | "spelling" | "never";

interface AmbiguityRow {
  readonly when: Ambiguity;
  readonly reason: string;
  readonly names: readonly string[];
}

/** The rows of data/ambiguous-names.json; where a name stands in several, the first row holds. */
export const ambiguousNames = table as readonly AmbiguityRow[];

const conditions = new Map<string, Ambiguity>();
for (const { when, names } of ambiguousNames) {
  for (const name of names) if (!conditions.has(name.toLowerCase())) conditions.set(name.toLowerCase(), when);
}

export const ambiguityOf = (name: string): Ambiguity | undefined => conditions.get(name.toLowerCase());
