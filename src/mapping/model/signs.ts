import type { CommandMatch, CommandMatcher } from "../lexicon/command-matcher.ts";
import type { CueMatch } from "../lexicon/cue-matcher.ts";
import { gates, type Gate, type ModelHead } from "./model.ts";
import { plausible, traitsOfText, type Signs, type SentenceTraits } from "./judge.ts";

/** Everything that speaks for any technique in one sentence. */
export interface SentenceSigns {
  readonly traits: SentenceTraits;
  /** Techniques worth judging, by their number among the model's labels. */
  readonly candidates: ReadonlyMap<number, CandidateSigns>;
}

export interface CandidateSigns extends Signs {
  readonly cues: readonly CueMatch[];
  readonly commands: readonly CommandMatch[];
}

/** Techniques that score less, and of which only weak cues or no more than an artefact is seen, are not judged. */
export const leastScore = -1;
/** Of more that score enough, the best are judged. */
const mostByScore = 12;

/** What the linear scores, cues and commands of one sentence say together; `scores` has one number for each label. */
export function signsOf(
  text: string,
  scores: ArrayLike<number>,
  labels: LabelTable,
  cues: readonly CueMatch[],
  commands: readonly CommandMatch[],
  noDeed: boolean,
): SentenceSigns {
  const cuesOf = groupByLabel(cues, labels);
  const commandsOf = groupByLabel(commands, labels);
  let best = -9;
  let second = -9;
  let count = 0;
  // The best of them in order, kept by insertion: hundreds may score enough, and sorting them all takes longer than to find them.
  const candidates: number[] = [];
  let least: number = leastScore;
  for (let label = 0; label < labels.techniques; label += 1) {
    const score = scores[label] as number;
    if (score > best) {
      second = best;
      best = score;
    } else if (score > second) second = score;
    if (score > plausible && label < labels.annotated) count += 1;
    if (score <= least) continue;
    let at = candidates.length;
    if (at === mostByScore) at -= 1;
    for (; at > 0 && (scores[candidates[at - 1] as number] as number) < score; at -= 1)
      candidates[at] = candidates[at - 1] as number;
    candidates[at] = label;
    if (candidates.length === mostByScore) least = scores[candidates[mostByScore - 1] as number] as number;
  }
  for (const [label, found] of cuesOf)
    if (found.some(({ weight }) => weight !== "weak") && !candidates.includes(label)) candidates.push(label);
  for (const [label, found] of commandsOf)
    if (commandEvidence(found) > 1 && !candidates.includes(label)) candidates.push(label);
  const foreign = [...cuesOf].some(
    ([label, found]) => label >= labels.annotated && found.some(({ weight }) => weight === "decisive"),
  );
  const traits: SentenceTraits = {
    marked: scores[gateOf(labels, "gate:marked")] as number,
    any: scores[gateOf(labels, "gate:any")] as number,
    best,
    second,
    plausible: count,
    foreign,
    noDeed,
    ...traitsOfText(text),
  };
  const signs = candidates.map((label): [number, CandidateSigns] => {
    const found = cuesOf.get(label) ?? [];
    const matched = commandsOf.get(label) ?? [];
    let family = -1;
    for (const other of labels.families[label] ?? []) family = Math.max(family, scores[other] as number);
    return [
      label,
      {
        score: scores[label] as number,
        family,
        decisive: differentCues(found, "decisive"),
        strong: differentCues(found, "strong"),
        weak: differentCues(found, "weak"),
        command: commandEvidence(matched),
        cues: found,
        commands: matched,
      },
    ];
  });
  return { traits, candidates: new Map(signs) };
}

/** The model's labels as tables. */
export interface LabelTable {
  readonly numbers: ReadonlyMap<string, number>;
  readonly techniques: number;
  readonly annotated: number;
  /** The other members of each technique's family. */
  readonly families: readonly (readonly number[])[];
}

export function labelTable({
  labels,
  techniques,
  annotated,
}: Pick<ModelHead, "labels" | "techniques" | "annotated">): LabelTable {
  const members = new Map<string, number[]>();
  labels.slice(0, techniques).forEach((id, number) => {
    const family = id.split(".")[0] ?? id;
    members.set(family, [...(members.get(family) ?? []), number]);
  });
  return {
    numbers: new Map(labels.slice(0, techniques).map((id, number) => [id, number])),
    techniques,
    annotated,
    families: labels
      .slice(0, techniques)
      .map((id, number) => (members.get(id.split(".")[0] ?? id) ?? []).filter((other) => other !== number)),
  };
}

/** Where each gate's score stands behind those of the techniques. */
export const gateOf = (labels: Pick<LabelTable, "techniques">, gate: Gate): number =>
  labels.techniques + gates.indexOf(gate);

function groupByLabel<Match extends { readonly technique: string }>(
  matches: readonly Match[],
  { numbers }: LabelTable,
): ReadonlyMap<number, readonly Match[]> {
  const groups = new Map<number, Match[]>();
  for (const match of matches) {
    const label = numbers.get(match.technique);
    if (label === undefined) continue;
    const group = groups.get(label);
    if (group) group.push(match);
    else groups.set(label, [match]);
  }
  return groups;
}

const differentCues = (cues: readonly CueMatch[], weight: CueMatch["weight"]): number =>
  cues.length === 0 ? 0 : new Set(cues.filter((cue) => cue.weight === weight).map(({ cue }) => cue)).size;

/** Tokens of the most telling command; an artefact of some length counts more than a bare word. */
export const commandEvidence = (matches: readonly CommandMatch[]): number =>
  matches.reduce(
    (most, { kind, tokens, literal }) => Math.max(most, kind === "cmd" ? tokens : literal >= 6 ? 1.5 : 0.5),
    0,
  );

/** Whether a text may hold commands or artefacts: prose is not searched for them. */
export const looksTechnical = (text: string): boolean =>
  /[\\|$%=]|(?:^|\s)(?:-{1,2}[a-zA-Z]|\/[a-zA-Z?])|\.(?:exe|dll|ps1|psm1|bat|cmd|vbs|js|hta|sys|sh|py|lnk|msi|dit|dmp|conf|plist|so|service)\b|[A-Z][a-z]+[A-Z][a-z]+(?:[A-Z]|\b)|\w_\w|::|HKEY|HKLM|HKCU|~\//.test(
    text,
  );

export function findCommandsIn(matcher: CommandMatcher, text: string): readonly CommandMatch[] {
  return looksTechnical(text) ? withoutOutdone(matcher.find(text)) : [];
}

/** Without what a pattern that says more reads otherwise from the same program on: `net localgroup x /add` lists no group. */
function withoutOutdone(matches: readonly CommandMatch[]): readonly CommandMatch[] {
  return matches.filter(
    (match) =>
      match.kind !== "cmd" ||
      !matches.some(
        (other) =>
          other.kind === "cmd" &&
          other.start === match.start &&
          other.end >= match.end &&
          other.tokens > match.tokens &&
          other.technique !== match.technique,
      ),
  );
}
