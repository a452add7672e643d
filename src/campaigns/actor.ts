import type { Range, Report } from "../report/report.ts";
import type { CampaignRole, CampaignType } from "./campaign.ts";
import { certainties, suspicions } from "./rules/relations.ts";

/** Somebody of whom the report speaks, with every place where it does. */
export interface Actor {
  readonly key: string;
  readonly name: string;
  readonly type: CampaignType;
  readonly attackIds: readonly string[];
  readonly aliases: readonly string[];
  /** Set where the author declares it. */
  readonly role?: CampaignRole;
  /** In the order of the text. */
  readonly sightings: readonly Sighting[];
}

/** One place where the report names an actor; `start`/`end` are offsets into the source. */
export interface Sighting extends Range {
  readonly block: number;
  readonly sentence: number;
  /** Offsets into the block's text. */
  readonly textStart: number;
  readonly textEnd: number;
  readonly text: string;
  /** Set where the words around it only compare, cite or recall. */
  readonly compared?: string;
  /** The report's own words give this name to the actor here. */
  readonly introduced: boolean;
  /** In a title, or in a sentence that tells of doings. */
  readonly acting: boolean;
  /** As the one who does it. */
  readonly doing: boolean;
  /** Beside a technique that the report states: whoever writes an id means it. */
  readonly stated: boolean;
  /** At the head of a paragraph of its own. */
  readonly opening: boolean;
  /** The next sentence says “it” or “the group”, and what it did. */
  readonly takenUp: boolean;
  /** In a sentence that lays what the report tells at somebody's door. */
  readonly blamed: boolean;
  /** Has only sold or rented something to whom the sentence tells of: “it buys access from a broker, X, and exploited …”. */
  readonly supplying: boolean;
  /** In the report's title or its first words. */
  readonly title: boolean;
}

/** In how many sentences the report names somebody. */
export const sentencesOn = ({ sightings }: Pick<Actor, "sightings">): number =>
  new Set(sightings.map(({ block, sentence }) => `${block}.${sentence}`)).size;

/** Where the report first names somebody, as an offset into the source; behind its end where it does not. */
export const firstStart = ({ sightings: [first] }: Pick<Actor, "sightings">): number => first?.start ?? Infinity;

/** An actor while names and sightings are still found. */
export type Draft = Omit<Actor, "sightings" | "aliases" | "attackIds"> & {
  /** Where the sightings begin: one place is seen once. */
  readonly starts: Set<number>;
  attackIds: string[];
  aliases: Set<string>;
  sightings: Sighting[];
};

/** Whether a title names the actor. */
export const isInTitle = ({ name, aliases }: Actor, title: string): boolean =>
  [name, ...aliases].some((each) => title.includes(each));

/** Whether the sentence in which somebody is named only supposes what it says. */
export function isSuspected({ block, sentence }: Pick<Sighting, "block" | "sentence">, { blocks }: Report): boolean {
  const { text = "", sentences = [] } = blocks[block] ?? {};
  const words = text.slice(sentences[sentence]?.textStart, sentences[sentence]?.textEnd);
  return suspicions.test(words) && !certainties.test(words);
}
