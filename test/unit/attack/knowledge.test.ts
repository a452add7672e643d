import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { firstParagraph } from "../../../src/attack/description.ts";
import {
  asKnowledgeInfo,
  folderName,
  isFolderName,
  isLeftover,
  isSameVersion,
  isUpToDate,
  joinedDomains,
  versionOf,
  type KnowledgeDomain,
} from "../../../src/attack/knowledge-folder.ts";

const domain = (name: string, version: string, sha256 = "00"): KnowledgeDomain => ({
  domain: name,
  name,
  version,
  source: { file: `${name}.json`, sha256, stix: "2.1", modified: "" },
});

describe("folders of versions", () => {
  it("should be named after the version and what is in them, whatever their order", () => {
    const [one, other] = [domain("enterprise-attack", "18.1"), domain("mobile-attack", "17.1")];
    assert.match(folderName({ domains: [one] }, ["a"]), /^attack-18\.1-[a-z0-9]+$/);
    assert.equal(folderName({ domains: [one, other] }, ["a", "b"]), folderName({ domains: [other, one] }, ["b", "a"]));
    assert.notEqual(folderName({ domains: [one] }, ["a"]), folderName({ domains: [one] }, ["b"]));
    assert.equal(versionOf({ domains: [other, one, one] }), "18.1, 17.1");
    assert.ok(isFolderName(folderName({ domains: [one, other] }, [])));
    for (const name of ["attack-../x", "..", ".x", "attack-", "x"]) assert.ok(!isFolderName(name), name);
  });

  it("should tell what a killed program left from what is being written", () => {
    const now = 1_900_000_000_000;
    assert.ok(isLeftover(now - 3_600_000, now));
    assert.ok(!isLeftover(now - 1_000, now));
  });

  it("should take domains of the same version, the newer one of the same domain", () => {
    const stored = [domain("enterprise-attack", "18.1"), domain("ics-attack", "18.1")];
    const added = [domain("ics-attack", "18.1", "01"), domain("mobile-attack", "18.1")];
    assert.ok(isSameVersion({ domains: stored }, added));
    assert.ok(!isSameVersion({ domains: stored }, [domain("mobile-attack", "17.1")]));
    assert.deepEqual(
      joinedDomains(stored, added).map((one) => [one.domain, one.source.sha256]),
      [
        ["enterprise-attack", "00"],
        ["ics-attack", "01"],
        ["mobile-attack", "00"],
      ],
    );
  });

  it("should be up to date while the releases are the same and unchanged", () => {
    const release = { domain: "ics-attack", name: "ICS", version: "18.1", url: "https://x.example/", modified: "2030" };
    const stored = { ...domain("ics-attack", "18.1"), released: "2030" };
    assert.ok(isUpToDate({ domains: [stored] }, [release]));
    assert.ok(!isUpToDate({ domains: [stored] }, [{ ...release, modified: "2031" }]));
    assert.ok(!isUpToDate({ domains: [stored] }, [{ ...release, version: "18.2" }]));
    assert.ok(!isUpToDate({ domains: [stored] }, [release, { ...release, domain: "mobile-attack" }]));
  });

  it("should be described whole or not at all", () => {
    const info = { format: 1, domains: [domain("enterprise-attack", "18.1")], added: "2030", from: "x" };
    assert.deepEqual(asKnowledgeInfo(JSON.parse(JSON.stringify(info)), "about.json"), info);
    for (const value of [
      undefined,
      [],
      { ...info, format: 2 },
      { ...info, domains: [] },
      { ...info, domains: [{ ...domain("x", "18.1"), source: undefined }] },
      { ...info, domains: [domain("../x", "18.1")] },
      { ...info, domains: [domain("x", "..")] },
    ])
      assert.throws(() => asKnowledgeInfo(value, "about.json"), /^Error: about\.json: /);
  });
});

describe("the first paragraph of a description", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Short and plain.", "Short and plain."],
    ["First.\n\nSecond.", "First."],
    ["\n\r\n  \nFirst line.\r\nSecond.", "First line."],
    ["Told of twice.(Citation: A 2020)(Citation: B (not) C)", "Told of twice."],
    ["They ran (Citation: X) , then left.(Citation: Y)", "They ran, then left."],
    ["Seen with [Some Tool](https://attack.mitre.org/software/S0001).", "Seen with Some Tool."],
    ["Run <code>net user</code> or `net`<br>.", "Run net user or net."],
    ["A <script>alert(1)</script> b &lt;img&gt;", "A alert(1) b <img>"],
    ["*Bold* **words**\u0007\u202e", "Bold words"],
    ["", ""],
  ];
  for (const [description, expected] of cases)
    it(`should be plain: ${JSON.stringify(description)}`, () => assert.equal(firstParagraph(description), expected));

  it("should be cut behind a sentence, or a word", () => {
    const sentences = firstParagraph("This is a sentence of ours. ".repeat(60));
    assert.ok(sentences.endsWith("ours.") && sentences.length <= 600);
    const words = firstParagraph("word ".repeat(1_000));
    assert.ok(words.endsWith("word …") && words.length <= 602);
  });

  it("should take no time over what is hostile", function () {
    this.timeout(2_000);
    for (const mark of ["(Citation: ", "[", "![", "<a", "[a](", "&lt;"]) firstParagraph(mark.repeat(100_000));
  });
});
