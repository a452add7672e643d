import { isCurrent, type AttackObject, type Catalogue } from "../../attack/catalogue.ts";
import { fullName } from "../../attack/full-name.ts";
import { isLabel } from "../../attack/labels.ts";
import { nameKey } from "../../attack/names.ts";
import type { Mention } from "../../mapping/mention.ts";
import { mentionsByPlace, placeKey, rowOf, sentenceAt } from "../../mapping/place.ts";
import {
  capitalsBefore,
  coinedBefore,
  isInAddress,
  isInBracketsBehind,
  nameBeside,
  type NameBeside,
} from "../name-beside-id.ts";
import { statedRows } from "../rows.ts";
import type { Fault, Rule, RuleSubject } from "../rule.ts";

export const nameIdMismatch: Rule = {
  id: "name-id-mismatch",
  severity: "warning",
  description: "A name beside an id that is another object's: “PowerShell (T1059.003)”, “T1055 Process Hollowing”.",
  help: "Readers believe the name, tools the id: write either the name's id or the id's name.",
  check: (subject) => [
    ...besideIds(subject),
    ...besideSibling(subject),
    ...groupBesideSoftware(subject),
    ...unheardOf(subject),
    ...inRows(subject),
  ],
};

const besideIds = ({ report, catalogue, mapping }: RuleSubject): readonly Fault[] =>
  mapping.mentions.flatMap(({ start, end, object, by, written, text }) => {
    const meant = catalogue.get(written ?? object.id);
    const beside = by === "id" && meant && nameBeside(report.text, { start, end }, catalogue, meant.type);
    if (!beside || beside.called.some((other) => isKin(other, meant))) return [];
    // A name of another domain or of former times may have been this one's once.
    const others = beside.called.filter(
      (one) => isCurrent(one) && one.domains.some((domain) => meant.domains.includes(domain)),
    );
    // A slip within the family is the likelier one.
    const other = others.find(({ parent }) => parent !== undefined && parent === meant.parent) ?? others[0];
    if (!other) return [];
    return [either({ start, end, text }, meant, beside, other, catalogue)];
  });

/** The id `meant` beside the name of another object: either may be right. */
function either(
  { start, end, text }: Pick<Mention, "start" | "end" | "text">,
  meant: AttackObject,
  beside: NameBeside,
  other: AttackObject,
  catalogue: Catalogue,
): Fault {
  const nameOf = (one: AttackObject): string => (beside.full ? fullName(one, catalogue) : one.name);
  return {
    start,
    end,
    message: `${meant.id} is ${nameOf(meant)}; ${nameOf(other)} is ${other.id}`,
    choices: [
      { title: `Write ${other.id}, the id of ${nameOf(other)}`, edit: { start, end, text: inShape(other.id, text) } },
      {
        title: `Write ${nameOf(meant)}, the name of ${meant.id}`,
        edit: { start: beside.start, end: beside.end, text: nameOf(meant) },
      },
    ],
  };
}

/**
 * “They ran PowerShell (T1059.003)”: one word in a sentence is mostly what was used. It is taken for the id's name only
 * where it is the name of a sibling that the mapping finds there by it, and nothing else in the sentence shows the id's.
 */
const besideSibling = ({ report, catalogue, mapping }: RuleSubject): readonly Fault[] =>
  mapping.mentions.flatMap(({ start, end, object, by, written, text, place }) => {
    const meant = catalogue.get(written ?? object.id);
    if (by !== "id" || meant?.parent === undefined || !place) return [];
    const beside = coinedBefore(report.text, { start, end }, catalogue);
    const other = beside?.called.find((one) => isCurrent(one) && one.parent === meant.parent && one.id !== meant.id);
    if (!beside || !other || nameBeside(report.text, { start, end }, catalogue, meant.type)) return [];
    const here = (mentionsByPlace(report, mapping.mentions).get(placeKey(report, place)) ?? []).filter(
      (one) => one.by !== "id",
    );
    const isFound = here.some((one) => one.object.id === other.id && one.start < beside.end && beside.start < one.end);
    const isShown =
      here.some((one) => one.object.id === meant.id && one.end <= beside.start && !hasId(report.text, one.end)) ||
      isAbbreviated(meant, report.text.slice(sentenceAt(report, place)?.sentence.start ?? 0, beside.start));
    const inBrackets = /^[^)\n]{0,100}/.exec(report.text.slice(end, end + 100))?.[0] ?? "";
    return isFound && !isShown && !inBrackets.includes(other.id)
      ? [either({ start, end, text }, meant, beside, other, catalogue)]
      : [];
  });

/** Whether an id in brackets stands right behind an offset: the words before it have their own. */
const hasId = (text: string, at: number): boolean =>
  /^["”*_`]{0,3} ?[([]{1,2}["*_`]{0,3}[A-Z]{1,3}\d{4}/u.test(text.slice(at, at + longestJoint));

/** UTF-16 units of marks between a name and the id behind it, and of the id. */
const longestJoint = 24;

/** Whether a text has the capitals of a name: “RDP” for Remote Desktop Protocol, “LSASS” for LSASS Memory. */
function isAbbreviated({ name }: AttackObject, text: string): boolean {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const initials = words.map((word) => word.charAt(0)).join("");
  const short = [initials, ...words].filter((word) => /^\p{Lu}{3,}$/u.test(word));
  return short.length > 0 && (text.match(/[\p{L}\p{N}]+/gu) ?? []).some((word) => short.includes(word));
}

/** “FIN7 (S0154)”. The other way round nothing is sure: gangs are called by their malware, and campaigns cite their group. */
const groupBesideSoftware = ({ report: { text }, catalogue, mapping }: RuleSubject): readonly Fault[] =>
  mapping.mentions.flatMap(({ start, end, object, by, written }) => {
    const meant = catalogue.get(written ?? object.id);
    if (by !== "id" || meant?.type !== "software" || nameBeside(text, { start, end }, catalogue, "software")) return [];
    const beside = nameBeside(text, { start, end }, catalogue, "group");
    const group = beside?.called.find(isCurrent);
    if (!beside || !group || !isInBracketsBehind(text, beside, { start, end })) return [];
    return [
      {
        start,
        end,
        message: `${meant.id} is the software ${meant.name}; ${text.slice(beside.start, beside.end)} is ${group.id}`,
        choices: [
          { title: `Write ${group.id}, the id of ${group.name}`, edit: { start, end, text: group.id } },
          {
            title: `Write ${meant.name}, the name of ${meant.id}`,
            edit: { start: beside.start, end: beside.end, text: meant.name },
          },
        ],
      },
    ];
  });

/** “Grey Tern (G0143)”: an actor's name that nobody knows for this group, which the report nowhere calls by its own. */
function unheardOf({ report, catalogue, mapping, campaigns }: RuleSubject): readonly Fault[] {
  const named = new Set(mapping.mentions.flatMap(({ object, by }) => (by === "id" ? [] : [object.id])));
  const declared = report.frontMatter?.campaigns ?? [];
  return mapping.mentions.flatMap(({ start, end, object, by }): readonly Fault[] => {
    if (by !== "id" || object.type !== "group" || named.has(object.id)) return [];
    const place = capitalsBefore(report.text, { start, end });
    const group = place && catalogue.get(object.id);
    if (!group || isInAddress(report.text, start)) return [];
    const name = report.text.slice(place.start, place.end);
    const key = nameKey(name);
    const isActor = campaigns.some(
      ({ attackIds, name: own, aliases }) =>
        attackIds.includes(group.id) && [own, ...aliases].some((one) => nameKey(one) === key),
    );
    const isKnown =
      [group.name, ...group.aliases].some((one) => key.includes(nameKey(one))) ||
      declared.some((one) => [one.name, ...one.aliases].some((each) => nameKey(each) === key)) ||
      catalogue.actors.some(
        (actor) => actor.group === group.id && [actor.name, ...actor.synonyms].some((one) => nameKey(one) === key),
      );
    if (!isActor || isKnown) return [];
    return [
      {
        start,
        end,
        message: `${group.id} is ${group.name}; ATT&CK has no such group “${name}”, and the report does not say that both are the same`,
        choices: [
          { title: `Write ${group.name}, the name of ${group.id}`, edit: { ...place, text: group.name } },
          {
            title: `Say that ${name} is also known as ${group.name}`,
            edit: { ...place, text: `${name}, also known as ${group.name}` },
          },
        ],
      },
    ];
  });
}

/** Heads of columns that hold names of techniques. */
const nameColumn = /^(?:(?:mitre )?att&ck )?(?:sub-?)?techniques?(?: (?:name|title))?$/iu;
/** Words of a name; more are a sentence. */
const mostWords = 6;

/** “| Bash | T1059.001 |” under “Technique”: a name that ATT&CK has for nothing. */
function inRows({ report, catalogue, mapping }: RuleSubject): readonly Fault[] {
  return statedRows(report, mapping.mentions).flatMap(({ mentions }): readonly Fault[] => {
    const techniques = mentions.filter(({ object, by }) => object.type === "technique" && by === "id");
    const [first] = techniques;
    const meant = first && catalogue.get(first.written ?? first.object.id);
    const block = first?.place && report.blocks[first.place.block];
    if (!meant || !block || new Set(techniques.map(({ object }) => object.id)).size > 1) return [];
    const named = rowOf(report, block).find((other) => other.table && nameColumn.test(other.table.header.trim()));
    if (!named || named === block || !isOtherName(named.text.trim(), meant, catalogue)) return [];
    return [
      {
        start: first.start,
        end: first.end,
        message: `${meant.id} is ${fullName(meant, catalogue)}; ATT&CK has no technique called “${named.text.trim()}”`,
        choices: [
          {
            title: `Write ${fullName(meant, catalogue)}, the name of ${meant.id}`,
            edit: { start: named.start, end: named.end, text: fullName(meant, catalogue) },
          },
        ],
      },
    ];
  });
}

/** A short name of which ATT&CK's has no word: “Bash” is no PowerShell, “Scripting” may be. */
function isOtherName(text: string, meant: AttackObject, catalogue: Catalogue): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (!/^\p{Lu}[\p{L}\p{N} ./&()'’-]*$/u.test(text) || words.length > mostWords || isLabel(text, catalogue))
    return false;
  const known = nameKey([fullName(meant, catalogue), ...meant.aliases].join(" "));
  return !words.some((word) => word.length > 2 && known.includes(nameKey(word).slice(0, stem)));
}

/** Letters by which “Scripting” and “Scripts” are one word. */
const stem = 5;

/** An id in the shape in which the author wrote another one. */
export function inShape(id: string, written: string): string {
  const shaped = written.includes("/") ? id.replace(".", "/") : written.includes("\\.") ? id.replace(".", "\\.") : id;
  return written === written.toLowerCase() ? shaped.toLowerCase() : shaped;
}

/** The same object, a parent and its sub-technique, or one that replaced the other. */
const isKin = (one: AttackObject, other: AttackObject): boolean =>
  one.id === other.id ||
  one.parent === other.id ||
  other.parent === one.id ||
  one.successor === other.id ||
  other.successor === one.id;
