import type { Catalogue } from "../attack/catalogue.ts";
import { hashOf } from "../hash.ts";
import { ofReport, ofWords, type Block, type Report, type Words } from "../report/report.ts";
import { blocksInStep, type Steps } from "../steps.ts";
import { inferredMention, type Inferred } from "./inferred-mention.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import type { Mention } from "./mention.ts";
import { domainsWanted } from "./domains-wanted.ts";
import { domainsTold, speaks, tellingLength, type DomainCounts } from "./domains-told.ts";
import { otherDomains, type Boldness, type Model, type OtherDomain } from "./model/model.ts";
import { reasonOf } from "./model/reason.ts";
import { sentenceReaderOf, type Judgement, type Least, type SentenceReader } from "./model/sentence-reader.ts";
import { domainWords } from "./rules/domain-words.ts";
import { isGuidance } from "./rules/no-deed.ts";

/** A sentence describes few techniques; a page without full stops is no sentence. */
const mostOfASentence = 8;

/** What a block describes, wherever it stands, and of which domains its words speak. */
interface Described {
  readonly inferred: readonly Inferred[];
  readonly counts: DomainCounts;
}

interface Describer {
  readonly boldness: Boldness;
  readonly describe: (words: Words) => Described;
  /** The same where its place tells a domain beside Enterprise. */
  readonly describeIn: Readonly<Record<OtherDomain, (words: Words) => readonly Inferred[]>>;
  /** By a block's index, the domain of which its place tells. */
  readonly domainsIn: (report: Report) => readonly (OtherDomain | undefined)[];
}

/** What prose describes, in document order. */
export interface FoundInProse {
  readonly mentions: readonly Mention[];
  /** What stands under headings of guidance and references: the report does not tell that anybody did it. */
  readonly setAside: readonly Mention[];
}

/** Techniques that the prose describes, by model and lexicon together: one mention a technique and sentence. */
export function findDescribed(
  report: Report,
  catalogue: Catalogue,
  lexicon: Lexicon,
  model: Model,
  boldness: Boldness,
): FoundInProse {
  const describer = describerOf(catalogue, lexicon, model, boldness);
  const domains = describer.domainsIn(report);
  const mentions: Mention[] = [];
  const setAside: Mention[] = [];
  for (const block of report.blocks) {
    if (!mayDescribe(block)) continue;
    const described = describedBy(block, domains[block.index], describer);
    if (described.length === 0) continue;
    const found = isGuidance(report, block) ? setAside : mentions;
    for (const one of described) found.push(inferredMention(report, block, one));
  }
  return { mentions, setAside };
}

/** Reads a block beforehand, wherever it stands, so that {@link findDescribed} finds what it needs remembered. */
export function describedReader(
  catalogue: Catalogue,
  lexicon: Lexicon,
  model: Model,
  boldness: Boldness,
): (block: Block) => void {
  const { describe } = describerOf(catalogue, lexicon, model, boldness);
  return (block) => {
    if (mayDescribe(block)) describe(block);
  };
}

/** The same for blocks whose place tells of another domain than Enterprise, some a step: these are known when all are read. */
export function* readInDomains(
  report: Report,
  catalogue: Catalogue,
  lexicon: Lexicon,
  model: Model,
  boldness: Boldness,
): Steps<void> {
  const describer = describerOf(catalogue, lexicon, model, boldness);
  const domains = describer.domainsIn(report);
  for (const block of report.blocks) {
    const domain = domains[block.index];
    if (domain === undefined || !mayDescribe(block)) continue;
    describer.describeIn[domain](block);
    if (block.index % blocksInStep === 0) yield;
  }
}

const naming = (domain: OtherDomain): ((words: Words) => boolean) =>
  ofWords(({ text }) => domainWords[domain].pattern.test(text));
const named = { "mobile-attack": naming("mobile-attack"), "ics-attack": naming("ics-attack") } as const;

const describedBy = (
  words: Words,
  domain: OtherDomain | undefined,
  { describe, describeIn }: Describer,
): readonly Inferred[] => (domain === undefined ? describe(words).inferred : describeIn[domain](words));

const mayDescribe = ({ kind, table }: Block): boolean => kind !== "code" && table?.row !== 0;

const describers = new WeakMap<SentenceReader, Describer>();

function describerOf(catalogue: Catalogue, lexicon: Lexicon, model: Model, boldness: Boldness): Describer {
  const reader = sentenceReaderOf(lexicon, model, catalogue);
  const known = describers.get(reader);
  if (known?.boldness === boldness) return known;
  const least = reader.leastBy(boldness);
  const reading = (domain?: OtherDomain) => (words: Words) => readSentences(words, reader, least, domain);
  const anywhere = reading();
  const inferredOf = (words: Words, read: readonly Read[]): readonly Inferred[] =>
    describedIn(words, read, reader, catalogue, lexicon);
  const inDomain = (domain: OtherDomain) => {
    const read = reading(domain);
    return ofWords((words) => inferredOf(words, read(words)));
  };
  const describer: Describer = {
    boldness,
    describe: ofWords((words) => {
      const read = anywhere(words);
      return { inferred: inferredOf(words, read), counts: countsOf(words, read) };
    }),
    describeIn: { "mobile-attack": inDomain("mobile-attack"), "ics-attack": inDomain("ics-attack") },
    domainsIn: ofReport((report) =>
      domainsTold(
        report,
        domainsWanted(report, catalogue).domains,
        (words) => (words.kind === "code" ? undefined : describer.describe(words).counts),
        (words, domain) => named[domain](words),
      ),
    ),
  };
  describers.set(reader, describer);
  return describer;
}

const readSentences = (
  { text, sentences }: Words,
  reader: SentenceReader,
  least: Least,
  domain: OtherDomain | undefined,
): readonly Read[] =>
  sentences.map(({ textStart, textEnd }) => readIn(text.slice(textStart, textEnd), reader, least, domain));

function countsOf({ sentences }: Words, read: readonly Read[]): DomainCounts {
  const telling = read.filter((_, at) => {
    const { textStart = 0, textEnd = 0 } = sentences[at] ?? {};
    return textEnd - textStart >= tellingLength;
  });
  return {
    sentences: telling.length,
    speaking: otherDomains.map((_, at) => telling.filter(({ domains }) => (domains[at] ?? -1) > speaks).length),
  };
}

function describedIn(
  { text, sentences }: Words,
  read: readonly Read[],
  reader: SentenceReader,
  catalogue: Catalogue,
  lexicon: Lexicon,
): readonly Inferred[] {
  return sentences.flatMap(({ textStart, textEnd }, sentence): readonly Inferred[] => {
    const words = text.slice(textStart, textEnd);
    return (read[sentence]?.accepted ?? []).flatMap((judgement) => {
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

/** What a sentence describes, and its scores of {@link otherDomains}. */
interface Read {
  readonly accepted: readonly Judgement[];
  readonly domains: readonly number[];
}

/** What was read in sentences lately, by threshold, domain and a 53-bit hash of the sentence. */
const memories = new WeakMap<
  SentenceReader,
  { readonly least: Least; readonly sentences: Map<number | string, Read> }
>();
const mostRemembered = 2_000;

/**
 * What the sentence describes. A sentence is read alone, so what was found holds wherever it stands: after an edit only
 * changed sentences are read again. The key is a hash, because a slice of a report would keep the whole report in memory.
 */
function readIn(sentence: string, reader: SentenceReader, least: Least, domain: OtherDomain | undefined): Read {
  let memory = memories.get(reader);
  if (memory?.least !== least) memories.set(reader, (memory = { least, sentences: new Map() }));
  const hash = hashOf(sentence);
  const key = domain === undefined ? hash : `${domain} ${hash}`;
  const known = memory.sentences.get(key);
  if (known) return known;
  const { judgements, domains } = reader.readWhole(sentence, domain);
  const read: Read = { accepted: narrowest(accept(judgements, least)), domains };
  if (memory.sentences.size >= mostRemembered) memory.sentences.clear();
  memory.sentences.set(key, read);
  return read;
}

/** How much surer than for one technique a family must be for its parent to stand for it. */
const familyMargin = 0.2;

/** What is sure enough. Where no member of a family is, but one of them it must be, the parent stands for them. */
export function accept(judgements: readonly Judgement[], least: Least): readonly Judgement[] {
  const sure = judgements.filter((judgement) => judgement.probability >= least(judgement));
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
    if (probability >= least(parent) + familyMargin) sure.push({ ...parent, probability });
  }
  return sure.slice(0, mostOfASentence);
}

/** Without the parents of what is there. */
const narrowest = (judgements: readonly Judgement[]): readonly Judgement[] =>
  judgements.filter(({ technique }) => !judgements.some((other) => other.technique.startsWith(`${technique}.`)));

/** Two places are what a calibrated probability bears. */
export const roundProbability = (probability: number): number =>
  Math.min(0.99, Math.max(0.01, Math.round(probability * 100) / 100));
