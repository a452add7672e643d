import { nameKey } from "../attack/names.ts";
import { rowOf } from "../mapping/place.ts";
import type { Block, Report } from "../report/report.ts";
import {
  actorColumns,
  aliasColumns,
  bracketedNames,
  letteredName,
  nameRows,
  orAs,
  partBefore,
  sameAs,
  sameAsBefore,
  andAlso,
  takesUpActor,
} from "./rules/introductions.ts";
import type { Draft } from "./actor.ts";

/** What is only supposed joins nobody. */
const onlySupposed =
  /\b(?:suspect(?:s|ed)?|suppos(?:es?|ed)|may|might|could|possibl[ey]|perhaps|maybe|presum\w+|rumou?r\w*|wonder\w*|whether)\b/iu;

/** Names of which the report says that they are one actor's: “X, which others call Y”, “X (also known as Y)”, columns of a table. */
export function joinSame(
  drafts: readonly Draft[],
  report: Report,
  otherNames: (actor: Draft, names: readonly string[]) => void,
): readonly Draft[] {
  const homes = new Map(drafts.map((draft) => [draft, draft]));
  const home = (draft: Draft): Draft => homes.get(draft) ?? draft;
  /** Of whom “whom” is said is nobody's operation. */
  const join = (first: Draft, second: Draft, isWho = false): void => {
    const [one, other] = [home(first), home(second)];
    const known = [one, other].filter(({ attackIds }) => attackIds.length > 0);
    // Two of ATT&CK's own are two, and a campaign is nobody.
    const isOperation =
      one.type === "campaign" || (other.type === "campaign" && (!isWho || other.attackIds.length > 0));
    if (one === other || known.length > 1 || isOperation) return;
    // ATT&CK's name stands for both, else the one in the title.
    const isBetter =
      known[0] === other ||
      (known.length === 0 && report.title.includes(other.name) && !report.title.includes(one.name));
    const [stays, goes] = isBetter ? [other, one] : [one, other];
    for (const [draft, at] of homes) if (at === goes) homes.set(draft, stays);
    for (const name of [goes.name, ...goes.aliases]) if (name !== stays.name) stays.aliases.add(name);
    for (const sighting of goes.sightings) stays.starts.add(sighting.start);
    stays.sightings.push(...goes.sightings);
  };
  const addNames = (draft: Draft, written: readonly string[]): void => {
    for (const name of written.map((each) => each.replace(/["“”*_]/gu, "").trim())) {
      const known = drafts.find((other) =>
        [other.name, ...other.aliases].some((one) => nameKey(one) === nameKey(name)),
      );
      if (known) join(draft, known);
      else otherNames(home(draft), [name]);
    }
  };
  const seen = drafts
    .flatMap((draft) => draft.sightings.map((sighting) => ({ draft, sighting })))
    .sort((a, b) => a.sighting.start - b.sighting.start);
  let wasJoined = false;
  seen.forEach(({ draft, sighting }, index) => {
    const block = report.blocks[sighting.block];
    if (!block) return;
    const bracketed = bracketedNames.exec(block.text.slice(sighting.textEnd, sighting.textEnd + 200))?.groups?.[
      "names"
    ];
    if (bracketed !== undefined) addNames(draft, bracketed.split(/,|;|\/| or | and /u));
    const before = seen[index - 1];
    if (!before) return;
    if (before.sighting.block !== sighting.block) {
      // “The same actors appear as X”, at the head of a paragraph, are those of the paragraph before.
      wasJoined =
        before.sighting.compared === undefined &&
        sighting.block - before.sighting.block === 1 &&
        sighting.sentence === 0 &&
        takesUpActor.test(block.text.slice(0, sighting.textStart));
      if (wasJoined) join(before.draft, draft);
      return;
    }
    const between = block.text.slice(before.sighting.textEnd, sighting.textStart);
    const told = block.text.slice(Math.max(0, sighting.textStart - 110), sighting.textStart);
    const compared = before.sighting.compared !== undefined || sighting.compared !== undefined;
    const isSame =
      !isAsked(block, sighting.sentence) &&
      ((before.sighting.compared === undefined && sameAsBefore.test(told) && !onlySupposed.test(told)) ||
        (before.sighting.sentence === sighting.sentence &&
          (!compared || wasJoined) &&
          ((sameAs.test(between) && !partBefore.test(block.text.slice(0, before.sighting.textStart))) ||
            (wasJoined && andAlso.test(between)) ||
            (before.sighting.introduced && sighting.introduced && orAs.test(between)))));
    wasJoined = isSame;
    if (isSame) join(before.draft, draft, /\bwhom\b/u.test(between));
  });
  for (const block of report.blocks) {
    const { table } = block;
    if (!table || table.row === 0 || !aliasColumns.test(table.header.trim())) continue;
    const owner = seen.find(({ sighting }) => {
      const other = report.blocks[sighting.block]?.table;
      return other?.table === table.table && other.row === table.row && actorColumns.test(other.header.trim());
    });
    if (!owner) continue;
    for (const { draft, sighting } of seen) if (sighting.block === block.index) join(owner.draft, draft);
    addNames(owner.draft, block.text.split(/,|;|\//u));
  }
  for (const { names, beside } of aliasRows(report)) {
    const owner =
      seen.find(({ sighting }) => beside.includes(sighting.block)) ?? seen.find(({ sighting }) => sighting.title);
    if (owner) addNames(owner.draft, names);
  }
  return drafts.filter((draft) => home(draft) === draft);
}

/** “Is X the same actor as Y?” */
function isAsked({ text, sentences }: Block, index: number): boolean {
  const sentence = sentences[index];
  return sentence !== undefined && text.charAt(sentence.textEnd - 1) === "?";
}

/** Rows such as “Also known as | X (Vendor), Y” in a table of two columns, which is of one actor; `beside` are the cells in which its name may stand. */
function aliasRows(
  report: Report,
): readonly { readonly names: readonly string[]; readonly beside: readonly number[] }[] {
  return report.blocks.flatMap((block) => {
    if (block.table?.column !== 0 || !aliasColumns.test(block.text.trim())) return [];
    const [, names, other] = rowOf(report, block);
    if (!names || other) return [];
    const beside = report.blocks.flatMap(({ table, index, text }) => {
      const value = report.blocks[index + 1];
      const isNamed = table?.table === block.table?.table && table?.column === 0 && nameRows.test(text.trim());
      return isNamed && value?.table?.row === table.row ? [value.index] : [];
    });
    return [{ names: names.text.replace(/\([^()]{0,80}\)/gu, "").split(/,|;|\//u), beside }];
  });
}

/** A cluster that the report tells apart by a letter is the group that stands in its heading, or of whom its section tells first. */
export function joinClusters(drafts: readonly Draft[], report: Report): readonly Draft[] {
  const groups = drafts.filter(({ name, type }) => type === "group" && !letteredName.test(name));
  return drafts.filter((cluster) => {
    if (!letteredName.test(cluster.name) || cluster.role !== undefined) return true;
    const sections = cluster.sightings.flatMap(({ block }) => {
      const heading = report.blocks[block];
      return heading?.kind === "heading" ? [heading.section] : [];
    });
    const inSection = groups
      .flatMap((group) =>
        group.sightings
          .filter(
            ({ block, compared, blamed, doing }) =>
              compared === undefined &&
              sections.includes(report.blocks[block]?.section ?? -1) &&
              // Whom a section names in passing is not the one of whom it tells.
              (blamed || doing || report.blocks[block]?.kind === "heading"),
          )
          .map(({ start }) => ({ group, start })),
      )
      .sort((a, b) => a.start - b.start);
    const [is] = inSection;
    if (!is) return true;
    is.group.aliases.add(cluster.name);
    is.group.sightings.push(...cluster.sightings);
    return false;
  });
}
