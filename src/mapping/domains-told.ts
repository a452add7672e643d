import type { Block, Report, Words } from "../report/report.ts";
import { otherDomains, type OtherDomain } from "./model/model.ts";

/** How many sentences of a block speak of each domain beside Enterprise, in the order of {@link otherDomains}. */
export interface DomainCounts {
  /** Sentences that are long enough to tell. */
  readonly sentences: number;
  readonly speaking: readonly number[];
}

/** Shorter ones, in UTF-16 units, tell of no domain. */
export const tellingLength = 25;
/** A domain's gate from which on a sentence speaks of it. */
export const speaks = -0.3;

/**
 * A block tells of a domain by its own sentences and those of its section, less by those of the whole report. In a
 * report that hardly speaks of the domain more is needed. Set by hand on the gold of our own reports: of the techniques
 * of Mobile and ICS in them 94 % stand in such blocks, of those of Enterprise 0.6 %.
 */
const shares = { block: 0.4, section: 0.4, report: 0.2 } as const;
const enough = 0.15;
const enoughElsewhere = 0.3;
const ofReport = 0.1;

/** By a block's index, the domain beside Enterprise of which it tells, if any. An author who declares one domain (`declared`) settles it. */
export function domainsTold(
  report: Report,
  declared: readonly string[],
  countsOf: (words: Words) => DomainCounts | undefined,
  /** Whether a block has words of the domain's own things. */
  names: (words: Words, domain: OtherDomain) => boolean,
): readonly (OtherDomain | undefined)[] {
  const { blocks, sections } = report;
  const allowed = otherDomains.filter((domain) => declared.length === 0 || declared.includes(domain));
  if (declared.length === 1 && allowed.length === 1) return blocks.map(() => allowed[0]);
  const whole = emptySum();
  const inSections = sections.map(emptySum);
  const counts = blocks.map(countsOf);
  blocks.forEach(({ section }, index) => {
    const own = counts[index];
    if (!own || own.sentences === 0) return;
    add(whole, own);
    for (let at = sections[section]; at; at = at.parent === undefined ? undefined : sections[at.parent])
      add(inSections[at.index] ?? whole, own);
  });
  // What is only like a domain's deeds, in a report without one of its things, is of computers.
  const isNamed = (domain: OtherDomain): boolean => blocks.some((block, at) => counts[at] && names(block, domain));
  const possible = otherDomains.flatMap((domain, at) =>
    allowed.includes(domain) && (whole.speaking[at] ?? 0) > 0 && isNamed(domain)
      ? [{ domain, at, inReport: share(whole, at) }]
      : [],
  );
  // Most reports never speak of another domain.
  if (possible.length === 0) return blocks.map(() => undefined);
  const told = ({ section }: Block, own: DomainCounts | undefined): OtherDomain | undefined => {
    let best: OtherDomain | undefined;
    let most = 0;
    for (const { domain, at, inReport } of possible) {
      const sum =
        shares.block * share(own, at) + shares.section * share(inSections[section], at) + shares.report * inReport;
      if (sum <= (inReport > ofReport ? enough : enoughElsewhere) || sum <= most) continue;
      most = sum;
      best = domain;
    }
    return best;
  };
  return blocks.map((block, index) => told(block, counts[index]));
}

type Sums = Pick<DomainCounts, "sentences" | "speaking">;

interface Sum {
  sentences: number;
  readonly speaking: number[];
}

const emptySum = (): Sum => ({ sentences: 0, speaking: otherDomains.map(() => 0) });

function add(sum: Sum, { sentences, speaking }: Sums): void {
  sum.sentences += sentences;
  for (let at = 0; at < speaking.length; at += 1) sum.speaking[at] = (sum.speaking[at] ?? 0) + (speaking[at] ?? 0);
}

const share = (counts: Sums | undefined, at: number): number =>
  counts && counts.sentences > 0 ? (counts.speaking[at] ?? 0) / counts.sentences : 0;
