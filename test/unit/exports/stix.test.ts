import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { groupSchema, malwareSchema, techniqueSchema, toolSchema } from "@mitre-attack/attack-data-model";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, it } from "mocha";
import { isCurrent } from "../../../src/attack/catalogue.ts";
import type { ExportOptions } from "../../../src/exports/export.ts";
import type { StixBundle, StixObject } from "../../../src/exports/stix-objects.ts";
import { stix } from "../../../src/exports/stix.ts";
import { tlpLevels } from "../../../src/exports/tlp.ts";
import { catalogue } from "../catalogue.ts";
import { checkReferences } from "./references.ts";
import { validForFixtures } from "./fixtures.ts";
import { hostileReport, hostileTexts, oneGroup, renderText, threeDomains, twoGroups } from "./reports.ts";

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "stix-2.1.schema.json"), "utf8")) as object;
const validate = new Ajv2020({ strictTypes: false }).compile(schema);

const bundleOf = async (text: string, more: Partial<ExportOptions> = {}): Promise<StixBundle> =>
  JSON.parse(await renderText("stix", text, more)) as StixBundle;

const ofType = ({ objects }: StixBundle, type: string): readonly StixObject[] =>
  objects.filter((object) => object.type === type);

/** What the standard demands of one property by another: pairs of which the second must not be before the first. */
const ordered: readonly (readonly [string, string])[] = [
  ["created", "modified"],
  ["first_seen", "last_seen"],
];

/** What no schema can say: order of times, days that there are, and that nothing relates to or marks itself. */
function checkRules({ objects }: StixBundle): void {
  for (const object of objects) {
    for (const [earlier, later] of ordered) {
      const [from, to] = [object[earlier], object[later]];
      if (typeof from === "string" && typeof to === "string")
        assert.ok(from <= to, `${object.id}: ${later} is before ${earlier}`);
    }
    for (const time of ["created", "modified", "published", "first_seen", "last_seen"]) {
      const value = object[time];
      if (typeof value === "string") assert.equal(new Date(value).toISOString(), value, `${object.id}: ${time}`);
    }
    assert.notEqual(object["source_ref"] ?? "", object["target_ref"], `${object.id} relates to itself`);
    if (object.type === "marking-definition") assert.equal(object["object_marking_refs"], undefined);
    for (const [name, value] of Object.entries(object))
      if (name.endsWith("_refs") || name === "aliases")
        assert.deepEqual(value, [...new Set(value as readonly string[])], `${object.id}: ${name}`);
  }
}

const roof = `---
title: DeadRinger
url: https://example.com/deadringer
attack: { campaigns: [{ name: DeadRinger, groups: [G0093, G0019] }] }
---

# DeadRinger

## Naikon

Naikon used T1055 and T1486.
`;

const everything = `# All\n\nFIN7 used ${catalogue
  .objects("technique")
  .filter(isCurrent)
  .map(({ id }) => id)
  .join(", ")}.\n`;

const bundles: readonly (readonly [string, string, Partial<ExportOptions>])[] = [
  ["one group", oneGroup, {}],
  ["two groups", twoGroups, { tlp: "amber" }],
  ["three domains", threeDomains, {}],
  ["a campaign of groups", roof, { reportUrl: "https://example.com/deadringer", tlp: "clear" }],
  ["a report that names nobody", "# Night\n\nThe attackers used T1055.\n", {}],
  [
    "a campaign that ATT&CK knows",
    "# SolarWinds Compromise\n\nIn the SolarWinds Compromise they used T1195.002.\n",
    {},
  ],
  ["every technique", everything, {}],
  ...hostileTexts.map((text) => [JSON.stringify(text), hostileReport(text), {}] as const),
];

/** All that a bundle must be. */
function checkBundle(bundle: StixBundle): void {
  assert.ok(validate(bundle), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
  checkReferences(bundle);
  checkRules(bundle);
}

describe("STIX bundle", () => {
  validForFixtures(stix, (content) => checkBundle(content as StixBundle));

  for (const [name, text, more] of bundles) {
    it("should list no alias that is blank, or the name itself as it is written", async () => {
      const front = 'attack:\n  campaigns: [{name: "Grey\\u0007 Moth", aliases: ["", " ", "Ash Moth"]}]';
      const bundle = await bundleOf(`---\n${front}\n---\n\nGrey Moth used T1055.\n`);
      const [actor] = bundle.objects.filter(({ aliases }) => aliases !== undefined);
      assert.deepEqual(actor?.["aliases"], ["Ash Moth"]);
    });

    it(`should be valid for ${name}`, async () => checkBundle(await bundleOf(text, more)));
  }

  it("should be refused by the schema once something is wrong with it", async () => {
    const good = await bundleOf(twoGroups, { tlp: "amber" });
    const spoil = (type: string, change: object): StixBundle => ({
      ...good,
      objects: good.objects.map((object) => (object.type === type ? { ...object, ...change } : object)),
    });
    for (const [type, change] of [
      ["report", { published: undefined }],
      ["relationship", { source_ref: "attack-pattern--b80d107d-fa0d-4b60-9684-b0433e8bdba0" }],
      ["relationship", { confidence: 0.8 }],
      ["attack-pattern", { created: "2020-02-30" }],
      ["attack-pattern", { colour: "red" }],
      ["intrusion-set", { aliases: [] }],
      ["marking-definition", { extensions: {} }],
    ] as const)
      assert.ok(!validate(JSON.parse(JSON.stringify(spoil(type, change)))), `${type} ${JSON.stringify(change)}`);
  });

  it("should hold techniques and groups that the official data model accepts", async () => {
    for (const text of [everything, roof]) {
      const bundle = await bundleOf(text);
      for (const object of ofType(bundle, "attack-pattern")) {
        const { error } = techniqueSchema.safeParse(object);
        assert.equal(error, undefined, `${object.id}: ${error?.message ?? ""}`);
      }
      for (const object of ofType(bundle, "intrusion-set")) {
        const { error } = groupSchema.safeParse(object);
        assert.equal(error, undefined, `${object.id}: ${error?.message ?? ""}`);
      }
    }
  });

  it("should write what ATT&CK knows under MITRE's ids, times and name", async () => {
    const [technique] = ofType(await bundleOf("FIN7 used T1486."), "attack-pattern");
    assert.deepEqual(technique, {
      type: "attack-pattern",
      spec_version: "2.1",
      id: "attack-pattern--b80d107d-fa0d-4b60-9684-b0433e8bdba0",
      created_by_ref: "identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5",
      created: catalogue.get("T1486")?.created,
      modified: catalogue.get("T1486")?.modified,
      name: "Data Encrypted for Impact",
      external_references: [
        { source_name: "mitre-attack", external_id: "T1486", url: "https://attack.mitre.org/techniques/T1486" },
      ],
      object_marking_refs: ["marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"],
      x_mitre_domains: ["enterprise-attack"],
      x_mitre_version: catalogue.get("T1486")?.version,
      x_mitre_attack_spec_version: "3.3.0",
      kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "impact" }],
      x_mitre_platforms: catalogue.get("T1486")?.platforms,
      x_mitre_is_subtechnique: false,
    });
  });

  it("should say who uses what, by which words and how surely", async () => {
    const bundle = await bundleOf("Words.\n\nFIN7 used T1486.", { tlp: "green" });
    const [use] = ofType(bundle, "relationship");
    assert.equal(use?.["source_ref"], catalogue.get("G0046")?.stixId);
    assert.equal(use?.["target_ref"], catalogue.get("T1486")?.stixId);
    assert.equal(use?.["relationship_type"], "uses");
    assert.equal(use["description"], "line 3: “FIN7 used T1486.”");
    assert.equal(use["confidence"], 100);
  });

  it("should hold the malware and tools that are used, by which words and how surely", async () => {
    const bundle = await bundleOf("FIN7 used Mimikatz and T1486.\n\nFIN7 used Cobalt Strike, too.");
    const [malware] = ofType(bundle, "malware");
    const [tool] = ofType(bundle, "tool");
    assert.deepEqual([malware?.id, tool?.id], [catalogue.get("S0154")?.stixId, catalogue.get("S0002")?.stixId]);
    for (const [object, objectSchema] of [
      [malware, malwareSchema],
      [tool, toolSchema],
    ] as const) {
      // Of these, MITRE's sentence is not ours to write, and ours is not modified by MITRE.
      const wrong = objectSchema.safeParse(object).error?.issues.map(({ path }) => path.join("."));
      assert.deepEqual(wrong, ["description", "x_mitre_modified_by_ref"]);
    }
    const [use] = ofType(bundle, "relationship").filter(({ target_ref: target }) => target === tool?.id);
    assert.equal(use?.["source_ref"], catalogue.get("G0046")?.stixId);
    assert.equal(use?.["relationship_type"], "uses");
    assert.equal(use["description"], "line 1: “FIN7 used Mimikatz and T1486.”");
    assert.ok(Number(use["confidence"]) > 60);
  });

  it("should make nobody of a report's title where the report names nobody", async () => {
    const bundle = await bundleOf("# From one mail to 31 hours\n\nThe attackers used T1055 and Mimikatz.\n");
    assert.deepEqual(ofType(bundle, "intrusion-set"), []);
    const [campaign] = ofType(bundle, "campaign");
    assert.equal(campaign?.["name"], "From one mail to 31 hours");
    assert.equal(ofType(bundle, "tool").length, 1);
  });

  it("should attribute a campaign to the groups behind it", async () => {
    const bundle = await bundleOf(roof);
    const [campaign] = ofType(bundle, "campaign");
    assert.deepEqual(
      ofType(bundle, "relationship")
        .filter(({ relationship_type: type }) => type === "attributed-to")
        .map(({ source_ref: source, target_ref: target }) => [source, target]),
      ["G0019", "G0093"].map((id) => [campaign?.id, catalogue.get(id)?.stixId]),
    );
  });

  const related: readonly (readonly [sentence: string, relationship: string, confidence: number])[] = [
    ["Velvet Rook, a gang, is believed to be a subgroup of APT41.", "intrusion-set related-to intrusion-set", 50],
    ["Velvet Rook, a gang, emerged from APT41.", "intrusion-set derived-from intrusion-set", 85],
    ["Velvet Rook, a gang, overlaps with APT41.", "intrusion-set related-to intrusion-set", 85],
  ];
  for (const [sentence, expected, confidence] of related) {
    it(`should relate actors: ${sentence}`, async () => {
      const bundle = await bundleOf(`# R\n\n${sentence} Velvet Rook used T1055. Velvet Rook used T1486.`);
      const [relation] = ofType(bundle, "relationship").filter(({ relationship_type: type }) => type !== "uses");
      const typeOf = (id: unknown): string => String(id).replace(/--.*$/, "");
      assert.equal(
        `${typeOf(relation?.["source_ref"])} ${String(relation?.["relationship_type"])} ${typeOf(relation?.["target_ref"])}`,
        expected,
      );
      assert.equal(relation?.["target_ref"], catalogue.get("G0096")?.stixId);
      assert.equal(relation?.["confidence"], confidence);
      assert.match(String(relation["description"]), /line 3: “Velvet Rook, a gang/);
      assert.ok(validate(bundle), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
    });
  }

  it("should take ATT&CK's own object for a campaign that it knows", async () => {
    const [campaign] = ofType(
      await bundleOf("# SolarWinds Compromise\n\nIn the SolarWinds Compromise they used T1195.002.\n"),
      "campaign",
    );
    assert.equal(campaign?.id, catalogue.get("C0024")?.stixId);
  });

  it("should keep its ids when the text around changes, and tell reports apart", async () => {
    const ids = async (text: string, more: Partial<ExportOptions> = {}): Promise<readonly string[]> =>
      (await bundleOf(text, more)).objects.map(({ id }) => id).sort();
    const first = await ids(twoGroups);
    assert.deepEqual(await ids(`${twoGroups}\nAn afterword.\n`, { date: "2027-01-01T00:00:00.000Z" }), first);
    const other = await ids(twoGroups.replace("# Two", "# Three"));
    assert.notDeepEqual(other, first);
  });

  for (const tlp of tlpLevels) {
    it(`should mark what is the report's own as TLP:${tlp.toUpperCase()}, and not what is MITRE's`, async () => {
      const bundle = await bundleOf(twoGroups, { tlp });
      const [marking] = ofType(bundle, "marking-definition");
      assert.equal(marking?.["name"], `TLP:${tlp.toUpperCase()}`);
      for (const { type, object_marking_refs: refs } of bundle.objects)
        if (type === "report" || type === "relationship") assert.deepEqual(refs, [marking.id]);
        else if (type === "attack-pattern") assert.ok(!(refs as readonly string[]).includes(marking.id));
    });
  }

  const addresses: readonly (readonly [written: string, kept: string])[] = [
    ["https://example.com/r?a=1#b", "https://example.com/r?a=1#b"],
    ["https://example.com", "https://example.com"],
    ["https://example.com/a b", "https://example.com/a%20b"],
    ["https://exämple.com/ü", "https://xn--exmple-cua.com/%C3%BC"],
    ["https://example.com/<|>[1]{}^`100%", "https://example.com/%3C%7C%3E%5B1%5D%7B%7D%5E%60100%25"],
  ];
  for (const [written, kept] of addresses) {
    it(`should write the address ${written} as a URI (RFC 3986)`, async () => {
      const bundle = await bundleOf(roof, { reportUrl: written });
      const [report] = ofType(bundle, "report");
      assert.deepEqual(report?.["external_references"], [{ source_name: "DeadRinger", url: kept }]);
      assert.ok(validate(bundle), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
    });
  }

  for (const title of ["cve", "capec"]) {
    it(`should not take a report called ${title} for a source of numbers`, async () => {
      const bundle = await bundleOf(roof.replace("title: DeadRinger", `title: ${title}`), {
        reportUrl: "https://example.com/r",
      });
      assert.ok(validate(bundle), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
    });
  }

  it("should not write a date that STIX can't hold", async () => {
    const bundle = await bundleOf(roof, { date: new Date("9999-12-31T23:59:59-05:00").toISOString() });
    assert.ok(validate(bundle), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
  });

  it("should name the report's address only where it is one", async () => {
    const [report] = ofType(await bundleOf(roof, { reportUrl: "https://example.com/r" }), "report");
    assert.deepEqual(report?.["external_references"], [{ source_name: "DeadRinger", url: "https://example.com/r" }]);
    for (const reportUrl of ["javascript:alert(1)", "https://", "https://exa mple.com/", "see https://example.com/"]) {
      const [bad] = ofType(await bundleOf(roof, { reportUrl }), "report");
      assert.equal(bad?.["external_references"], undefined, reportUrl);
    }
  });
});
