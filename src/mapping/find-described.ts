import { hashOf } from "../hash.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import { lineAt, toSource, type Block, type Report } from "../report/report.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import { mentioned, type Mention } from "./mention.ts";
import type { Boldness, Model } from "./model/model.ts";
import { sentenceReaderOf, type Judgement, type SentenceReader } from "./model/sentence-reader.ts";
import { reasonOf } from "./model/reason.ts";
import { evidenceAt } from "./place.ts";
import { isGuidance } from "./rules/no-deed.ts";

/** A sentence describes few techniques; a page without full stops is no sentence. */
const mostOfASentence = 8;

/** Techniques that the prose describes, by model and lexicon together: one mention a technique and sentence, in document order. */
export function findDescribed(
  report: Report,
  catalogue: Catalogue,
  lexicon: Lexicon,
  model: Model,
  boldness: Boldness,
): readonly Mention[] {
  const reader = sentenceReaderOf(lexicon, model, catalogue);
  const least = reader.threshold(boldness);
  return report.blocks.flatMap((block) => {
    if (block.kind === "code" || block.table?.row === 0) return [];
    let guidance: boolean | undefined;
    return block.sentences.flatMap(({ textStart, textEnd }, sentence): readonly Mention[] => {
      const text = block.text.slice(textStart, textEnd);
      const accepted = acceptedIn(text, reader, least);
      if (accepted.length === 0 || (guidance ??= isGuidance(report, block))) return [];
      return accepted.flatMap((judgement) => {
        const mention = toMention(report, block, { text, textStart, sentence }, judgement, reader, catalogue, lexicon);
        return mention ? [mention] : [];
      });
    });
  });
}

/** What was accepted in sentences that were read lately, by threshold and a 53-bit hash of the sentence. */
const memories = new WeakMap<
  SentenceReader,
  { readonly least: number; readonly sentences: Map<number, readonly Judgement[]> }
>();
const mostRemembered = 20_000;

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

function toMention(
  report: Report,
  block: Block,
  { text, textStart, sentence }: { readonly text: string; readonly textStart: number; readonly sentence: number },
  judgement: Judgement,
  reader: SentenceReader,
  catalogue: Catalogue,
  lexicon: Lexicon,
): Mention | undefined {
  const technique = catalogue.get(judgement.technique);
  if (!technique) return undefined;
  const span = reader.spanOf(text, judgement);
  const start = toSource(block, textStart + span.start);
  const end = toSource(block, textStart + span.end, "end");
  const place = { block: block.index, sentence };
  const reason = reasonOf(text, judgement, technique, span, lexicon);
  return {
    start,
    end,
    line: lineAt(report, start),
    text: report.text.slice(start, end),
    object: mentioned(technique),
    by: reason.by,
    status: "inferred",
    confidence: roundProbability(judgement.probability),
    evidence: evidenceAt(report, place, start),
    why: reason.why,
    place,
  };
}

/** Two places are what a calibrated probability bears. */
export const roundProbability = (probability: number): number =>
  Math.min(0.99, Math.max(0.01, Math.round(probability * 100) / 100));
