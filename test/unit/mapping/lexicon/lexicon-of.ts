import type { CommandKind, Lexicon } from "../../../../src/mapping/lexicon/lexicon.ts";

/** A small lexicon for a test: decisive cues, then what else a technique has. */
export function lexiconOf(
  decisive: Readonly<Record<string, readonly string[]>>,
  more: {
    readonly strong?: Readonly<Record<string, readonly string[]>>;
    readonly commands?: Readonly<Record<string, Readonly<Partial<Record<CommandKind, readonly string[]>>>>>;
  } = {},
): Lexicon {
  return {
    format: 1,
    glosses: {},
    cues: Object.entries(decisive).map(([id, cues]) => [id, cues, more.strong?.[id] ?? [], []]),
    commands: Object.entries(more.commands ?? {}),
    frequent: {},
  };
}
