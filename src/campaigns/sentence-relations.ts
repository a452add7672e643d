import { matchesOf } from "../report/matches.ts";
import { gated } from "../report/pattern-gate.ts";
import { ofWords } from "../report/report.ts";
import type { RelationKind } from "./relation.ts";
import {
  aboutOthers,
  alsoMeant,
  apposition,
  asNoun,
  asked,
  beforeParticiple,
  deedBehind,
  noSubject,
  objectBehind,
  ofBoth,
  ofSeveral,
  opensWithRelation,
  otherClause,
  saidOfAll,
  soIs,
  certainties,
  denials,
  noDenials,
  otherDeeds,
  participles,
  relatingTwo,
  relationRules,
  retractions,
  suspicions,
  takenUp,
  thirdParty,
  unconfirmed,
  theWhole,
  wrappedRelations,
  type RelationRule,
  type WrappedRelation,
} from "./rules/relations.ts";

/** A name in a sentence; offsets into it. */
export interface NamedHere {
  readonly start: number;
  readonly end: number;
  readonly actor: string;
}

/**
 * Of whom a sentence speaks: somebody whom it names, whoever was spoken of last (`focus`), all that the report tells of
 * (`whole`), the one whom the report is about (`subject`), whoever the paragraph or its heading named last, if only to compare (`near`), the two of the sentence before
 * (`both`).
 */
export type Meant = { readonly actor: string } | "focus" | "whole" | "subject" | "near" | "both";

/** What a sentence says of two actors. */
export interface SaidRelation {
  readonly from: Meant;
  readonly kind: RelationKind;
  readonly to: Exclude<Meant, "both">;
  readonly certainty: "said" | "suspected";
  /** Holds only if the first is a campaign. */
  readonly ofCampaign?: true;
  /** If the first is a campaign and the second a group, it says who did it. */
  readonly asDoer?: true;
}

interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly rule: Omit<RelationRule, "pattern" | "example">;
}

/** Characters that may stand between a name and the words of a relation. */
const reach = 110;

/** The same where the words give the name. */
const nextTo = 30;

const possibleRules = gated(relationRules, ({ pattern }) => pattern);
const possibleWrapped = gated(wrappedRelations, ({ before, behind, between }) => [
  before,
  behind,
  ...(between ? [between] : []),
]);

/** The words of a relation that stand in a sentence, wherever they do; of those between two names, what stands behind both. */
const anywhere = new Map(
  [...relationRules.map(({ pattern }) => pattern), ...wrappedRelations.map(({ behind }) => behind)].map(
    (pattern) => [pattern, new RegExp(pattern.source.replace(/^\^/, ""), "u")] as const,
  ),
);

const rulesIn = (text: string): readonly RelationRule[] =>
  possibleRules(text).filter(({ pattern }) => anywhere.get(pattern)?.test(text));

/** Those of names that stand in the middle of the words. */
const wrappedIn = (text: string): readonly WrappedRelation[] =>
  possibleWrapped(text).filter(({ behind }) => anywhere.get(behind)?.test(text));

/** By a block's sentences, whether any has words that relate somebody to somebody. */
export const relating = ofWords(({ text, sentences }) =>
  sentences.map(({ textStart, textEnd }) => {
    const words = text.slice(textStart, textEnd);
    return rulesIn(words).length > 0 || wrappedIn(words).length > 0;
  }),
);

/** What a block's sentences say of the two who were spoken of last. */
export const twoIn = ofWords(({ text, sentences }) =>
  !/\b(?:the two|both)\b/iu.test(text)
    ? []
    : sentences.flatMap(({ textStart, textEnd }, sentence) => {
        const words = text.slice(textStart, textEnd);
        for (const { kind, pattern } of relatingTwo) {
          const found = pattern.exec(words);
          if (!found) continue;
          const phrase = { start: found.index, end: found.index + found[0].length };
          return isDenied(words, phrase, phrase.end)
            ? []
            : [{ sentence, kind, certainty: certaintyOf(words, phrase, phrase.end) }];
        }
        return [];
      }),
);

/** The relations that one sentence lays down. Pure. */
export function relationsIn(text: string, names: readonly NamedHere[]): readonly SaidRelation[] {
  const [first] = names;
  if (!first && !/\b(?:ours|operation|campaign)\b/u.test(text)) return [];
  const isAlone = names.every(({ actor }) => actor === first?.actor);
  if (
    isAlone &&
    ![takenUp, theWhole, opensWithRelation, ofBoth, noSubject, aboutOthers, /^["“*_]*(?:An?|Another) /u].some((each) =>
      each.test(text),
    )
  )
    return [];
  const found: (SaidRelation & { readonly at: number })[] = [];
  const rules = rulesIn(text);
  if (rules.length > 0) {
    const phrases = phrasesIn(text, names, rules);
    // Whom an earlier relation of the sentence was said of: “X is part of Y and overlaps with Z”.
    const subjects = new Map<Phrase, SaidRelation["from"]>();
    for (const [index, phrase] of phrases.entries()) {
      const next = phrases[index + 1]?.start ?? text.length;
      const related = relate(text, names, phrase, phrases.slice(0, index), subjects, next);
      for (const each of related) found.push({ at: phrase.start, ...each });
    }
  }
  const around = wrapped(text, names);
  // “Run by former X affiliates” is not run by X.
  return [...found.filter(({ to }) => !around.some((other) => isSame(other.to, to))), ...around]
    .filter(({ from, to }) => !isSame(from, to))
    .sort((a, b) => a.at - b.at)
    .map(({ at: _at, ...relation }) => relation);
}

const isSame = (one: Meant, other: Meant): boolean =>
  typeof one === "string" || typeof other === "string" ? one === other : one.actor === other.actor;

/** Words of relations in the order of the text; where two rules claim the same words, the first rule holds. */
function phrasesIn(text: string, names: readonly NamedHere[], rules: readonly RelationRule[]): readonly Phrase[] {
  const phrases: Phrase[] = [];
  const add = (start: number, end: number, rule: RelationRule): void => {
    const isTaken = phrases.some((other) => start < other.end && other.start < end);
    const isInName = names.some((name) => start < name.end && name.start < end);
    if (!isTaken && !isInName) phrases.push({ start, end, rule });
  };
  for (const rule of rules) {
    if (rule.from !== "joint") {
      for (const match of matchesOf(text, rule.pattern)) add(match.index, match.index + match[0].length, rule);
      continue;
    }
    for (const { end } of names.slice(1)) {
      const [match] = text.slice(end).matchAll(rule.pattern);
      if (match) add(end, end + match[0].length, rule);
    }
  }
  return phrases.sort((a, b) => a.start - b.start);
}

function relate(
  text: string,
  names: readonly NamedHere[],
  phrase: Phrase,
  earlier: readonly Phrase[],
  subjects: Map<Phrase, SaidRelation["from"]>,
  next: number,
): readonly SaidRelation[] {
  const { kind, from: way, ofCampaign, asDoer } = phrase.rule;
  const before = names.filter(({ end }) => end <= phrase.start);
  const behind = listBehind(text, names, phrase.end, way === "joint" ? text.length : next);
  const said = (from: SaidRelation["from"], to: SaidRelation["to"]): SaidRelation => ({
    from,
    kind,
    to,
    certainty: certaintyOf(text, phrase, behind.at(-1)?.end ?? phrase.end),
    ...(ofCampaign ? { ofCampaign } : {}),
    ...(asDoer ? { asDoer } : {}),
  });
  if (isDenied(text, phrase, behind.at(-1)?.end ?? phrase.end)) return [];
  if (way === "joint") {
    const [first, second] = before.slice(-2);
    return first && second && joins(text.slice(first.end, second.start)) ? [said(named(first), named(second))] : [];
  }
  const [first, ...others] = behind;
  if (!first && way === "backward" && kind === "attributed-to") {
    const deed = deedBehind.exec(text.slice(phrase.end));
    const doer = subjectOf(text, before, phrase, earlier, subjects);
    if (!deed || doer === undefined || typeof doer === "string") return [];
    const { focus, name } = deed.groups ?? {};
    if (name !== undefined) return [said("focus", doer)];
    return [{ ...said(focus === undefined ? "whole" : "focus", doer), ofCampaign: true }];
  }
  if (phrase.rule.to === "subject") {
    const [own] = before;
    const customers = customersIn(before, behind, phrase);
    const to = own && own.actor !== customers[0]?.actor ? named(own) : "subject";
    return customers.map((each) => said(each, to));
  }
  const to = meantBehind(text, before, phrase, first);
  if (to !== undefined) {
    const from = subjectOf(text, before, phrase, earlier, subjects);
    if (from === undefined || from === "both" || isSame(from, to) || (to === "focus" && typeof from === "string"))
      return [];
    subjects.set(phrase, from);
    return [{ ...said(from, to), ...(phrase.rule.takesUp === "ofCampaign" ? { ofCampaign: true } : {}) }];
  }
  if (!first) return [];
  if (phrase.rule.adjacent && (others.length > 0 || first.start - phrase.end > nextTo)) return [];
  if (phrase.rule.direct && !/^ ?["“*_]*$/u.test(text.slice(phrase.end, first.start))) return [];
  if (way === "between") {
    const meant = others.length === 0 && alsoMeant.test(text.slice(first.end)) ? before.at(-1) : undefined;
    return [...others, ...(meant ? [meant] : [])].map((other) => said(named(first), named(other)));
  }
  const from = subjectOf(text, before, phrase, earlier, subjects);
  if (from === undefined) return [];
  subjects.set(phrase, from);
  if (way === "forward")
    return [from, ...besides(text, names, from, phrase, behind)].flatMap((each) =>
      behind.map((other) => said(each, named(other))),
    );
  // “It runs X on every server” is said of software.
  const canBeIt = before.length === 0 && (kind !== "attributed-to" || ofCampaign);
  return from === "both" || (typeof from === "string" && (from !== "focus" || !canBeIt))
    ? []
    : behind.map((other) => said(named(other), from));
}

const named = ({ actor }: NamedHere): { readonly actor: string } => ({ actor });

/** “X was the first customer”, “we know three customers: X, Y and Z”. */
function customersIn(
  before: readonly NamedHere[],
  behind: readonly NamedHere[],
  { start, end, rule }: Phrase,
): readonly { readonly actor: string }[] {
  if (rule.direct) return behind[0] && behind[0].start - end <= 3 ? behind.map(named) : [];
  const subject = before.at(-1);
  return subject && start - subject.end <= 3 ? [named(subject)] : [];
}

/** Whom a pronoun behind the words takes up: “X overlaps with it”, “it is linked to the operation”, “the same team as ours”. */
function meantBehind(
  text: string,
  before: readonly NamedHere[],
  { start, end, rule }: Phrase,
  next: NamedHere | undefined,
): SaidRelation["to"] | undefined {
  const found = rule.takesUp && objectBehind.exec(text.slice(end));
  if (!rule.to && !found) return undefined;
  if (found) {
    // “linked to that group, FIN7”
    if (next && /^,? ?["“*_(]*$/u.test(text.slice(end + found[0].length, next.start))) return undefined;
    if (found.groups?.["subject"] !== undefined) return "subject";
    if (found.groups?.["whole"] !== undefined) return rule.kind === "linked-to" ? "whole" : undefined;
  }
  const subject = before.at(-1);
  // “Y is in there, so the third one overlaps with it”
  if (subject && otherClause.test(text.slice(subject.end, start))) return undefined;
  const others = before.filter(({ actor }) => actor !== subject?.actor);
  const other = others.at(-1);
  if (!subject || !other) return "focus";
  // “X fell silent, and Y is its successor”: of two, the one in a clause of its own.
  const isApart = /[,;:]|(?<![\p{L}-])(?:that|because|since|while|whereas|though) /u.test(
    text.slice(other.end, subject.start),
  );
  return isApart && others.every(({ actor }) => actor === other.actor) ? named(other) : undefined;
}

/** Others of whom the same is said: “X, Y and Z are each part of W”, “X is part of W, and so is Y”. */
function besides(
  text: string,
  names: readonly NamedHere[],
  from: SaidRelation["from"],
  phrase: Phrase,
  behind: readonly NamedHere[],
): readonly { readonly actor: string }[] {
  if (typeof from === "string") return [];
  const found: { readonly actor: string }[] = [];
  const at = names.findLastIndex(({ actor, end }) => actor === from.actor && end <= phrase.start);
  if (saidOfAll.test(text.slice(names[at]?.end ?? 0, phrase.start))) found.push(...listBefore(text, names, at));
  const end = behind.at(-1)?.end ?? phrase.end;
  const next = names.find(({ start }) => start >= end);
  if (next && soIs.test(text.slice(end, next.start))) found.push({ actor: next.actor });
  return found.filter(({ actor }) => behind.every((other) => other.actor !== actor));
}

/** Of whom a relation is said: the name before it, else whoever the words before it take up. */
function subjectOf(
  text: string,
  before: readonly NamedHere[],
  phrase: Phrase,
  earlier: readonly Phrase[],
  subjects: ReadonlyMap<Phrase, SaidRelation["from"]>,
): SaidRelation["from"] | undefined {
  const nearest = before.at(-1);
  const last = earlier.at(-1);
  if (nearest && isOfThirdParty(text.slice(nearest.end, phrase.start))) return undefined;
  if (nearest && phrase.start - nearest.end <= reach) {
    const gap = text.slice(nearest.end, phrase.start);
    const isBehindLast = last !== undefined && last.end <= nearest.start;
    const goesOn = isBehindLast && /^["”*_)]*,? (?:and|but|or|while|yet) (?!\p{Lu})/u.test(gap);
    if (goesOn) return subjects.get(last);
    // The words between belong to another relation.
    if (last && last.start >= nearest.end && text.slice(last.end, phrase.start).trim() !== "") return undefined;
    // “X …, the group behind it”, “X used infrastructure linked to Y”.
    const own = endsWithSubject(gap);
    const isIt =
      /(?<![\p{L}-])(?:it|they) (?:\p{L}+ )?$/u.test(gap) && before.every(({ actor }) => actor === nearest.actor);
    if (own !== undefined) return own === "focus" && isIt ? named(nearest) : own;
    if (hasOtherSubject(text, phrase, gap)) return undefined;
    // Another clause has a subject of its own, if only a pronoun.
    const clause = gap.slice(Math.max(gap.lastIndexOf(";"), gap.lastIndexOf(":")) + 1);
    if (clause === gap || clause.trim() === "") return { actor: nearest.actor };
  }
  if (phrase.rule.kind !== "same-as" && !nearest && ofBoth.test(text.slice(0, phrase.end))) return "both";
  const near = text.slice(Math.max(0, phrase.start - reach), phrase.start);
  const clause = near.slice(Math.max(near.lastIndexOf(";"), near.lastIndexOf(":")) + 1);
  if (nearest && clause.length > phrase.start - nearest.end) return undefined;
  if (!nearest && clause.trim() === "" && opensWithRelation.test(text)) return "focus";
  if (phrase.rule.kind === "attributed-to" && otherDeeds.test(clause)) return undefined;
  // “We attribute the campaign to …”
  const inside = standsFor(text.slice(phrase.start, phrase.end));
  // “Others partly cover the same activity as …”
  const isOwn = inside === "focus" || phrase.rule.kind === "overlaps-with";
  if (inside) return isOwn && nearest ? { actor: nearest.actor } : inside;
  if (hasOtherSubject(text, phrase, clause) && endsWithSubject(clause) === undefined) return undefined;
  const part = /(?:^|, )(?:the|an?|this|these|that|those|our|some|many|several|one|both|two) [^,]*$/iu.exec(
    clause,
  )?.[0];
  const meant = standsFor(part !== undefined && part.length < clause.length ? part : clause);
  // “X went on; it overlaps with Y”
  const isOnly = nearest && before.every(({ actor }) => actor === nearest.actor);
  if (meant === "focus" && isOnly) return { actor: nearest.actor };
  if (meant || nearest) return meant;
  return asNoun.test(clause) || (phrase.rule.alone && noSubject.test(text)) ? "near" : undefined;
}

/** “X and a group that ”: said of somebody without a name. */
function isOfThirdParty(gap: string): boolean {
  const found = thirdParty.exec(gap);
  return found !== null && !apposition.test(gap.slice(0, found.index));
}

/** “…, the group ” right before the words. */
function endsWithSubject(words: string): "focus" | "whole" | undefined {
  const ends = (pattern: RegExp): boolean =>
    new RegExp(`${pattern.source} (?:(?:is|are|was|were) )?$`, pattern.flags).test(`${words.trimEnd()} `);
  if (ends(theWhole)) return "whole";
  return ends(takenUp) ? "focus" : undefined;
}

/** Whether the word before a participle is the thing that it tells of: “domains linked to”. */
const hasOtherSubject = (text: string, { start, end }: Phrase, before: string): boolean =>
  participles.test(text.slice(start, end)) && before.trim() !== "" && !beforeParticiple.test(before);

/** What the words before a relation stand for; a relative clause speaks of the word right before it. */
function standsFor(clause: string): "focus" | "whole" | "near" | undefined {
  // “We suspect that it is” has a subject of its own.
  const relative = /,? (?:which|who|that) (?!(?:it|they|this|these|the) )(?:[\p{L}'’-]+ ){0,4}$/u.exec(clause);
  const words = relative ? clause.slice(0, relative.index) : clause;
  const isMeant = (pattern: RegExp): boolean =>
    (relative ? new RegExp(`${pattern.source}$`, pattern.flags) : pattern).test(words);
  if (isMeant(theWhole)) return "whole";
  if (/(?<![\p{L}-])that (?:campaign|operation|wave)(?![\p{L}-])/iu.test(words)) return "near";
  return isMeant(takenUp) ? "focus" : undefined;
}

/** The name behind the words, and those that form a list with it. */
function listBehind(text: string, names: readonly NamedHere[], from: number, until: number): readonly NamedHere[] {
  const list: NamedHere[] = [];
  for (const name of names) {
    if (name.start < from) continue;
    if (name.start > until) break;
    const last = list.at(-1);
    const gap = text.slice(last?.end ?? from, name.start);
    if (last ? !joins(gap) : gap.length > reach || /[.;:!?]|, (?:and|but|while|which|who)\b/u.test(gap)) break;
    list.push(name);
  }
  return list;
}

/** Between two names of a list; “we attribute X to Y” has them so, too. */
const joins = (between: string): boolean =>
  /^["“”*_]*(?: \([^()]{0,60}\))?["“”*_]*(?:, | and |, and | or |, or | as well as |\/| & | to | with )(?:the |with )?["“”*_]*$/u.test(
    between,
  );

function wrapped(text: string, names: readonly NamedHere[]): readonly (SaidRelation & { readonly at: number })[] {
  const rules = wrappedIn(text);
  if (rules.length === 0) return [];
  return names.flatMap((name, index) => {
    const before = text.slice(Math.max(0, name.start - reach), name.start).replace(/["“*_]+$/u, "");
    const behind = text.slice(name.end, name.end + reach).replace(/^["”*_]+/u, "");
    const other = names[index - 1];
    const gap = other && text.slice(other.end, name.start);
    const rule = rules.find(
      (each) =>
        each.before.test(before) &&
        each.behind.test(behind) &&
        (!each.between || (gap !== undefined && each.between.test(gap))) &&
        (!each.lead || (other !== undefined && each.lead.test(text.slice(0, other.start)))),
    );
    const phrase = { start: Math.max(0, name.start - 1), end: name.end };
    if (!rule || isDenied(text, phrase, name.end)) return [];
    const near = other !== undefined && name.start - other.end <= (rule.turned ? 2 * reach : reach);
    if (rule.turned && other && !near) return [];
    const clause = before.slice(before.lastIndexOf(";") + 1);
    const from: Meant | undefined = near ? named(other) : rule.ofWhole ? "whole" : standsFor(clause) && "focus";
    if (from === undefined) return [];
    const all: readonly Meant[] = [from, ...(near && ofSeveral.test(before) ? listBefore(text, names, index - 1) : [])];
    return all.flatMap((each) => {
      const [from, to] = rule.turned ? [named(name), each] : [each, named(name)];
      if (to === "both") return [];
      return [
        {
          from,
          kind: rule.kind,
          to,
          certainty: certaintyOf(text, phrase, name.end),
          at: name.start,
          ...(rule.ofCampaign ? { ofCampaign: rule.ofCampaign } : {}),
        },
      ];
    });
  });
}

/** “X and Y, two APT28 campaigns”: the names of a list before its last one. */
function listBefore(text: string, names: readonly NamedHere[], last: number): readonly { readonly actor: string }[] {
  const found: { readonly actor: string }[] = [];
  for (let at = last; at > 0 && joins(text.slice(names[at - 1]?.end ?? 0, names[at]?.start ?? 0)); at -= 1)
    found.push({ actor: names[at - 1]?.actor ?? "" });
  return found;
}

/** The clause before a place, as far as it can bear on what stands there. */
function clauseBefore(text: string, at: number): string {
  const near = text.slice(Math.max(0, at - 160), at);
  return near.slice(
    Math.max(
      near.lastIndexOf(";"),
      near.lastIndexOf(": "),
      near.search(/,? (?:but|although|though|while|whereas) (?!.*,? (?:but|although|though|while|whereas) )/u),
      // What is said of somebody in a relative clause holds, whatever the sentence says of them.
      near.search(/, (?:\p{Ll}+ )?(?:which|who|whom)(?: |$)(?!.*, (?:\p{Ll}+ )?(?:which|who|whom)(?: |$))/u),
    ) + 1,
  );
}

function isDenied(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  last: number,
): boolean {
  if (asked.test(text.slice(last, last + 160))) return true;
  if (retractions.test(text.slice(last, last + 160)) || unconfirmed.test(clauseBefore(text, start))) return true;
  const words = `${clauseBefore(text, start)}${text.slice(start, end)}`.replace(noDenials, "");
  return denials.test(words.slice(-90));
}

function certaintyOf(text: string, { start }: { readonly start: number }, end: number): "said" | "suspected" {
  const [confidence] =
    clauseBefore(text, start).match(/\b(?:high|low|medium|moderate)\b[^,;]{0,20} confidence(?!.*confidence)/u) ?? [];
  if (confidence !== undefined && !confidence.startsWith("high")) return "suspected";
  // In a sentence, a capital letter makes it the month.
  // “They share a server and, we assume, an employer”: the server is no assumption.
  const behind = text.slice(start, end + 90).replace(/ and, (?:we|they|I) \p{L}+,.*$/u, "");
  const words = `${clauseBefore(text, start)}${behind}`.replace(/(?<=.)\bMay\b/gu, "");
  if (certainties.test(words)) return "said";
  const isUnproven = new RegExp(noDenials.source, "iu").exec(words)?.[0];
  return suspicions.test(words) || (isUnproven !== undefined && /confirm|prov|verif/iu.test(isUnproven))
    ? "suspected"
    : "said";
}
