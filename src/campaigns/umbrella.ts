import type { Report } from "../report/report.ts";
import type { Judged } from "./judge.ts";
import { firstStart, isInTitle, sentencesOn, type Actor } from "./actor.ts";

/**
 * One campaign that the report introduces or that its author declares is the roof over the groups it tells of: they are
 * part of it, and it bears their ids.
 */
export function withUmbrella(
  judged: readonly Judged[],
  report: Report,
  doersOf: (campaign: string) => readonly string[],
): readonly Judged[] {
  const described = judged.filter(({ role }) => role === "described");
  // An operation that is named once, behind those who might be part of it, is another one.
  const firstNamed = Math.min(...described.map(({ actor }) => firstStart(actor)));
  const roofs = described.filter(
    ({ actor }) =>
      actor.type === "campaign" &&
      (actor.role !== undefined ||
        actor.sightings.some(
          ({ introduced, block }) =>
            (introduced && (sentencesOn(actor) > 1 || firstStart(actor) <= firstNamed)) ||
            report.blocks[block]?.kind === "heading" ||
            block === 0,
        )),
  );
  const declaredMembers = new Map(
    roofs
      .filter(({ actor }) => actor.role !== undefined)
      .flatMap(({ actor }) => actor.attackIds.map((id) => [id, actor.key] as const)),
  );
  const [roof, second] = roofs;
  const parentOf = ({ actor, role }: Judged): string | undefined => {
    if (role !== "described" || actor.type === "campaign") return undefined;
    const declared = actor.attackIds.map((id) => declaredMembers.get(id)).find((key) => key !== undefined);
    if (declared !== undefined) return declared;
    // What ATT&CK lays at somebody else's door is no roof of this group.
    const doers = roof?.actor.attackIds.flatMap((id) => [...doersOf(id)]) ?? [];
    if (doers.length > 0 && actor.attackIds.length > 0 && !actor.attackIds.some((id) => doers.includes(id)))
      return undefined;
    // Whose members its author could have named has those that he named.
    return roof && !second && roof.actor.role === undefined ? roof.actor.key : undefined;
  };
  const withParent = judged.map((each) => {
    const parent = parentOf(each);
    return parent === undefined ? each : { ...each, partOf: parent };
  });
  return withParent.map((each) => {
    const members = withParent.filter(({ partOf }) => partOf === each.actor.key);
    if (members.length === 0) return each;
    const attackIds = [...new Set([...each.actor.attackIds, ...members.flatMap(({ actor }) => actor.attackIds)])];
    return { ...each, actor: { ...each.actor, attackIds } };
  });
}

/**
 * The one operation of an actor of whom alone the report tells is another name of the actor: whatever was done in it,
 * the actor did. Operations that ATT&CK or the author knows, or by which the report is called, stay what they are.
 */
export function withOwnOperation(
  actors: readonly Actor[],
  judged: readonly Judged[],
  report: Report,
): readonly Actor[] {
  const members = judged.filter(({ partOf }) => partOf !== undefined);
  const roof = actors.find(({ key }) => key === members[0]?.partOf);
  if (!roof || roof.role !== undefined || roof.attackIds.length > 0) return actors;
  const said = members.find(({ actor }) => isSaidItsOwn(actor, roof, report));
  const own = said ?? (members.length === 1 && !isInTitle(roof, report.title) ? members[0] : undefined);
  const member = actors.find(({ key }) => key === own?.actor.key);
  if (!member) return actors;
  const whole: Actor = {
    ...member,
    aliases: [...new Set([...member.aliases, roof.name, ...roof.aliases])],
    sightings: [...member.sightings, ...roof.sightings].sort((a, b) => a.start - b.start),
  };
  return actors.flatMap((actor) => (actor === roof ? [] : [actor === member ? whole : actor]));
}

/** “We track the actor as X and the activity as Operation Y.” */
const isSaidItsOwn = (member: Actor, roof: Actor, { blocks }: Report): boolean =>
  member.sightings.some(({ block, textEnd, compared }) =>
    roof.sightings.some(
      (other) =>
        compared === undefined &&
        other.block === block &&
        textEnd <= other.textStart &&
        /^["”*_]*,? and (?:to )?(?:the|its|their) (?:whole )?(?:activit(?:y|ies)|campaign|operation|intrusions?|attacks?)(?: is)?(?: tracked)? as (?:the )?["“*_]*$/u.test(
          blocks[block]?.text.slice(textEnd, other.textStart) ?? "",
        ),
    ),
  );
