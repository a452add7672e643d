import type { CampaignTechnique, Evidence } from "../campaigns/campaign.ts";

/** A technique and the sentences by which it stands at one place of the order. */
export interface OrderedUse {
  readonly technique: CampaignTechnique;
  readonly evidence: readonly Evidence[];
}

/** What the text sets side by side, in no order among itself. */
export type Stage = readonly OrderedUse[];

/** Stages that the text tells one after the other. */
export type Chain = readonly Stage[];

export interface Order {
  /**
   * Of each group, one after the other, chains that run side by side: those of one date. Groups stand in no order to each
   * other: the dated chains are one, each undated one is another.
   */
  readonly groups: readonly (readonly (readonly Chain[])[])[];
  /** Techniques that the text gives no place in any order. */
  readonly loose: readonly OrderedUse[];
}

/** A sentence and what it tells. */
interface Moment {
  readonly at: Evidence;
  readonly techniques: CampaignTechnique[];
}

interface Thread {
  readonly date?: string;
  readonly stages: Moment[][];
}

/** Lines from one sentence to the next that may still go on with it: the same paragraph, the one below, or its code. */
const nearby = 3;

/** What an entry of a timeline begins with: "21:14", "3 Oct 02:14 |", "- **04:55 UTC**". */
const clock = /^[\W_]{0,10}(?:[\w.,-]{1,12} ){0,3}[\W_]{0,5}(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)/u;

const clockOf = ({ at }: Moment): string | undefined => clock.exec(at.text)?.[0];

/**
 * The order that the text itself tells: by dates, by "first", "then" and "finally", and by a timeline's entries that each
 * begin with a time, of which every one follows the one above. A sentence without any goes with
 * the sentence just before it, and stands apart where none is. Nothing is put in order for standing further down.
 */
export function inOrder(techniques: readonly CampaignTechnique[]): Order {
  const threads = threadsOf(momentsOf(techniques));
  const isVague = ({ date }: Thread): boolean =>
    date !== undefined && threads.some((other) => other.date !== date && other.date?.startsWith(date) === true);
  const dated = threads.filter((thread) => thread.date !== undefined && !isVague(thread));
  const days = [...new Set(dated.flatMap(({ date }) => date ?? []))].sort();
  const undated = threads.filter((thread) => !dated.includes(thread));
  const stepped = undated.filter(({ stages }) => stages.length > 1);
  const single = undated.filter(({ stages }) => stages.length === 1);
  const chains = [
    ...(days.length > 0 ? [days.map((day) => dated.filter(({ date }) => date === day))] : []),
    ...stepped.map((thread) => [[thread]]),
  ];
  const rest = usesOf(single.flatMap(({ stages }) => stages.flat()));
  const placed = new Set(
    [...dated, ...stepped]
      .flatMap(({ stages }) => stages.flat())
      .flatMap((moment) => moment.techniques.map(({ id }) => id)),
  );
  return {
    groups: addingTo(
      chains.map((group) => group.map((parallel) => parallel.map(({ stages }) => stages.map(usesOf)))),
      rest.filter(({ technique }) => placed.has(technique.id)),
    ),
    loose: rest.filter(({ technique }) => !placed.has(technique.id)),
  };
}

/** Sentences in document order. */
function momentsOf(techniques: readonly CampaignTechnique[]): readonly Moment[] {
  const moments = new Map<number, Moment>();
  for (const technique of techniques)
    for (const evidence of technique.evidence) {
      const moment = moments.get(evidence.start) ?? { at: evidence, techniques: [] };
      moments.set(evidence.start, moment);
      moment.techniques.push(technique);
    }
  return [...moments.values()].sort((a, b) => a.at.start - b.at.start);
}

function threadsOf(moments: readonly Moment[]): readonly Thread[] {
  const threads: Thread[] = [];
  let before: Moment | undefined;
  let current: Thread | undefined;
  /** The thread of undated entries with a time, and the time of the last one; what stands between them doesn't end it. */
  let timeline: { readonly thread: Thread; readonly time: string } | undefined;
  for (const moment of moments) {
    const { step, dates, line } = moment.at;
    const date = dates?.[0];
    const time = clockOf(moment);
    const near = before !== undefined && line - before.at.line <= nearby;
    const told = step === "then" || step === "last";
    let goesOn = date === undefined ? told || near : date === current?.date;
    if (time !== undefined && date === undefined) {
      goesOn = timeline !== undefined;
      current = timeline?.thread;
    }
    const follows =
      told || (time !== undefined && time !== (date === undefined ? timeline?.time : clockBefore(before)));
    before = moment;
    if (!current || step === "first" || !goesOn) {
      current = { ...(date === undefined ? {} : { date }), stages: [[moment]] };
      threads.push(current);
    } else if (follows) current.stages.push([moment]);
    else current.stages.at(-1)?.push(moment);
    if (time !== undefined && date === undefined) timeline = { thread: current, time };
  }
  return threads;
}

const clockBefore = (moment: Moment | undefined): string | undefined => moment && clockOf(moment);

/** Each technique once, with all sentences that tell it here. */
function usesOf(moments: readonly Moment[]): Stage {
  const uses = new Map<string, { technique: CampaignTechnique; evidence: Evidence[] }>();
  for (const { at, techniques } of moments)
    for (const technique of techniques) {
      const use = uses.get(technique.id) ?? { technique, evidence: [] };
      uses.set(technique.id, use);
      // The sentence as the technique has it, which may be the same for several.
      use.evidence.push(technique.evidence.find(({ start }) => start === at.start) ?? at);
    }
  return [...uses.values()];
}

/** What is only said again somewhere else, as in a table at the end, goes to where the technique first has its place. */
function addingTo(groups: Order["groups"], again: readonly OrderedUse[]): Order["groups"] {
  const left = new Map(again.map(({ technique, evidence }) => [technique.id, evidence]));
  const added = (use: OrderedUse): OrderedUse => {
    const more = left.get(use.technique.id);
    if (more === undefined) return use;
    left.delete(use.technique.id);
    return { ...use, evidence: [...use.evidence, ...more] };
  };
  return groups.map((group) =>
    group.map((parallel) => parallel.map((chain) => chain.map((stage) => stage.map(added)))),
  );
}
