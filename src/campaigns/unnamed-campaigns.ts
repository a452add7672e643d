import type { Mapping } from "../mapping/map-report.ts";
import { isTechnique, type Mention } from "../mapping/mention.ts";
import { nameKey } from "../attack/names.ts";
import { ofWords, type Report, type Section } from "../report/report.ts";
import { nobodyNear, type Attribution, type Scene } from "./attribute.ts";
import { caseName, caseOf, namelessSections } from "./case-sections.ts";
import { digests, headingKey } from "./rules/comparisons.ts";
import { intruders } from "./rules/telling.ts";
import { tellsStory, type Judged } from "./judge.ts";

/**
 * A report that describes nobody by name describes one campaign all the same, if it describes techniques; one that is
 * built of cases describes one in each whose doer it does not name.
 */
export function unnamedCampaigns(
  report: Report,
  mapping: Mapping,
  found: readonly Attribution[],
  scene: Scene,
  cases: readonly Section[],
): { readonly judged: readonly Judged[]; readonly attributions: readonly Attribution[] } | undefined {
  // Who passes on what others have published tells of no intrusion of its own.
  if (digests.test(report.title)) return undefined;
  const whole = `report:${nameKey(report.title)}`;
  const keyOfCase = ({ index }: Section): string => `${whole} ${index}`;
  /** The campaign of a mention that nobody else has; none where it stands outside of all cases. */
  const ownOf = (mention: Mention, attribution: Attribution | undefined): string | undefined => {
    if (!mention.place || mention.object.type === "group" || mention.object.type === "campaign") return undefined;
    if (attribution?.actors.length !== 0 || attribution.why !== nobodyNear) return undefined;
    if (cases.length === 0) return whole;
    const block = report.blocks[mention.place.block];
    const own = block && caseOf(report, block, cases);
    return own && keyOfCase(own);
  };
  const keys = mapping.mentions.map((mention, index) => ownOf(mention, found[index]));
  const orphans = mapping.mentions.filter(
    ({ object }, index) => object.type === "technique" && keys[index] !== undefined,
  );
  // What prose describes is somebody's doing only where a story is told.
  if (!orphans.some(({ status, by }) => status === "stated" || by === "command") && !tellsStory(report))
    return undefined;
  if (orphans.length === 0) return undefined;
  const told = new Set(keys.filter((_, index) => isTechnique(mapping.mentions[index])));
  const named = (key: string, name: string, reason: string): Judged => ({
    actor: { key, name, type: "cluster", attackIds: [], aliases: [], sightings: [] },
    role: "described",
    weight: 0,
    reason,
  });
  const nobody = scene.seen.length === 0 ? "the report names nobody" : "the report tells of nobody whom it names";
  return {
    judged:
      cases.length === 0
        ? [named(whole, report.title === "" ? "Unnamed activity" : report.title, nobody)]
        : cases.flatMap((section) => {
            const key = keyOfCase(section);
            return told.has(key) ? [named(key, caseName(section), "a case of its own, whose doer is not named")] : [];
          }),
    attributions: found.map((attribution, index) => {
      const key = keys[index];
      if (key === undefined) return attribution;
      const why = cases.length === 0 ? "the report names nobody else" : "the case names nobody else";
      return { actors: [key], why, confidence: 0.6 };
    }),
  };
}

/** “The attacker”, “unknown intruders”. */
const namesIntruder = ofWords(({ text }) => intruders.test(text));

/** Headings, in the form of {@link headingKey}, of sections that tell of no single intrusion. */
const noStories =
  /\b(?:vulnerabilit|exploits?|patch|statistics|numbers|figures|trends?|outlook|summary|in short|in brief|conclusions?|other|general|legal|law|arrests?|news|notes?|method|glossary|calendar|events)/u;

/** So many techniques that are nobody's make a section without an actor a story. */
const leastStory = 3;

/** In a report on several actors, sections on an intrusion of which nobody knows whose it was. */
export function storiesOfNobody(
  report: Report,
  { mentions }: Mapping,
  found: readonly Attribution[],
  { byHeading, doers, seen }: Scene,
): readonly Section[] {
  const named = new Set(
    [...byHeading].flatMap(([section, sightings]) =>
      sightings.some(({ actor }) => doers.includes(actor)) ? [section] : [],
    ),
  );
  const hasActor = ({ start, end }: Section): boolean =>
    seen.some((each) => start <= each.start && each.start < end && doers.includes(each.actor));
  const sections = namelessSections(report, named, hasActor);
  if (sections.length === 0) return sections;
  const untold = mentions.filter(
    ({ object }, index) => object.type === "technique" && found[index]?.why === nobodyNear,
  );
  return sections.filter(({ start, end, title }) => {
    if (noStories.test(headingKey(title))) return false;
    const own = untold.filter((each) => start <= each.start && each.start < end);
    const blocks = report.blocks.filter((block) => start <= block.start && block.start < end);
    return new Set(own.map(({ object }) => object.id)).size >= leastStory && blocks.some(namesIntruder);
  });
}
