import { matchesOf } from "../../report/matches.ts";
import type { Range } from "../../report/report.ts";

/** Cheap, and most sentences have none. */
const mayDeny =
  /\b(?:not|never|no|none|nothing|nobody|neither|nor|cannot|untouched|intact|unchanged|unencrypted)\b|n['’]t\b/i;

/** Denials that deny less than they seem to: “not only”, “no longer”, “not until”. */
const halfDenied = String.raw`(?! (?:only|just|merely|simply|solely|long|far|immediately|at once|until|always|all|every|necessarily|directly|to mention)\b)`;

/** Behind a denial, words with which the sentence goes on to what was so. */
const goesOn =
  /[;:–—]|\.(?= )|,? \b(?:but|until|till|before|unless|except|although|though|because|since|whereas|while|instead|however|so that)\b|, (?:therefore|thus|hence|so|then)\b|, (?:and |so |yet |or )?(?:it|they|he|she|we|I|you|there|this|which|who|whose|the|an?|its|their|then|later|instead)\b|\band (?:then|later|instead|so)\b|,? and (?:was|were|is|are|had|has) (?!(?:\w+ )?not\b|never\b)/i;

/** What is done, as a participle. */
const done = String.raw`(?:[\p{L}-]+ly )?(?:[\p{L}-]+(?:ed|wn|en|ung|ought|aught)|run|hit|sent|set|put|cut|built|made|found|lost|left|met|read|won|got|hid|shut|held|kept|sold|told|used)(?![\p{L}-])`;

/** Where the clause begins that a denial behind its subject denies. */
const clauseBorder =
  /[,;:–—]|\b(?:and|but|or|because|since|although|though|while|whereas|that|which|who|when|where|if|so)\b/giu;

/** UTF-16 units in which a clause is looked for. */
const longestClause = 160;

/** “They did not dump LSASS”: from the denial on. */
const deniesWhatFollows = new RegExp(
  String.raw`\b(?:(?:did|does|do|has|have|had|could|would|will)(?:\s+not|n['’]t)${halfDenied}|(?:was|were|is|are)(?:\s+not|n['’]t) (?:able|seen|observed|known|found|reported|trying|attempting|using)\b|never\b${halfDenied}|cannot\b|neither\b)`,
  "giu",
);

/** “Shadow copies were not deleted”, “RDP was never used for it”: the whole clause. */
const deniesWhatPrecedes = new RegExp(
  String.raw`\b(?:was|were|is|are|has|have|had|be|being)(?:\s+not|n['’]t|\s+(?:at no (?:time|point)|never))${halfDenied}(?: been| being| yet| ever)* (?=${done})|\b(?:(?:was|were|is|are|been) left|remain(?:s|ed)?|stay(?:s|ed)?) (?:\w+ly )?(?:untouched|intact|unchanged|unencrypted|unharmed|alone)\b`,
  "giu",
);

/** “No account was created”, “nothing was encrypted”: from the denial to what was not done. */
const deniesAnything = new RegExp(
  String.raw`\b(?:no (?!longer|doubt|fewer|less|more|matter|one else|other|sooner|wonder)|none of |nothing |nobody )[^.,;:–—]{0,90}?\b(?:was|were|is|are|has been|have been|had been|took place|occurred|happened)(?: (?:\w+ly|also|ever|then))?(?= ${done}|[.,;]|$| (?:here|there|in|on|at)\b)`,
  "giu",
);

/** Each with whether it denies its clause from the beginning. */
const denials: readonly (readonly [pattern: RegExp, ofClause: boolean])[] = [
  [deniesWhatFollows, false],
  [deniesWhatPrecedes, true],
  [deniesAnything, false],
];

/** What a sentence denies, as ranges of it; takes time that grows with the square of the denials in it. */
export function deniedIn(sentence: string): readonly Range[] {
  if (!mayDeny.test(sentence)) return none;
  return denials
    .flatMap(([pattern, ofClause]) =>
      matchesOf(sentence, pattern).map(({ index, 0: words }) => ({
        start: ofClause ? startOfClause(sentence, index) : index,
        end: endOfDenial(sentence, index + words.length),
      })),
    )
    .filter(
      ({ start, end }) =>
        !isTakenBack(sentence.slice(start, end + 20)) &&
        !asksWhether.test(sentence.slice(Math.max(0, start - longestClause), start)),
    );
}

const none: readonly Range[] = [];

function endOfDenial(sentence: string, from: number): number {
  const rest = sentence.slice(from);
  const stop = goesOn.exec(rest)?.index ?? rest.length;
  const comma = rest.indexOf(",");
  // “Did not dump LSASS, use PowerShell, or create accounts” denies all three; another comma begins something else.
  const isList = comma >= 0 && /, (?:or|nor)\b/iu.test(rest.slice(comma, stop));
  return from + (comma >= 0 && comma < stop && !isList ? comma : stop);
}

function startOfClause(sentence: string, before: number): number {
  const from = Math.max(0, before - longestClause);
  return from + (matchesOf(sentence.slice(from, before), clauseBorder).at(-1)?.index ?? 0);
}

/** “Not encrypted until Sunday” was encrypted. */
const isTakenBack = (denied: string): boolean => /\b(?:until|till|unless|except|before)\b/i.test(denied);

/** “It checks that it is not run in a sandbox” tells of the check. */
const asksWhether =
  /\b(?:verif(?:y|ies|ied|ying)|check(?:s|ed|ing)?|ensur(?:e|es|ed|ing)|mak(?:e|es|ing) sure|made sure|test(?:s|ed|ing)?|whether|if|prevent(?:s|ed|ing)?|keep(?:s|ing)?)\b[^.;:]{0,60}$/i;
