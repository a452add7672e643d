import type { Lexicon } from "./lexicon.ts";
import { parseCue, plainPhrases } from "./pattern.ts";

/** A technique's id and words by which people speak of it. */
export type TechniquePhrase = readonly [technique: string, phrase: string];

/** Renderings of one cue that are worth finding by; more only repeat themselves. */
const mostOfACue = 6;

const known = new WeakMap<Lexicon, readonly TechniquePhrase[]>();

/** Decisive and strong cues as plain words, for a search: "dump credential". */
export function phrasesOf(lexicon: Lexicon): readonly TechniquePhrase[] {
  let phrases = known.get(lexicon);
  if (!phrases) {
    phrases = lexicon.cues.flatMap(([id, decisive, strong]) =>
      [...decisive, ...strong].flatMap((cue) =>
        plainPhrases(parseCue(cue), mostOfACue).map((phrase): TechniquePhrase => [id, phrase]),
      ),
    );
    known.set(lexicon, phrases);
  }
  return phrases;
}
