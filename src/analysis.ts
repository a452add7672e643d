import { isCurrent, type Catalogue } from "./attack/catalogue.ts";
import type { Campaign } from "./campaigns/campaign.ts";
import { findCampaigns, type MentionAttribution } from "./campaigns/find-campaigns.ts";
import { sidelineOf } from "./campaigns/sidelines.ts";
import type { Relation } from "./campaigns/relation.ts";
import type { Choice, Edit, Severity } from "./lint/rule.ts";
import { rules } from "./lint/rules.ts";
import { domainsWanted } from "./mapping/domains-wanted.ts";
import { mapInSteps, readBlocks, type Mapping } from "./mapping/map-report.ts";
import type { Lexicon } from "./mapping/lexicon/lexicon.ts";
import type { Boldness, Model } from "./mapping/model/model.ts";
import type { Mention } from "./mapping/mention.ts";
import { guidanceTitle, isOpenTask } from "./mapping/rules/no-deed.ts";
import { lineAt, type Range, type Report } from "./report/report.ts";
import { finish, type Steps } from "./steps.ts";

/** All that there is to say of a report: the object that `attack-scribe map --format json` prints (docs/analysis.schema.json). */
export interface Analysis {
  readonly schema: 1;
  readonly report: { readonly path: string; readonly title: string };
  /** The domains that the report is mapped to. */
  readonly attack: { readonly version: string; readonly domains: readonly string[] };
  /** In document order. */
  readonly mentions: readonly AnalysedMention[];
  /** Techniques that prose describes where it tells of nobody: under headings of guidance and references. */
  readonly setAside: readonly AnalysedMention[];
  /** Described ones first, then in the order in which the report names them. */
  readonly campaigns: readonly Campaign[];
  /** How the campaigns stand to each other, in document order. */
  readonly relations: readonly Relation[];
  /** In document order. */
  readonly findings: readonly Finding[];
}

/** A mention with the ids of the campaigns that it belongs to; none where nobody can be told. */
export interface AnalysedMention extends Omit<Mention, "place"> {
  readonly campaigns: readonly string[];
  /** By which words it belongs to them, or why to nobody. */
  readonly attribution: string;
  /** 0–1: how sure that is; 0 for nobody. */
  readonly attributionConfidence: number;
}

export interface Finding extends Range {
  readonly rule: string;
  readonly severity: Severity;
  readonly line: number;
  readonly message: string;
  readonly fix: Edit | null;
  /** Other ways out, among which only the author can choose. */
  readonly choices: readonly Choice[];
}

/** What an analysis may go by beside the catalogue. */
export interface AnalyseOptions {
  /** Cues and commands by which techniques are described; without it only what the text states is found. */
  readonly lexicon?: Lexicon | undefined;
  /** Reads what prose describes; it needs the lexicon too. */
  readonly model?: Model | undefined;
  /** How sure a described technique must be; `balanced` where nothing is said. */
  readonly boldness?: Boldness | undefined;
  /** Domains, addresses and networks (CIDR) that may stand alive in the report, beside those that it allows itself. */
  readonly allowedIndicators?: readonly string[] | undefined;
}

/** The one way through the house: what a report says of ATT&CK, and whose doing it is. Pure and deterministic. */
export function analyse(report: Report, catalogue: Catalogue, options: AnalyseOptions = {}): Analysis {
  const mapping = finish(mapInSteps(report, catalogue, options.lexicon, options));
  return finish(analyseMapped(report, catalogue, mapping, options));
}

/**
 * As {@link analyse}, in steps that are short: blocks are read beforehand, a few at a time, and what blocks say is remembered
 * for as long as their words stay (see `ofWords`), so that after an edit only what changed is read.
 */
export function* analyseInSteps(
  report: Report,
  catalogue: Catalogue,
  options: AnalyseOptions = {},
  /** Told what the report maps as soon as that is known, and before it is known whose doing it is. */
  onMapped: (mapping: Mapping) => void = () => undefined,
): Steps<Analysis> {
  yield* readBlocks(report, catalogue, options.lexicon, options);
  const mapping = yield* mapInSteps(report, catalogue, options.lexicon, options);
  onMapped(mapping);
  yield;
  return yield* analyseMapped(report, catalogue, mapping, options);
}

/** Those that are loaded, and that the report wants where it says so. */
function domainsOf(report: Report, catalogue: Catalogue): readonly string[] {
  const wanted = domainsWanted(report, catalogue).domains;
  const loaded = catalogue.domains.map(({ domain }) => domain);
  return wanted.length > 0 ? loaded.filter((domain) => wanted.includes(domain)) : loaded;
}

function* analyseMapped(
  report: Report,
  catalogue: Catalogue,
  mapping: Mapping,
  options: AnalyseOptions,
): Steps<Analysis> {
  const { campaigns, relations, attributions } = yield* findCampaigns(report, catalogue, mapping);
  yield;
  const subject = { report, catalogue, mapping, campaigns, allowedIndicators: options.allowedIndicators ?? [] };
  const findings: Finding[] = [];
  for (const { id, severity, check } of rules) {
    for (const { start, end, message, fix = null, choices = [] } of check(subject))
      findings.push({ rule: id, severity, start, end, line: lineAt(report, start), message, fix, choices });
    yield;
  }
  return {
    schema: 1,
    report: { path: report.path, title: report.title },
    attack: { version: catalogue.version, domains: domainsOf(report, catalogue) },
    mentions: mapping.mentions.map((mention, index) => analysed(mention, attributions[index])),
    setAside: mapping.setAside.map((mention) => analysed(mention, asideIn(report, mention))),
    campaigns: inOrder(campaigns),
    relations,
    findings: findings.sort((a, b) => a.start - b.start || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)),
  };
}

/** Why what prose describes there is nobody's doing. */
function asideIn(report: Report, { place }: Mention): MentionAttribution {
  const block = place && report.blocks[place.block];
  const under =
    block &&
    (sidelineOf(report, block) ??
      (isOpenTask(report, block) ? "in an open task" : `under “${guidanceTitle(report, block) ?? ""}” (guidance)`));
  return { campaigns: [], why: `stands ${under ?? "outside of the text"}`, confidence: 0 };
}

/** How many techniques a report maps, each counted once; ignores what ATT&CK withdrew. */
export function techniqueCount(analysis: Analysis, catalogue: Catalogue): number {
  const current = analysis.mentions.filter(
    ({ object }) => object.type === "technique" && isCurrentId(object.id, catalogue),
  );
  return new Set(current.map(({ object }) => object.id)).size;
}

function isCurrentId(id: string, catalogue: Catalogue): boolean {
  const object = catalogue.get(id);
  return object !== undefined && isCurrent(object);
}

/** Described before referenced; a campaign before its members. */
function inOrder(campaigns: readonly Campaign[]): readonly Campaign[] {
  const described = campaigns.filter(({ role }) => role === "described");
  const heads = described.filter(({ partOf }) => partOf === undefined);
  const members = (id: string): readonly Campaign[] => described.filter(({ partOf }) => partOf === id);
  return [
    ...heads.flatMap((head) => [head, ...members(head.id)]),
    ...campaigns.filter(({ role }) => role === "referenced"),
  ];
}

/** Field by field: a report has thousands of mentions, and this is done at every keystroke. */
function analysed(mention: Mention, found = unattributed): AnalysedMention {
  const { start, end, line, text, object, by, status, confidence, evidence, why, written } = mention;
  const { campaigns, why: attribution, confidence: attributionConfidence } = found;
  if (written === undefined)
    return {
      start,
      end,
      line,
      text,
      object,
      by,
      status,
      confidence,
      evidence,
      why,
      campaigns,
      attribution,
      attributionConfidence,
    };
  const known = { start, end, line, text, object, by, status, confidence, evidence, why, written };
  return { ...known, campaigns, attribution, attributionConfidence };
}

const unattributed: MentionAttribution = { campaigns: [], why: "", confidence: 0 };
