import { isCurrent, type Catalogue } from "../../attack/catalogue.ts";
import { commandMatcherOf, type CommandMatch, type CommandMatcher } from "../lexicon/command-matcher.ts";
import { cueMatcherOf, type CueMatch, type CueMatcher } from "../lexicon/cue-matcher.ts";
import type { Lexicon } from "../lexicon/lexicon.ts";
import { hasNoDeed, noDeed } from "../rules/no-deed.ts";
import { inputsOf, judge } from "./judge.ts";
import type { Boldness, Model } from "./model.ts";
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

/** A sentence without a deed may be about a technique; it is no mapping. */
const noDeedShare = 0.3;

/** A command line that fits a pattern of so many tokens shows its technique at least with these odds. */
const commandOdds: readonly number[] = [0, 0.1, 0.62, 0.75, 0.82];

/** UTF-16 units of a sentence that are read: what is longer is no sentence. */
const longestSentence = 5_000;

/** Reads sentences by model and lexicon. A class because it guards the matchers and tables that every sentence needs. */
export class SentenceReader {
  private readonly cues: CueMatcher;
  private readonly commands: CommandMatcher;
  private readonly labels: LabelTable;
  /** By label: 0 where the technique is not current, else 1; the domain's gate for techniques of one other domain. */
  private readonly gates: readonly (number | undefined)[];
  private readonly current: readonly boolean[];

  constructor(
    lexicon: Lexicon,
    readonly model: Model,
    catalogue: Catalogue,
  ) {
    this.cues = cueMatcherOf(lexicon);
    this.commands = commandMatcherOf(lexicon);
    this.labels = labelTable(model.head);
    const techniques = model.head.labels.slice(0, model.head.techniques).map((id) => catalogue.get(id));
    this.current = techniques.map((technique) => technique !== undefined && isCurrent(technique));
    this.gates = techniques.map((technique) => {
      const [domain] = technique?.domains.length === 1 ? technique.domains : [];
      const gate = domain === "mobile-attack" || domain === "ics-attack" ? (`gate:${domain}` as const) : undefined;
      return gate && gateOf(this.labels, gate);
    });
  }

  /** Techniques that the sentence may describe, the likeliest first. */
  read(whole: string): readonly Judgement[] {
    const sentence = whole.slice(0, longestSentence);
    const { model, labels } = this;
    const scores = model.score(sentence);
    const cues = this.cues.find(sentence);
    const commands = findCommandsIn(this.commands, sentence);
    const idle = hasNoDeed(sentence);
    const { traits, candidates } = signsOf(sentence, scores, labels, cues, commands, idle);
    const found: Judgement[] = [];
    for (const [label, signs] of candidates) {
      const technique = model.head.labels[label];
      if (technique === undefined || this.current[label] !== true) continue;
      const judges = model.head.judges;
      let probability = judge(inputsOf(signs, traits), label < labels.annotated ? judges.annotated : judges.other);
      probability = Math.max(probability, commandOdds[Math.min(4, Math.floor(signs.command))] ?? 0);
      const gate = this.gates[label];
      if (gate !== undefined) probability *= share(scores[gate] ?? 0);
      if (idle || isNegated(sentence, signs.cues)) probability *= noDeedShare;
      found.push({ technique, probability, signs, label });
    }
    return found.sort((a, b) => b.probability - a.probability || b.signs.score - a.signs.score || a.label - b.label);
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

  threshold(boldness: Boldness): number {
    return this.model.head.thresholds[boldness];
  }
}

/** A gate's score, as the share of a probability that it lets through. */
const share = (score: number): number => 1 / (1 + Math.exp(-3 * (score + 0.3)));

/** Every decisive cue stands behind a negation, and there is one. */
function isNegated(sentence: string, cues: readonly CueMatch[]): boolean {
  const decisive = cues.filter(({ weight }) => weight === "decisive");
  return decisive.length > 0 && decisive.every(({ start }) => noDeed(sentence, start) !== undefined);
}

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
