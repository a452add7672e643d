import { isCurrent, type AttackObject, type Catalogue } from "../../attack/catalogue.ts";
import { nameKey } from "../../attack/names.ts";
import { commandMatcherOf, type CommandMatch, type CommandMatcher } from "../lexicon/command-matcher.ts";
import { cueMatcherOf, type CueMatch, type CueMatcher } from "../lexicon/cue-matcher.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import { domainWords } from "../rules/domain-words.ts";
import type { Range } from "../../report/report.ts";
import { deniedIn } from "../rules/denials.ts";
import { hasNoDeed, noDeed } from "../rules/no-deed.ts";
import { inputsOf, judge } from "./judge.ts";
import { otherDomains, type Boldness, type Model, type OtherDomain } from "./model.ts";
import { evidenceSpan } from "./evidence-span.ts";
import { findCommandsIn, gateOf, labelTable, signsOf, type CandidateSigns, type LabelTable } from "./signs.ts";

/** What one sentence says of one technique. */
export interface Judgement {
  readonly technique: string;
  /** That an analyst would map the sentence to it, 0–1. */
  readonly probability: number;
  /** The signs that speak for it. */
  readonly signs: CandidateSigns;
  readonly label: number;
}

/** The least probability at which a judgement is accepted. */
export type Least = (judgement: Judgement) => number;

/** A sentence without a deed may be about a technique; it is no mapping. */
const noDeedShare = 0.3;
/** What is said not to have been done is no mapping, however plainly it is named. */
const deniedShare = 0.1;

/** A command line that fits a pattern of so many tokens shows its technique at least with these odds. */
const commandOdds: readonly number[] = [0, 0.1, 0.62, 0.75, 0.82];

/** UTF-16 units of a sentence that are read: what is longer is no sentence. */
const longestSentence = 5_000;

/** Reads sentences by model and lexicon. A class because it guards the matchers and tables that every sentence needs. */
export class SentenceReader {
  private readonly cues: CueMatcher;
  private readonly commands: CommandMatcher;
  private readonly labels: LabelTable;
  /** By label, the gate of the domain beside Enterprise to which alone the technique belongs. */
  private readonly gates: readonly (number | undefined)[];
  /** The gates of {@link otherDomains}, in their order. */
  private readonly domainGates: readonly number[];
  /** Made when a report first tells of the domain: most never do. */
  private readonly twins = new Map<OtherDomain, DomainTwins>();
  /** By id of a technique of one domain beside Enterprise, Enterprise's of the same name. */
  private readonly homes: ReadonlyMap<string, Home>;
  private readonly current: readonly boolean[];
  private readonly leasts: Readonly<Record<Boldness, Least>>;

  constructor(
    lexicon: Lexicon,
    readonly model: Model,
    private readonly catalogue: Catalogue,
  ) {
    this.cues = cueMatcherOf(lexicon);
    this.commands = commandMatcherOf(lexicon);
    this.labels = labelTable(model.head);
    const techniques = model.head.labels.slice(0, model.head.techniques).map((id) => catalogue.get(id));
    this.current = techniques.map((technique) => technique !== undefined && isCurrent(technique));
    this.domainGates = otherDomains.map((domain) => gateOf(this.labels, `gate:${domain}`));
    const { thresholds, annotated } = model.head;
    const leastOf = (boldness: Boldness): Least => {
      const least = thresholds[boldness];
      return ({ label }) => (label < annotated ? least.annotated : least.other);
    };
    this.leasts = { cautious: leastOf("cautious"), balanced: leastOf("balanced"), eager: leastOf("eager") };
    this.homes = homesIn(model.head.labels, catalogue);
    this.gates = techniques.map((technique) => {
      const [only] = technique?.domains.length === 1 ? technique.domains : [];
      return this.domainGates[otherDomains.findIndex((domain) => domain === only)];
    });
  }

  /** Techniques that the sentence may describe, the likeliest first. */
  read(whole: string): readonly Judgement[] {
    return this.readWhole(whole).judgements;
  }

  /**
   * The same where it stands in a report, which may tell that it is of another domain than Enterprise; and of which of
   * {@link otherDomains} it speaks by its own words, as scores of their gates.
   */
  readWhole(
    whole: string,
    domain?: OtherDomain,
  ): { readonly judgements: readonly Judgement[]; readonly domains: readonly number[] } {
    const sentence = whole.slice(0, longestSentence);
    const { model, labels } = this;
    const scores = model.score(sentence);
    const known = domain === undefined ? undefined : this.domainGates[otherDomains.indexOf(domain)];
    const cues = this.cues.find(sentence);
    const commands = findCommandsIn(this.commands, sentence);
    const idle = hasNoDeed(sentence);
    const denied = deniedIn(sentence);
    const { traits, candidates } = signsOf(sentence, scores, labels, cues, commands, idle);
    const found: Judgement[] = [];
    for (const [label, signs] of candidates) {
      const technique = model.head.labels[label];
      if (technique === undefined || this.current[label] !== true) continue;
      const judges = model.head.judges;
      let probability = judge(inputsOf(signs, traits), label < labels.annotated ? judges.annotated : judges.other);
      probability = Math.max(probability, commandOdds[Math.min(4, Math.floor(signs.command))] ?? 0);
      const gate = this.gates[label];
      if (gate !== undefined) probability *= gate === known ? letThrough : share(scores[gate] ?? 0);
      if (isDenied(denied, signs, sentence.length)) probability *= deniedShare;
      else if (idle || isNegated(sentence, signs.cues)) probability *= noDeedShare;
      found.push({ technique, probability, signs, label });
    }
    return {
      judgements: inOrder(
        domain === undefined ? atHome(found, this.homes, sentence) : inDomain(found, this.twinsOf(domain)),
      ),
      domains: this.domainGates.map((gate) => scores[gate] ?? -1),
    };
  }

  private twinsOf(domain: OtherDomain): DomainTwins {
    let known = this.twins.get(domain);
    if (!known) this.twins.set(domain, (known = twinsIn(domain, this.model.head.labels, this.catalogue)));
    return known;
  }

  /** The narrowest part of the sentence that gives the technique away: of a cue or a command, else of the words that weigh most. */
  spanOf(sentence: string, { signs, label }: Judgement): { readonly start: number; readonly end: number } {
    return (
      // Cues come in the order of their places: the first is where a reader would stop.
      signs.cues.find(({ weight }) => weight === "decisive") ??
      longest(signs.commands.filter(({ kind, tokens }) => kind !== "cmd" || tokens > 1)) ??
      longest(signs.cues.filter(({ weight }) => weight === "strong")) ??
      evidenceSpan(sentence, (parts) => this.model.contributions(parts, label))
    );
  }

  /** The least probability at which each judgement is accepted; the same function for the same boldness. */
  leastBy(boldness: Boldness): Least {
    return this.leasts[boldness];
  }
}

/** What a gate lets through of a probability where the place of a sentence tells its domain. */
const letThrough = 0.9;

/** What stays of the probability of a technique that a domain lacks. */
const strangerShare = 0.6;

/** How techniques of Enterprise are called in one other domain. */
interface DomainTwins {
  /** By id, the technique of the domain that has the same name, or that of its parent, and its label. */
  readonly twins: ReadonlyMap<string, { readonly id: string; readonly label: number }>;
  /** Ids of techniques that the domain lacks, of tactics that it has. */
  readonly strangers: ReadonlySet<string>;
}

function twinsIn(domain: OtherDomain, labels: readonly string[], catalogue: Catalogue): DomainTwins {
  const numbers = new Map(labels.map((id, label) => [id, label]));
  const current = catalogue
    .objects("technique")
    .filter((technique) => isCurrent(technique) && numbers.has(technique.id));
  const own = current.filter(({ domains }) => domains.includes(domain));
  const byName = new Map(own.map((technique) => [nameKey(technique.name), technique]));
  const tactics = new Set(own.flatMap((technique) => technique.tactics));
  const twins = new Map<string, { readonly id: string; readonly label: number }>();
  const strangers = new Set<string>();
  for (const technique of current) {
    if (technique.domains.includes(domain) || !technique.domains.includes("enterprise-attack")) continue;
    const parent = technique.parent === undefined ? undefined : catalogue.get(technique.parent);
    const twin = byName.get(nameKey(technique.name)) ?? (parent && byName.get(nameKey(parent.name)));
    if (twin) twins.set(technique.id, { id: twin.id, label: numbers.get(twin.id) ?? 0 });
    else if (technique.tactics.some((tactic) => tactics.has(tactic))) strangers.add(technique.id);
  }
  return { twins, strangers };
}

/** Judgements as they hold in a domain: its own technique stands for Enterprise's of the same name. */
const inDomain = (found: readonly Judgement[], { twins, strangers }: DomainTwins): readonly Judgement[] =>
  surestOfEach(
    found.map((judgement) => {
      const moved = movedTo(twins.get(judgement.technique), judgement);
      return strangers.has(moved.technique) ? { ...moved, probability: moved.probability * strangerShare } : moved;
    }),
  );

/** A judgement as one of another technique, if there is one. */
const movedTo = (
  to: (Pick<Judgement, "label"> & { readonly id: string }) | undefined,
  judgement: Judgement,
): Judgement => (to ? { ...judgement, technique: to.id, label: to.label } : judgement);

/** Each technique once. */
function surestOfEach(found: readonly Judgement[]): readonly Judgement[] {
  const kept = new Map<string, Judgement>();
  for (const judgement of found) {
    const other = kept.get(judgement.technique);
    if (!other || other.probability < judgement.probability) kept.set(judgement.technique, judgement);
  }
  return [...kept.values()];
}

/** Enterprise's technique of the same name as one of another domain. */
interface Home {
  readonly id: string;
  readonly label: number;
  /** The other one's domain. */
  readonly from: OtherDomain;
}

function homesIn(labels: readonly string[], catalogue: Catalogue): ReadonlyMap<string, Home> {
  const numbers = new Map(labels.map((id, label) => [id, label]));
  const techniques = catalogue.objects("technique").filter((technique) => isCurrent(technique));
  const parentName = (parent: string | undefined): string => nameKey(catalogue.get(parent ?? "")?.name ?? "");
  const byName = new Map<string, AttackObject[]>();
  for (const technique of techniques) {
    if (!technique.domains.includes("enterprise-attack") || !numbers.has(technique.id)) continue;
    const key = nameKey(technique.name);
    const named = byName.get(key);
    if (named) named.push(technique);
    else byName.set(key, [technique]);
  }
  return new Map(
    techniques.flatMap(({ id, name, parent, domains }) => {
      const from = domains.length === 1 ? otherDomains.find((domain) => domain === domains[0]) : undefined;
      const named = from === undefined ? [] : (byName.get(nameKey(name)) ?? []);
      // Several parents have parts of one name.
      const home = named.length === 1 ? named[0] : named.find((each) => parentName(each.parent) === parentName(parent));
      return from === undefined || !home
        ? []
        : [[id, { id: home.id, label: numbers.get(home.id) ?? 0, from }] as const];
    }),
  );
}

/** Judgements where nothing around the sentence tells of another domain: unless its own words do, Enterprise's technique stands for the other's of the same name. */
function atHome(found: readonly Judgement[], homes: ReadonlyMap<string, Home>, sentence: string): readonly Judgement[] {
  const strange = new Set(found.flatMap(({ technique }) => homes.get(technique)?.from ?? []));
  const untold = [...strange].filter((domain) => !domainWords[domain].pattern.test(sentence));
  // Most sentences have nothing of another domain.
  if (untold.length === 0) return found;
  return surestOfEach(
    found.map((judgement) => {
      const home = homes.get(judgement.technique);
      return movedTo(home && untold.includes(home.from) ? home : undefined, judgement);
    }),
  );
}

const inOrder = (found: readonly Judgement[]): readonly Judgement[] =>
  found.toSorted((a, b) => b.probability - a.probability || b.signs.score - a.signs.score || a.label - b.label);

/** A gate's score, as the share of a probability that it lets through. */
const share = (score: number): number => 1 / (1 + Math.exp(-3 * (score + 0.3)));

/** Every decisive cue stands behind a negation, and there is one. */
function isNegated(sentence: string, cues: readonly CueMatch[]): boolean {
  const decisive = cues.filter(({ weight }) => weight === "decisive");
  return decisive.length > 0 && decisive.every(({ start }) => noDeed(sentence, start) !== undefined);
}

/** Every sign stands in what the sentence denies; where there are none, it denies nearly all that it says. */
function isDenied(denied: readonly Range[], { cues, commands }: CandidateSigns, length: number): boolean {
  if (denied.length === 0) return false;
  const telling = cues.filter(({ weight }) => weight !== "weak");
  const signs = telling.length > 0 ? [...telling, ...commands] : [...cues, ...commands];
  if (signs.length > 0)
    return signs.every((sign) => denied.some(({ start, end }) => start <= sign.start && sign.start < end));
  return denied.some(({ start, end }) => end - start >= nearlyAll * length);
}

const nearlyAll = 0.7;

function longest<Match extends CueMatch | CommandMatch>(matches: readonly Match[]): Match | undefined {
  return matches.reduce<Match | undefined>(
    (best, match) => (!best || match.end - match.start > best.end - best.start ? match : best),
    undefined,
  );
}

const readers = new WeakMap<
  Model,
  { readonly catalogue: Catalogue; readonly lexicon: Lexicon; readonly reader: SentenceReader }
>();

/** The reader of a model, made at the first question. */
export function sentenceReaderOf(lexicon: Lexicon, model: Model, catalogue: Catalogue): SentenceReader {
  const known = readers.get(model);
  if (known?.catalogue === catalogue && known.lexicon === lexicon) return known.reader;
  const reader = new SentenceReader(lexicon, model, catalogue);
  readers.set(model, { catalogue, lexicon, reader });
  return reader;
}
