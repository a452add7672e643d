import type { Analysis } from "../analysis.ts";
import type { AttackObject, Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Campaign, CampaignTechnique, Evidence } from "../campaigns/campaign.ts";
import { jsonText } from "../json-text.ts";
import { someCampaigns, type Export, type ExportOptions } from "./export.ts";
import { inOrder } from "./flow-order.ts";
import { usersOf } from "./matrix.ts";
import {
  actorOf,
  attackPattern,
  frameObjects,
  quotationsOf,
  references,
  relationship,
  sceneOf,
  stixId,
  unique,
  type Scene,
  type StixBundle,
  type StixObject,
} from "./stix-objects.ts";
import { cleanText } from "./text.ts";

/** What campaigns did, step by step as far as the report tells the order, for the Attack Flow Builder and its kin. */
export const flow: Export = {
  id: "flow",
  title: "Attack Flow",
  extension: "flow.json",
  mediaType: "application/stix+json;version=2.1",
  dated: true,
  render: (analysis, catalogue, options) => jsonText(buildFlow(analysis, catalogue, options)),
};

/** Ids and times that Attack Flow 2.0.0 fixes for its extension of STIX. */
const extensionId = "extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4";
const extensionCreator = "identity--d673f8cb-c168-42da-8ed4-0cb26725f86c";
const extensionTime = "2022-08-02T19:34:35.143Z";
const extended = { extensions: { [extensionId]: { extension_type: "new-sdo" } } };

/** A document holds exactly one flow: that of the report, in which every campaign has its own beginnings. */
export function buildFlow(analysis: Analysis, catalogue: Catalogue, options: ExportOptions): StixBundle {
  const campaigns = someCampaigns(analysis, catalogue, options);
  const scene = sceneOf(analysis, catalogue, options);
  const parts = campaigns.flatMap((campaign) => partOf(campaign, campaigns, scene) ?? []);
  const flowObject = object("attack-flow", stixId("attack-flow", scene.reportKey), scene, {
    name: cleanText(analysis.report.title).trim() || "Report",
    description: cleanText(
      `What ${parts.map(({ campaign }) => campaign.name).join(", ")} did, in the order that the report tells.`,
    ),
    scope: scopeOf(parts.map(({ campaign }) => campaign)),
    start_refs: parts.flatMap(({ starts }) => starts),
    ...references(scene),
  });
  const told = unique([flowObject, ...parts.flatMap(({ objects }) => objects)]);
  const objects = unique([...extension, ...frameObjects(told, scene), ...told]);
  return { type: "bundle", id: stixId("bundle", "flow", scene.reportKey, ...objects.map(({ id }) => id)), objects };
}

const scopes = { campaign: "campaign", group: "threat-actor", cluster: "incident" } as const;

function scopeOf(campaigns: readonly Campaign[]): string {
  const [scope, other] = [...new Set(campaigns.map(({ type }) => scopes[type]))];
  return scope !== undefined && other === undefined ? scope : "other";
}

/** What of the flow is one campaign's. */
interface Part {
  readonly campaign: Campaign;
  /** Ids of the actions that nothing of it comes before. */
  readonly starts: readonly string[];
  readonly objects: readonly StixObject[];
}

function partOf(campaign: Campaign, campaigns: readonly Campaign[], scene: Scene): Part | undefined {
  // What a member of the campaign did is told once, as the member's.
  const own = campaign.techniques.filter(({ id }) => usersOf(id, campaigns).some((user) => user.campaign === campaign));
  const { groups, loose } = inOrder(own);
  const seen = new Map<string, number>();
  const made: Action[] = [];
  const act = (use: { readonly technique: CampaignTechnique; readonly evidence: readonly Evidence[] }): Action => {
    const { id } = use.technique;
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    const action = { ...use, id: stixId("attack-action", scene.reportKey, campaign.id, id, String(nth)), next: [] };
    made.push(action);
    return action;
  };
  const operators: Operator[] = [];
  const link = (before: readonly Action[], after: readonly Action[]): void => {
    const targets = after.map(({ id }) => id);
    if (before.length === 1) before[0]?.next.push(...targets);
    if (before.length < 2 || targets.length === 0) return;
    const id = stixId("attack-operator", scene.reportKey, ...before.map((action) => action.id));
    operators.push({ id, next: targets });
    for (const action of before) action.next.push(id);
  };
  const starts: Action[] = [];
  for (const group of groups) {
    let ends: readonly Action[] = [];
    for (const parallel of group) {
      const chains = parallel.map((chain) => chain.map((stage) => stage.map(act)));
      for (const chain of chains) chain.slice(1).forEach((stage, at) => link(chain[at] ?? [], stage));
      const first = chains.flatMap(([stage = []]) => stage);
      if (ends.length === 0) starts.push(...first);
      else link(ends, first);
      ends = chains.flatMap((chain) => chain.at(-1) ?? []);
    }
  }
  starts.push(...loose.map(act));
  if (starts.length === 0) return undefined;
  const actor = actorOf(campaign, scene);
  const objects = made.flatMap((action): readonly StixObject[] => {
    const technique = scene.catalogue.get(action.technique.id);
    return technique ? [actionObject(action, technique, scene), attackPattern(technique, scene)] : [];
  });
  return {
    campaign,
    starts: starts.map(({ id }) => id),
    objects: [
      actor,
      ...objects,
      ...operators.map(({ id, next }) => object("attack-operator", id, scene, { operator: "AND", effect_refs: next })),
      ...starts.map(({ id }) => relationship("related-to", actor.id, id, {}, scene)),
    ],
  };
}

interface Action {
  readonly id: string;
  readonly technique: CampaignTechnique;
  readonly evidence: readonly Evidence[];
  /** Ids of what follows. */
  readonly next: string[];
}

/** All of several actions come before what follows. */
interface Operator {
  readonly id: string;
  readonly next: readonly string[];
}

function actionObject({ id, technique, evidence, next }: Action, known: AttackObject, scene: Scene): StixObject {
  const tactics = scene.catalogue
    .tacticsOf(known)
    .filter(({ tactics: [shortName = ""] }) => technique.saidTactics.includes(shortName));
  const [tactic] = tactics.length === 1 ? tactics : [];
  return object("attack-action", id, scene, {
    name: fullName(known, scene.catalogue),
    ...(tactic ? { tactic_id: tactic.id } : {}),
    technique_id: known.id,
    technique_ref: known.stixId,
    description: quotationsOf(evidence).join("\n"),
    ...executed(evidence),
    confidence: Math.round(technique.confidence * 100),
    ...(next.length > 0 ? { effect_refs: [...new Set(next)] } : {}),
  });
}

/** From when to when, where the text tells the days. */
function executed(evidence: readonly Evidence[]): object {
  const dates = [...new Set(evidence.flatMap(({ dates: told }) => told ?? []))].sort();
  const days = dates.flatMap((date) => {
    const time = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(date) : undefined;
    return time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date) ? [time.toISOString()] : [];
  });
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || days.length < dates.length) return {};
  return { execution_start: first, ...(last === first ? {} : { execution_end: last }) };
}

const object = (type: string, id: string, scene: Scene, properties: object): StixObject => ({
  type,
  spec_version: "2.1",
  id,
  created: scene.date,
  modified: scene.date,
  ...properties,
  ...extended,
  ...scene.own,
});

const extension: readonly StixObject[] = [
  {
    type: "extension-definition",
    spec_version: "2.1",
    id: extensionId,
    created_by_ref: extensionCreator,
    created: extensionTime,
    modified: extensionTime,
    name: "Attack Flow",
    schema: "https://center-for-threat-informed-defense.github.io/attack-flow/stix/attack-flow-schema-2.0.0.json",
    version: "2.0.0",
    extension_types: ["new-sdo"],
  },
  {
    type: "identity",
    spec_version: "2.1",
    id: extensionCreator,
    created_by_ref: extensionCreator,
    created: extensionTime,
    modified: extensionTime,
    name: "MITRE Center for Threat-Informed Defense",
    identity_class: "organization",
  },
];
