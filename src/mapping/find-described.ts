import type { Catalogue } from "../attack/catalogue.ts";
import { hashOf } from "../hash.ts";
import { ofWords, type Block, type Report, type Words } from "../report/report.ts";
import { blocksInStep, type Steps } from "../steps.ts";
import { inferredMention, type Inferred } from "./inferred-mention.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import type { Mention } from "./mention.ts";
import type { Boldness, Model } from "./model/model.ts";
import { reasonOf } from "./model/reason.ts";
import { sentenceReaderOf, type Judgement, type SentenceReader } from "./model/sentence-reader.ts";
import { isGuidance } from "./rules/no-deed.ts";

/** A sentence describes few techniques; a page without full stops is no sentence. */
const mostOfASentence = 8;

type Describe = (words: Words) => readonly Inferred[];

/** Techniques that the prose describes, by model and lexicon together: one mention a technique and sentence, in document order. */
export function findDescribed(
  report: Report,
  catalogue: Catalogue,
  lexicon: Lexicon,
  model: Model,
  boldness: Boldness,
): readonly Mention[] {
  const describe = describerOf(sentenceReaderOf(lexicon, model, catalogue), boldness, catalogue, lexicon);
  return report.blocks.flatMap((block): readonly Mention[] => {
    if (!mayDescribe(block)) return [];
    const described = describe(block);
    return described.length === 0 || isGuidance(report, block)
      ? []
      : described.map((one) => inferredMention(report, block, one));
  });
}

/** Reads blocks beforehand, some a step, so that {@link findDescribed} finds what it needs remembered. */
export function* readDescribed(
  report: Report,
  catalogue: Catalogue,
  lexicon: Lexicon,
  model: Model,
  boldness: Boldness,
): Steps<void> {
  const describe = describerOf(sentenceReaderOf(lexicon, model, catalogue), boldness, catalogue, lexicon);
  for (const block of report.blocks) {
    if (!mayDescribe(block) || isGuidance(report, block)) continue;
    describe(block);
    if (block.index % blocksInStep === 0) yield;
  }
}

const mayDescribe = ({ kind, table }: Block): boolean => kind !== "code" && table?.row !== 0;

const describers = new WeakMap<SentenceReader, { readonly boldness: Boldness; readonly describe: Describe }>();

function describerOf(reader: SentenceReader, boldness: Boldness, catalogue: Catalogue, lexicon: Lexicon): Describe {
  const known = describers.get(reader);
  if (known?.boldness === boldness) return known.describe;
  const least = reader.threshold(boldness);
  const describe = ofWords((words) => describedIn(words, reader, least, catalogue, lexicon));
  describers.set(reader, { boldness, describe });
  return describe;
}

function describedIn(
  { text, sentences }: Words,
  reader: SentenceReader,
  least: number,
  catalogue: Catalogue,
  lexicon: Lexicon,
): readonly Inferred[] {
  return sentences.flatMap(({ textStart, textEnd }, sentence): readonly Inferred[] => {
    const words = text.slice(textStart, textEnd);
    return acceptedIn(words, reader, least).flatMap((judgement) => {
      const technique = catalogue.get(judgement.technique);
      if (!technique) return [];
      const span = reader.spanOf(words, judgement);
      return {
        sentence,
        textStart: textStart + span.start,
        textEnd: textStart + span.end,
        technique,
        confidence: roundProbability(judgement.probability),
        ...reasonOf(words, judgement, technique, span, lexicon),
      };
    });
  });
}

/** What was accepted in sentences that were read lately, by threshold and a 53-bit hash of the sentence. */
const memories = new WeakMap<
  SentenceReader,
  { readonly least: number; readonly sentences: Map<number, readonly Judgement[]> }
>();
const mostRemembered = 2_000;

/**
 * What the sentence describes. A sentence is read alone, so what was found holds wherever it stands: after an edit only
 * changed sentences are read again. The key is a hash, because a slice of a report would keep the whole report in memory.
 */
function acceptedIn(sentence: string, reader: SentenceReader, least: number): readonly Judgement[] {
  let memory = memories.get(reader);
  if (memory?.least !== least) memories.set(reader, (memory = { least, sentences: new Map() }));
  const key = hashOf(sentence);
  const known = memory.sentences.get(key);
  if (known) return known;
  const accepted = narrowest(accept(reader.read(sentence), least));
  if (memory.sentences.size >= mostRemembered) memory.sentences.clear();
  memory.sentences.set(key, accepted);
  return accepted;
}

/** How much surer than for one technique a family must be for its parent to stand for it. */
const familyMargin = 0.2;

/** What is sure enough. Where no member of a family is, but one of them it must be, the parent stands for them. */
export function accept(judgements: readonly Judgement[], least: number): readonly Judgement[] {
  const sure = judgements.filter(({ probability }) => probability >= least);
  const families = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    const family = judgement.technique.slice(0, 5);
    const members = families.get(family);
    if (members) members.push(judgement);
    else families.set(family, [judgement]);
  }
  for (const [family, members] of families) {
    const parent = members.find(({ technique }) => technique === family);
    if (!parent || members.some((member) => sure.includes(member))) continue;
    const probability = 1 - members.reduce((none, member) => none * (1 - member.probability), 1);
    if (probability >= least + familyMargin) sure.push({ ...parent, probability });
  }
  return sure.slice(0, mostOfASentence);
}

/** Without the parents of what is there. */
const narrowest = (judgements: readonly Judgement[]): readonly Judgement[] =>
  judgements.filter(({ technique }) => !judgements.some((other) => other.technique.startsWith(`${technique}.`)));

/** Two places are what a calibrated probability bears. */
export const roundProbability = (probability: number): number =>
  Math.min(0.99, Math.max(0.01, Math.round(probability * 100) / 100));
