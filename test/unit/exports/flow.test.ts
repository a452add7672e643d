import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, it } from "mocha";
import type { ExportOptions } from "../../../src/exports/export.ts";
import { flow } from "../../../src/exports/flow.ts";
import type { StixBundle, StixObject } from "../../../src/exports/stix-objects.ts";
import { cleanText } from "../../../src/exports/text.ts";
import { catalogue } from "../catalogue.ts";
import { checkReferences } from "./references.ts";
import { validForFixtures } from "./fixtures.ts";
import { hostileReport, hostileTexts, options, renderText, threeDomains, twoGroups } from "./reports.ts";

const schemaOf = (name: string): object => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8")) as object;
const ajv = new Ajv2020({ strictTypes: false });
ajv.addSchema(schemaOf("stix-2.1.schema.json"), "stix");
const validate = ajv.compile(schemaOf("attack-flow.schema.json"));

/** The bundle, after it was found to hold one flow. */
async function flowOf(text: string, more: Partial<ExportOptions> = {}): Promise<StixBundle> {
  const bundle = JSON.parse(await renderText("flow", text, more)) as StixBundle;
  checkFlow(bundle);
  return bundle;
}

const next = (object: StixObject | undefined): readonly string[] =>
  (object?.["effect_refs"] ?? object?.["start_refs"] ?? []) as readonly string[];

/** Valid, every reference leads somewhere, every step is reached from the beginning, and none comes before itself. */
function checkFlow(bundle: StixBundle): void {
  assert.ok(validate(bundle), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
  checkReferences(bundle);
  const objects = new Map(bundle.objects.map((object) => [object.id, object]));
  const done = new Set<string>();
  const walk = (id: string, path: readonly string[]): void => {
    assert.ok(!path.includes(id), `${id} comes before itself`);
    if (done.has(id)) return;
    for (const after of next(objects.get(id))) walk(after, [...path, id]);
    done.add(id);
  };
  const [start] = bundle.objects.filter(({ type }) => type === "attack-flow");
  walk(start?.id ?? "", []);
  for (const { id, type } of bundle.objects)
    if (type === "attack-action" || type === "attack-operator") assert.ok(done.has(id), `${id} is not reached`);
}

/** "T1566 > T1055 T1486": what comes after what, a line for every beginning and every action that something follows. */
function order({ objects }: StixBundle): readonly string[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const names = (ids: readonly string[]): string =>
    ids
      .map((id) => {
        const object = byId.get(id);
        return object?.type === "attack-operator" ? `(${names(next(object))})` : String(object?.["technique_id"]);
      })
      .join(" ");
  const [start] = objects.filter(({ type }) => type === "attack-flow");
  const actions = objects.filter((object) => object.type === "attack-action" && next(object).length > 0);
  return [names(next(start)), ...actions.map((action) => `${String(action["technique_id"])} > ${names(next(action))}`)];
}

/** What a report says, the actions that begin, and what follows on which; in brackets what follows only on several together. */
const orders: readonly (readonly [text: string, order: readonly string[]])[] = [
  ["FIN7 used T1055.\n\nThen FIN7 used T1486.", ["T1055", "T1055 > T1486"]],
  ["FIN7 used T1055.\n\nFIN7 used T1486.", ["T1055 T1486"]],
  ["FIN7 used T1055.\n\n\n\n\n\nFIN7 used T1486.", ["T1055 T1486"]],
  ["FIN7 used T1055 and T1059.\n\nThen FIN7 used T1486.", ["T1055 T1059", "T1055 > (T1486)", "T1059 > (T1486)"]],
  [
    "First FIN7 used T1055. FIN7 used T1059 for it. Then FIN7 used T1003.\n\nFinally FIN7 used T1486.",
    ["T1055 T1059", "T1055 > (T1003)", "T1059 > (T1003)", "T1003 > T1486"],
  ],
  ["In May 2023 FIN7 used T1486.\n\nIn March 2023 FIN7 used T1055.", ["T1055", "T1055 > T1486"]],
  ["In 2023 FIN7 used T1486.\n\nIn March 2023 FIN7 used T1055.", ["T1055 T1486"]],
  [
    "## 2023-03-01\n\nFIN7 used T1055.\n\n## 2023-03-02\n\nFIN7 used T1486.\n\n## Words\n\n\n\n\nFIN7 used T1003.",
    ["T1055 T1003", "T1055 > T1486"],
  ],
  [
    "First FIN7 used T1055. Then FIN7 used T1486.\n\n## Table\n\n\n\n\nFIN7 used T1486 and T1003.",
    ["T1055 T1003", "T1055 > T1486"],
  ],
  [
    "FIN7 came at night.\n\n- **21:14** FIN7 used T1055.\n- **21:15** FIN7 used T1059 and T1003.\n- **21:15** FIN7 used T1105.\n- **02:00** FIN7 used T1486.\n",
    ["T1055", "T1055 > T1059 T1003 T1105", "T1059 > (T1486)", "T1003 > (T1486)", "T1105 > (T1486)"],
  ],
  [
    "## 16 April\n\n- **21:14** FIN7 used T1055.\n\n\n\n\n\nFIN7 used T1003.\n\n## 17 April\n\n- **02:00** FIN7 used T1486.\n",
    ["T1055 T1003", "T1055 > T1486"],
  ],
  [
    "## 2023-03-01\n\n- 21:14 FIN7 used T1055.\n- 21:20 FIN7 used T1003.\n\n## 2023-03-02\n\n- 02:00 FIN7 used T1486.\n",
    ["T1055", "T1055 > T1003", "T1003 > T1486"],
  ],
  [
    "FIN7 came.\n\n| Time | Event |\n|---|---|\n| 3 Oct 02:14 | FIN7 used T1055 |\n| 4 Oct 02:14 | FIN7 used T1486 |\n",
    ["T1055", "T1055 > T1486"],
  ],
];

describe("Attack Flow", () => {
  validForFixtures(flow, (content) => checkFlow(content as StixBundle));

  it("should be refused by the schema once something is wrong with it", async () => {
    const good = await flowOf("FIN7 used T1055 and T1059.\n\nThen FIN7 used T1486.");
    for (const [type, change] of [
      ["attack-flow", { start_refs: [] }],
      ["attack-flow", { type: "attack-action" }],
      ["attack-flow", { scope: "war" }],
      ["attack-action", { effect_refs: ["malware--b80d107d-fa0d-4b60-9684-b0433e8bdba0"] }],
      ["attack-action", { extensions: {} }],
      ["attack-action", { technique: "T1055" }],
      ["attack-operator", { operator: "THEN" }],
      ["extension-definition", { version: "3" }],
    ] as const)
      assert.ok(
        !validate({
          ...good,
          objects: good.objects.map((each) => (each.type === type ? { ...each, ...change } : each)),
        }),
        `${type} ${JSON.stringify(change)}`,
      );
  });

  for (const [text, expected] of orders)
    it(`should keep the order of ${JSON.stringify(text)}`, async () =>
      assert.deepEqual(order(await flowOf(text)), expected));

  it("should say what was done, by which words, when and for which tactic", async () => {
    const bundle = await flowOf("On 4 March 2023 FIN7 used T1055 for privilege escalation (TA0004).", { tlp: "green" });
    const [action] = bundle.objects.filter(({ type }) => type === "attack-action");
    assert.match(action?.id ?? "", /^attack-action--/);
    assert.deepEqual(action, {
      type: "attack-action",
      spec_version: "2.1",
      id: action?.id,
      created: options.date,
      modified: options.date,
      name: "Process Injection",
      tactic_id: "TA0004",
      technique_id: "T1055",
      technique_ref: catalogue.get("T1055")?.stixId,
      description: "line 1: “On 4 March 2023 FIN7 used T1055 for privilege escalation (TA0004).”",
      execution_start: "2023-03-04T00:00:00.000Z",
      confidence: 100,
      extensions: { "extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4": { extension_type: "new-sdo" } },
      object_marking_refs: ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"],
    });
  });

  const scopes: readonly (readonly [text: string, scope: string])[] = [
    ["FIN7 used T1486.", "threat-actor"],
    ["# SolarWinds Compromise\n\nIn the SolarWinds Compromise they used T1195.002.\n", "campaign"],
    [twoGroups, "threat-actor"],
  ];
  for (const [text, scope] of scopes)
    it(`should be of the scope ${scope}: ${JSON.stringify(text)}`, async () => {
      const [found] = (await flowOf(text)).objects.filter(({ type }) => type === "attack-flow");
      assert.equal(found?.["scope"], scope);
    });

  it("should lead from each campaign to what it began with", async () => {
    const { objects } = await flowOf(twoGroups);
    const known = (id: unknown): unknown => {
      const found = objects.find((object) => object.id === id);
      return found?.["technique_id"] ?? found?.["name"];
    };
    assert.deepEqual(
      objects
        .filter(({ type }) => type === "relationship")
        .map(({ source_ref: source, relationship_type: type, target_ref: target }) => [
          known(source),
          type,
          known(target),
        ]),
      [
        ["Naikon", "related-to", "T1055"],
        ["Naikon", "related-to", "T1059.001"],
        ["FIN7", "related-to", "T1055"],
        ["FIN7", "related-to", "T1486"],
      ],
    );
  });

  it("should hold hostile texts as what they are", async () => {
    for (const text of hostileTexts) {
      const [found] = (await flowOf(hostileReport(text))).objects.filter(({ type }) => type === "attack-flow");
      assert.equal(found?.["name"], cleanText(text).trim());
    }
  });

  it("should keep its ids when the text around changes, and tell reports apart", async () => {
    const ids = async (text: string, more: Partial<ExportOptions> = {}): Promise<readonly string[]> =>
      (await flowOf(text, more)).objects.map(({ id }) => id).sort();
    const first = await ids(twoGroups);
    assert.deepEqual(await ids(`${twoGroups}\nAn afterword.\n`, { date: "2027-01-01T00:00:00.000Z" }), first);
    assert.notDeepEqual(await ids(twoGroups.replace("# Two", "# Three")), first);
    assert.notDeepEqual(await ids(threeDomains), first);
  });
});
