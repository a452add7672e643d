/**
 * The gold: what a careful reader says of our own reports in test/fixtures/reports. Beside each NAME.md lies
 * NAME.gold.yaml, written from reading the report and never after what the program answers.
 *
 * How a reader decides:
 * - *described* is who did something in this report; comparison, history, citation and advertisement only reference.
 * - Techniques are what the text says was done, as precise as it says it and no more; a sub-technique stands without its
 *   parent. Advice, detection and what attackers can do in general are nobody's deed. What analysed malware can do, and
 *   what a playbook orders, is its owners'.
 * - What the text says of several ("all three clusters") stands with each of them. What it says of one part of a campaign
 *   stands with that part (`partOf`), and only what it says of the whole stands with the campaign.
 * - One actor and its one operation are one entry with both names. What overlaps "in part" is another.
 * - A ransomware brand that acts is a cluster: of those who act under its name. Where it is only what was run, it is nobody.
 * - Relations are what the text says of two of them: *said* where it is laid down as true, *suspected* where it is believed.
 * - A deed without names is an `intrusion` under the report's title.
 * - Evidence is a piece of the text on one line, the first where a sentence runs over several.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { isCurrent, type Catalogue } from "../../src/attack/catalogue.ts";
import type { CampaignRole, CampaignType } from "../../src/campaigns/campaign.ts";
import { relationWords, type RelationKind } from "../../src/campaigns/relation.ts";

export interface Gold {
  readonly campaigns: readonly GoldCampaign[];
  /** Only where a reader has written them down; absent says nothing. */
  readonly relations?: readonly GoldRelation[];
}

/** What the text says of two campaigns of the list, both by name. */
export interface GoldRelation {
  readonly from: string;
  readonly kind: RelationKind;
  readonly to: string;
  readonly certainty: "said" | "suspected";
}

export interface GoldCampaign {
  readonly name: string;
  readonly role: CampaignRole;
  readonly type: CampaignType | "intrusion";
  readonly attackIds?: readonly string[];
  readonly aliases?: readonly string[];
  /** Name of the campaign that it belongs to. */
  readonly partOf?: string;
  /** Only of described campaigns. */
  readonly techniques?: readonly GoldTechnique[];
}

export interface GoldTechnique {
  readonly id: string;
  /** `line` from 1; `text` as it stands there. */
  readonly evidence: readonly { readonly line: number; readonly text: string }[];
}

/** A report and its gold, of which nothing is known to be wrong but what `goldFaults` finds. */
export interface GoldReport {
  readonly name: string;
  readonly text: string;
  readonly gold: unknown;
}

export const goldDirectory = join(import.meta.dirname, "..", "..", "test", "fixtures", "reports");

/** Beside those that the model learns from: reports whose mistakes were read when rules were made, and those that nobody has looked at. */
export const measuredDirectories = {
  read: join(goldDirectory, "read"),
  unseen: join(goldDirectory, "unseen"),
} as const;

const names = { type: "array", minItems: 1, items: { type: "string", minLength: 1 } };

const schema = {
  type: "object",
  required: ["campaigns"],
  additionalProperties: false,
  properties: {
    campaigns: {
      type: "array",
      items: {
        type: "object",
        required: ["name", "role", "type"],
        additionalProperties: false,
        properties: {
          name: { type: "string", minLength: 1 },
          role: { enum: ["described", "referenced"] },
          type: { enum: ["campaign", "group", "cluster", "intrusion"] },
          attackIds: names,
          aliases: names,
          partOf: { type: "string" },
          techniques: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              required: ["id", "evidence"],
              additionalProperties: false,
              properties: {
                id: { type: "string" },
                evidence: {
                  type: "array",
                  minItems: 1,
                  items: {
                    type: "object",
                    required: ["line", "text"],
                    additionalProperties: false,
                    properties: { line: { type: "integer", minimum: 1 }, text: { type: "string", minLength: 1 } },
                  },
                },
              },
            },
          },
        },
      },
    },
    relations: {
      type: "array",
      items: {
        type: "object",
        required: ["from", "kind", "to", "certainty"],
        additionalProperties: false,
        properties: {
          from: { type: "string" },
          kind: { enum: Object.keys(relationWords) },
          to: { type: "string" },
          certainty: { enum: ["said", "suspected"] },
        },
      },
    },
  },
};

const validate = new Ajv({ allErrors: true }).compile<Gold>(schema);

/** The reports with gold in a folder, without those in folders below it, by name; none where there is no folder. */
export function readGoldReports(directory: string): readonly GoldReport[] {
  const reports = existsSync(directory) ? readdirSync(directory).filter((file) => file.endsWith(".md")) : [];
  return reports.sort().map((file) => {
    const name = file.replace(/\.md$/, "");
    const gold = join(directory, `${name}.gold.yaml`);
    return {
      name,
      text: readFileSync(join(directory, file), "utf8"),
      gold: existsSync(gold) ? (parse(readFileSync(gold, "utf8")) as unknown) : undefined,
    };
  });
}

/** The gold of a report. Throws one error that lists all faults. */
export function goldOf(report: GoldReport, catalogue: Catalogue): Gold {
  const faults = goldFaults(report, catalogue);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  return report.gold as Gold;
}

/** "news-item: Hollow Ibis: T1190: line 13 does not hold \"…\"" */
export function goldFaults({ name, text, gold }: GoldReport, catalogue: Catalogue): readonly string[] {
  if (gold === undefined) return [`${name}: there is no ${name}.gold.yaml`];
  if (!validate(gold)) {
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${name}: ${instancePath.slice(1) || "the file"} ${message ?? "is wrong"}`,
    );
  }
  const lines = text.split(/\r?\n/);
  const known = gold.campaigns.map((campaign) => campaign.name);
  const relationFaults = (gold.relations ?? []).flatMap(({ from, to }) =>
    [from, to]
      .filter((each) => !known.includes(each))
      .map((each) => `${name}: a relation names "${each}", which is not listed`),
  );
  const campaignFaults = gold.campaigns.flatMap((campaign, index) =>
    [
      ...(known.indexOf(campaign.name) < index ? ["is listed twice"] : []),
      ...(campaign.attackIds ?? []).flatMap((id) => idFault(id, ["group", "campaign"], catalogue)),
      ...partFault(campaign, gold),
      ...techniqueFaults(campaign, lines, catalogue),
    ].map((what) => `${name}: ${campaign.name}: ${what}`),
  );
  return [...campaignFaults, ...relationFaults];
}

function partFault({ name, partOf }: GoldCampaign, { campaigns }: Gold): readonly string[] {
  if (partOf === undefined || campaigns.some((other) => other.name === partOf && other.name !== name)) return [];
  return [`is part of "${partOf}", which is not listed`];
}

function techniqueFaults(
  { role, techniques = [] }: GoldCampaign,
  lines: readonly string[],
  catalogue: Catalogue,
): readonly string[] {
  const ids = techniques.map(({ id }) => id);
  return [
    ...(role === "referenced" && ids.length > 0 ? ["is only referenced, and has techniques"] : []),
    ...ids.filter((id, index) => ids.indexOf(id) < index).map((id) => `${id} is listed twice`),
    ...ids.flatMap((id) => idFault(id, ["technique"], catalogue)),
    ...techniques.flatMap(({ id, evidence }) =>
      evidence
        .filter(({ line, text }) => !lines[line - 1]?.includes(text))
        .map(({ line, text }) =>
          line > lines.length
            ? `${id}: there is no line ${line}`
            : `${id}: line ${line} does not hold ${JSON.stringify(text)}`,
        ),
    ),
  ];
}

function idFault(id: string, types: readonly string[], catalogue: Catalogue): readonly string[] {
  const object = catalogue.get(id);
  if (!object || !types.includes(object.type)) return [`${id} is no ${types.join(" or ")} of ATT&CK`];
  return isCurrent(object) ? [] : [`${id} was withdrawn from ATT&CK`];
}
