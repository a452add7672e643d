import { normaliseId, type Catalogue } from "../attack/catalogue.ts";
import { ofWords, type Range, type Report } from "../report/report.ts";
import { blocksInStep, finish, type Steps } from "../steps.ts";
import { findCves } from "./cves.ts";
import { domainsWanted } from "./domains-wanted.ts";
import { dropRepeated } from "./drop-repeated.ts";
import { findIds, statedById, type UnknownId } from "./ids.ts";
import { commandReader, findCommands } from "./lexicon/find-commands.ts";
import { findCues } from "./lexicon/find-cues.ts";
import { describedReader, findDescribed, readInDomains } from "./find-described.ts";
import type { Lexicon } from "./lexicon/lexicon.ts";
import type { Boldness, Model } from "./model/model.ts";
import { compareMentions, type Mention } from "./mention.ts";
import { findNames, nameReader, type ActorName } from "./names.ts";
import { placeOf } from "./place.ts";
import { isOthersDeed } from "./rules/no-deed.ts";

/** What the text states and describes, in document order. */
export interface Mapping {
  readonly mentions: readonly Mention[];
  /** What prose describes where it tells of nobody: under headings of guidance and references. */
  readonly setAside: readonly Mention[];
  /** Actors under names that ATT&CK has for nobody. */
  readonly actors: readonly ActorName[];
  readonly unknownIds: readonly UnknownId[];
}

export interface MapOptions {
  readonly model?: Model | undefined;
  readonly boldness?: Boldness | undefined;
}

/**
 * Maps a report; the author's directives (`ignore`, stated ids, `domains`) are obeyed. Without a lexicon only what the
 * text states is found, without a model only what decisive cues and commands describe.
 */
export function mapReport(report: Report, catalogue: Catalogue, lexicon?: Lexicon, options: MapOptions = {}): Mapping {
  return finish(mapInSteps(report, catalogue, lexicon, options));
}

/** As {@link mapReport}, in steps. */
export function* mapInSteps(
  report: Report,
  catalogue: Catalogue,
  lexicon?: Lexicon,
  { model, boldness = "balanced" }: MapOptions = {},
): Steps<Mapping> {
  const ids = findIds(report, catalogue);
  yield;
  const directed = stateDirectives(report, catalogue);
  const stated = [...ids.mentions, ...directed.mentions];
  const names = findNames(report, catalogue, stated);
  yield;
  const prose =
    lexicon && model
      ? findDescribed(report, catalogue, lexicon, model, boldness)
      : { mentions: lexicon ? findCues(report, lexicon, catalogue) : [], setAside: [] };
  const described = lexicon ? [...prose.mentions, ...findCommands(report, lexicon, catalogue)] : [];
  yield;
  const found = [...stated, ...names.mentions, ...findCves(report, catalogue), ...described];
  const wanted = wantedIn(report, catalogue);
  return {
    mentions: dropRepeated(found, report)
      .filter(wanted)
      .filter((mention) => !isOfOthers(mention, report))
      .sort(compareMentions),
    setAside: prose.setAside.filter(wanted),
    actors: names.actors,
    unknownIds: [...ids.unknown, ...directed.unknown].sort((a, b) => a.start - b.start),
  };
}

/** Reads blocks beforehand, in steps: {@link mapReport} then finds what they say remembered, and takes little time. */
export function* readBlocks(
  report: Report,
  catalogue: Catalogue,
  lexicon?: Lexicon,
  { model, boldness = "balanced" }: MapOptions = {},
): Steps<void> {
  const readers = [
    nameReader(catalogue),
    ...(lexicon ? [commandReader(report, lexicon)] : []),
    ...(lexicon && model ? [describedReader(catalogue, lexicon, model, boldness)] : []),
  ];
  // Block by block: each is fetched from memory once for all of them.
  for (const block of report.blocks) {
    for (const read of readers) read(block);
    if (block.kind === "code" || block.index % blocksInStep === 0) yield;
  }
  if (lexicon && model) yield* readInDomains(report, catalogue, lexicon, model, boldness);
}

/** `<!-- attack: T1190 -->` states T1190 of the sentence that it stands beside. */
function stateDirectives(
  report: Report,
  catalogue: Catalogue,
): { mentions: readonly Mention[]; unknown: readonly UnknownId[] } {
  const mentions: Mention[] = [];
  const unknown: UnknownId[] = [];
  for (const directive of report.directives) {
    if (directive.kind !== "state") continue;
    const place = placeOf(report, directive.scope.start);
    for (const { id: written, start, end } of directive.ids) {
      const id = normaliseId(written);
      const found = id === undefined ? undefined : catalogue.resolve(id);
      if (!found) {
        unknown.push({ start, end, id: written });
        continue;
      }
      const why = `the author states ${found.asked.id} in a comment`;
      mentions.push(statedById(report, { start, end }, place, found, why, directive.scope.start));
    }
  }
  return { mentions, unknown };
}

/** Techniques that a sentence names by a vulnerability, or in words, while it tells what others did; an id says that it is meant. */
function isOfOthers({ by, object, place }: Mention, report: Report): boolean {
  if (object.type !== "technique" || (by !== "cve" && by !== "name" && by !== "alias")) return false;
  const block = place && report.blocks[place.block];
  return block !== undefined && (othersDeedsIn(block)[place?.sentence ?? 0] ?? false);
}

const othersDeedsIn = ofWords(({ text, sentences }) =>
  sentences.map(({ textStart, textEnd }) => isOthersDeed(text.slice(textStart, textEnd))),
);

/** Neither ignored by the author nor of a domain that the author left out. What the author states of a sentence wins over what is ignored around it. */
function wantedIn(report: Report, catalogue: Catalogue): (mention: Mention) => boolean {
  const ignore = report.frontMatter?.ignore ?? [];
  const { domains } = domainsWanted(report, catalogue);
  const normalised = (ids: readonly string[]): ReadonlySet<string> =>
    new Set(ids.map((ignored) => normaliseId(ignored) ?? ignored));
  const everywhere = normalised(ignore);
  const ignores = report.directives.flatMap((directive) =>
    directive.kind === "ignore" ? [{ scope: directive.scope, ids: normalised(directive.ids) }] : [],
  );
  const statements = report.directives.flatMap((directive) =>
    directive.kind === "state"
      ? [{ comment: directive, scope: directive.scope, ids: normalised(directive.ids.map(({ id }) => id)) }]
      : [],
  );
  const names = (ids: ReadonlySet<string>, { object, written }: Mention): boolean =>
    ids.has(object.id) || (written !== undefined && ids.has(written));
  const isIn = ({ start }: Mention, range: Range): boolean => range.start <= start && start < range.end;
  const isIgnored = (mention: Mention): boolean =>
    names(everywhere, mention) || ignores.some(({ scope, ids }) => isIn(mention, scope) && names(ids, mention));
  const isStated = (mention: Mention): boolean =>
    statements.some(
      ({ comment, scope, ids }) => (isIn(mention, comment) || isIn(mention, scope)) && names(ids, mention),
    );
  return (mention) => {
    if (isIgnored(mention) && !isStated(mention)) return false;
    if (domains.length === 0) return true;
    const object = catalogue.get(mention.object.id);
    return !object || object.domains.some((domain) => domains.includes(domain));
  };
}
