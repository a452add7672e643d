import type { Catalogue } from "../attack/catalogue.ts";
import { parseReport } from "../report/parse.ts";
import type { Report } from "../report/report.ts";
import { accept } from "./find-described.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { mapReport } from "./map-report.ts";
import type { Boldness, Model } from "./model/model.ts";
import { reasonOf } from "./model/reason.ts";
import { sentenceReaderOf, type Judgement, type SentenceReader } from "./model/sentence-reader.ts";

/** A technique that a text may describe. */
export interface ClassifiedTechnique {
  readonly id: string;
  /** 0–1; for what the text states, 1. */
  readonly score: number;
  readonly accepted: boolean;
  readonly why: string;
}

/** As the classified technique, its reason not yet put into words: most are never shown. */
interface Candidate extends Omit<ClassifiedTechnique, "why"> {
  readonly why: () => string;
}

export interface ClassifyOptions {
  readonly lexicon?: Lexicon | undefined;
  readonly model?: Model | undefined;
  readonly boldness?: Boldness | undefined;
  /** At most so many techniques. */
  readonly top?: number;
}

/** A text with no more words beside the ids and names of techniques tells of nothing that was done. */
const fewWords = 3;
/** A text that states more techniques is a list. */
const manyStated = 4;
const usualTop = 10;

/** Techniques that one text states or describes, the surest first. */
export function classify(
  text: string,
  catalogue: Catalogue,
  { lexicon, model, boldness = "balanced", top = usualTop }: ClassifyOptions = {},
): readonly ClassifiedTechnique[] {
  const report = parseReport(text, { path: "text", format: "text" });
  const found = new Map<string, Candidate>();
  if (lexicon && model) {
    const reader = sentenceReaderOf(lexicon, model, catalogue);
    for (const one of describedIn(report, reader, catalogue, lexicon, boldness)) keepBest(found, one);
  }
  const { mentions } = mapReport(report, catalogue, model ? undefined : lexicon);
  const stated = mentions.filter(({ object }) => object.type === "technique");
  const names = new Set(stated.map((mention) => mention.text));
  const isBare = stated.length > 0 && hasFewWords(text, names);
  const isList = isBare || names.size > manyStated;
  for (const { object, confidence, why } of stated) {
    const described = found.get(object.id)?.accepted === true;
    keepBest(found, {
      id: object.id,
      score: confidence,
      // Of names alone even what reads like a deed is one's name.
      accepted: !isBare && (described || (!isList && confidence >= 0.5)),
      why: () => (isList ? `${why}; the text says nothing of what was done` : why),
    });
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, top)
    .map((one) => ({ ...one, why: one.why() }));
}

function keepBest(found: Map<string, Candidate>, one: Candidate): void {
  const known = found.get(one.id);
  if (!known || one.score > known.score) found.set(one.id, one);
}

/** Ids and names side by side, as in an appendix: such a text refers to techniques and describes none. */
function hasFewWords(text: string, names: ReadonlySet<string>): boolean {
  let rest = text;
  for (const name of names) rest = rest.replaceAll(name, " ");
  return (rest.match(/\p{L}{2,}/gu) ?? []).length < fewWords;
}

function describedIn(
  report: Report,
  reader: SentenceReader,
  catalogue: Catalogue,
  lexicon: Lexicon,
  boldness: Boldness,
): readonly Candidate[] {
  const least = reader.leastBy(boldness);
  return report.blocks.flatMap(({ text, sentences }) =>
    sentences.flatMap(({ textStart, textEnd }) => {
      const sentence = text.slice(textStart, textEnd);
      const judgements = reader.read(sentence);
      const accepted = new Map(accept(judgements, least).map((judgement) => [judgement.technique, judgement]));
      return judgements.map((judgement): Candidate => ({
        id: judgement.technique,
        score: roundScore((accepted.get(judgement.technique) ?? judgement).probability),
        accepted: accepted.has(judgement.technique),
        why: () =>
          accepted.has(judgement.technique)
            ? whyAccepted(sentence, judgement, reader, catalogue, lexicon)
            : `the wording resembles ${catalogue.get(judgement.technique)?.name ?? judgement.technique}, not surely enough`,
      }));
    }),
  );
}

/** Four places: small scores keep their order. */
const roundScore = (probability: number): number => Math.min(0.99, Math.round(probability * 1e4) / 1e4);

function whyAccepted(
  sentence: string,
  judgement: Judgement,
  reader: SentenceReader,
  catalogue: Catalogue,
  lexicon: Lexicon,
): string {
  const technique = catalogue.get(judgement.technique);
  if (!technique) return "";
  return reasonOf(sentence, judgement, technique, reader.spanOf(sentence, judgement), lexicon).why;
}
