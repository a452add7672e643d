import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, it } from "mocha";
import type { ExportOptions } from "../../../src/exports/export.ts";
import { misp, type MispAttribute, type MispEvent } from "../../../src/exports/misp.ts";
import type { StixBundle } from "../../../src/exports/stix-objects.ts";
import { cleanText } from "../../../src/exports/text.ts";
import { tlpLevels } from "../../../src/exports/tlp.ts";
import { validForFixtures } from "./fixtures.ts";
import { hostileReport, hostileTexts, oneGroup, renderText, threeDomains, twoGroups } from "./reports.ts";

const schema = JSON.parse(readFileSync(join(import.meta.dirname, "misp-event.schema.json"), "utf8")) as object;
const validate = new Ajv2020({ strictTypes: false }).compile(schema);

/** The event, after it was found to be one. */
async function eventOf(text: string, more: Partial<ExportOptions> = {}): Promise<MispEvent> {
  const content = JSON.parse(await renderText("misp", text, more)) as { readonly Event: MispEvent };
  checkEvent(content);
  return content.Event;
}

function checkEvent(content: { readonly Event: MispEvent }): void {
  assert.ok(validate(content), JSON.stringify(validate.errors?.slice(0, 3), undefined, 1));
  const { uuid, Attribute: attributes } = content.Event;
  const uuids = [uuid, ...attributes.map((attribute) => attribute.uuid)];
  assert.deepEqual(uuids, [...new Set(uuids)]);
  const values = attributes.map(({ category, type, value }) => [category, type, value].join("\n"));
  assert.deepEqual(values, [...new Set(values)]);
}

const told = ({ category, type, value }: MispAttribute): string => `${category}/${type}: ${value}`;

/** A report, and the tags of its event. */
const tagged: readonly (readonly [text: string, tags: readonly string[]])[] = [
  [
    "FIN7 used T1486.",
    ['mitre-intrusion-set="FIN7 - G0046"', 'mitre-attack-pattern="Data Encrypted for Impact - T1486"'],
  ],
  ["FIN7 used T1059.001.", ['mitre-intrusion-set="FIN7 - G0046"', 'mitre-attack-pattern="PowerShell - T1059.001"']],
  [
    "FIN7 used Mimikatz and Cobalt Strike (T1486).",
    [
      'mitre-intrusion-set="FIN7 - G0046"',
      'mitre-tool="Mimikatz - S0002"',
      'mitre-malware="Cobalt Strike - S0154"',
      'mitre-attack-pattern="Data Encrypted for Impact - T1486"',
    ],
  ],
  [
    "FIN7 used T0883 and T1660.",
    [
      'mitre-intrusion-set="FIN7 - G0046"',
      'mitre-ics-techniques="Internet Accessible Device"',
      'mitre-attack-pattern="Phishing - T1660"',
    ],
  ],
  [
    "# SolarWinds Compromise\n\nIn the SolarWinds Compromise they used T1195.002.\n",
    [
      'mitre-campaign="SolarWinds Compromise - C0024"',
      'mitre-attack-pattern="Compromise Software Supply Chain - T1195.002"',
    ],
  ],
  [
    "# Night\n\nThe attackers used T1055 and Mimikatz.\n",
    ['mitre-tool="Mimikatz - S0002"', 'mitre-attack-pattern="Process Injection - T1055"'],
  ],
  ["# Night\n\nThe attackers used T1055.\n", ['mitre-attack-pattern="Process Injection - T1055"']],
];

/** A report, and some of the attributes of its event. */
const attributes: readonly (readonly [text: string, attributes: readonly string[]])[] = [
  [
    "FIN7 used T1059.001.",
    [
      "Attribution/threat-actor: FIN7",
      "External analysis/text: FIN7: Command and Scripting Interpreter: PowerShell (T1059.001)",
    ],
  ],
  ["# SolarWinds Compromise\n\nThey used T1195.002 in it.\n", ["Attribution/campaign-name: SolarWinds Compromise"]],
  ["FIN7 used CVE-2021-44228.", ["External analysis/vulnerability: CVE-2021-44228"]],
  ["FIN7 used Mimikatz and T1486.", ["External analysis/text: Mimikatz (S0002)"]],
  [
    "# R\n\nVelvet Rook, a gang, is believed to be a subgroup of APT41. Velvet Rook used T1055. Velvet Rook used T1486.",
    ["Attribution/text: Velvet Rook is a subgroup of APT41 (suspected)"],
  ],
];

describe("MISP event", () => {
  validForFixtures(misp, (content) => checkEvent(content as { readonly Event: MispEvent }));

  it("should be refused by the schema once something is wrong with it", async () => {
    const good = await eventOf(twoGroups, { tlp: "amber" });
    const [attribute] = good.Attribute;
    for (const change of [
      { date: "28 February 2026" },
      { threat_level_id: 4 },
      { uuid: "1" },
      { Tag: [{ name: 'misp-galaxy:mitre-tool="a"b"' }] },
      { Attribute: [{ ...attribute, type: "md5" }] },
      { Attribute: [attribute, attribute] },
      { colour: "red" },
    ])
      assert.ok(!validate({ Event: { ...good, ...change } }), JSON.stringify(change));
  });

  for (const [text, tags] of tagged) {
    it(`should tag the clusters of MISP's galaxies: ${JSON.stringify(text)}`, async () => {
      const { Tag: found } = await eventOf(text);
      assert.deepEqual(
        found.map(({ name }) => name),
        tags.map((tag) => `misp-galaxy:${tag}`),
      );
    });
  }

  for (const [text, expected] of attributes) {
    it(`should hold the attributes of ${JSON.stringify(text)}`, async () => {
      const found = (await eventOf(text)).Attribute.map(told);
      assert.deepEqual(
        expected.filter((attribute) => !found.includes(attribute)),
        [],
        found.join("\n"),
      );
    });
  }

  it("should make no threat actor of a report's title where the report names nobody", async () => {
    const { Attribute: all } = await eventOf("# Night\n\nThe attackers used T1055.\n");
    const [actor, ...others] = all.filter(({ category }) => category === "Attribution");
    assert.deepEqual(others, []);
    assert.deepEqual(
      [actor?.type, actor?.value, actor?.comment, actor?.disable_correlation],
      ["campaign-name", "Night", "the report names nobody; this is its title", true],
    );
  });

  it("should say what a technique rests on, and tag it", async () => {
    const { Attribute: all } = await eventOf("Words.\n\nFIN7 used T1486.");
    const [technique] = all.filter(({ category }) => category === "External analysis");
    assert.equal(technique?.comment, "stated, confidence 100 %\nline 3: “FIN7 used T1486.”");
    assert.deepEqual(technique.Tag, [{ name: 'misp-galaxy:mitre-attack-pattern="Data Encrypted for Impact - T1486"' }]);
    assert.equal(technique.to_ids, false);
  });

  it("should not tag software that is a campaign's only because nobody else is told of", async () => {
    const text =
      "# Night Shift\n\nOperation Night Shift hit a bank. Night Shift used T1055.\n\n## Notes\n\nMimikatz is old.\n\nT1486 came last.\n";
    const { Tag: tags, Attribute: all } = await eventOf(text);
    const [software] = all.filter(({ value }) => value === "Mimikatz (S0002)");
    assert.match(software?.comment ?? "", /^of .*Night Shift, confidence 60 %\nline 7: “Mimikatz is old\.”$/);
    assert.ok(!tags.some(({ name }) => name.includes("Mimikatz")));
  });

  it("should say of the report when, where and for whom it is, and judge nothing that it doesn't say", async () => {
    const event = await eventOf(oneGroup, { reportUrl: "https://example.com/till", tlp: "green" });
    const { info, date, timestamp, threat_level_id: threat, distribution, published, Tag: tags } = event;
    assert.deepEqual(
      { info, date, timestamp, threat, distribution, published, tlp: tags[0] },
      {
        info: "Till",
        date: "2026-02-28",
        timestamp: String(Date.UTC(2026, 1, 28) / 1000),
        threat: "4",
        distribution: "0",
        published: false,
        tlp: { name: "tlp:green" },
      },
    );
    assert.equal(told(event.Attribute[0] as MispAttribute), "External analysis/link: https://example.com/till");
  });

  for (const tlp of tlpLevels)
    it(`should be marked TLP:${tlp.toUpperCase()}`, async () => {
      const { Tag: tags } = await eventOf(twoGroups, { tlp });
      assert.deepEqual(tags[0], { name: `tlp:${tlp}` });
    });

  it("should tell who did what where several campaigns are told of", async () => {
    const found = (await eventOf(twoGroups)).Attribute.map(told);
    for (const value of [
      "Attribution/threat-actor: Naikon",
      "Attribution/threat-actor: FIN7",
      "External analysis/text: Naikon: Process Injection (T1055)",
      "External analysis/text: FIN7: Process Injection (T1055)",
      "External analysis/text: FIN7: Data Encrypted for Impact (T1486)",
    ])
      assert.ok(found.includes(value), value);
    const chosen = (await eventOf(twoGroups, { campaigns: ["fin7"] })).Attribute.map(told);
    assert.ok(!chosen.some((value) => value.includes("Naikon")));
  });

  it("should hold hostile texts as what they are", async () => {
    for (const text of hostileTexts) {
      const { info } = await eventOf(hostileReport(text));
      assert.equal(info, cleanText(text).trim());
    }
  });

  it("should list techniques in the order of the matrix's tactics, then by id", async () => {
    const event = await eventOf("FIN7 used T1486, T1485, T1566.001, T1071.001 and T1059.001.");
    const ids = (texts: readonly string[]): readonly string[] =>
      texts.flatMap((text) => /T\d{4}(?:\.\d{3})?/.exec(text)?.[0] ?? []);
    const inOrder = ["T1566.001", "T1059.001", "T1071.001", "T1485", "T1486"];
    assert.deepEqual(ids(event.Attribute.map(({ value }) => value)), inOrder);
    assert.deepEqual(ids(event.Tag.map(({ name }) => name)), inOrder);
  });

  it("should keep its uuids when the text around changes, tell reports apart, and share the STIX report's", async () => {
    const uuids = async (text: string, more: Partial<ExportOptions> = {}): Promise<readonly string[]> => {
      const event = await eventOf(text, more);
      return [event.uuid, ...event.Attribute.map(({ uuid }) => uuid)];
    };
    const first = await uuids(twoGroups);
    assert.deepEqual(await uuids(`${twoGroups}\nAn afterword.\n`, { date: "2027-01-01T00:00:00.000Z" }), first);
    assert.notDeepEqual(await uuids(twoGroups.replace("# Two", "# Three")), first);
    const bundle = JSON.parse(await renderText("stix", twoGroups)) as StixBundle;
    assert.ok(bundle.objects.some(({ id }) => id === `report--${first[0] ?? ""}`));
    assert.notEqual((await eventOf(threeDomains)).uuid, first[0]);
  });
});
