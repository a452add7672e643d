import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../src/analysis.ts";
import { parseReport } from "../../src/report/parse.ts";
import { published, suggestionCount } from "../../src/stated-only.ts";
import { catalogue, lexicon, model } from "./catalogue.ts";

describe("what leaves the program", () => {
  const text =
    "# Till\n\nFIN7 used Process Injection (T1055). FIN7 dumped LSASS memory with comsvcs.dll. FIN7 cleared the event logs.\n\n## Recommendations\n\nInstall patches for ProxyLogon.\n";
  const analysis = analyse(parseReport(text, { path: "till.md" }), catalogue, { lexicon, model });
  const techniquesOf = ({ campaigns }: typeof analysis): readonly string[] =>
    campaigns.flatMap(({ techniques }) => techniques.map(({ id, status }) => `${id} ${status}`)).sort();

  it("should be all that is mapped, where nothing else is wanted", () => {
    assert.equal(published(analysis, "all"), analysis);
    assert.deepEqual(techniquesOf(analysis), ["T1003.001 inferred", "T1055 stated", "T1070.001 inferred"]);
    assert.equal(suggestionCount(analysis), 2);
  });

  it("should be what the report states, and who it tells of", () => {
    const stated = published(analysis, "stated");
    assert.deepEqual(techniquesOf(stated), ["T1055 stated"]);
    assert.equal(suggestionCount(stated), 0);
    assert.deepEqual(
      stated.campaigns.map(({ name }) => name),
      analysis.campaigns.map(({ name }) => name),
    );
    assert.deepEqual(
      stated.mentions.map(({ object }) => object.id),
      analysis.mentions
        .filter(({ object, status }) => object.type !== "technique" || status === "stated")
        .map(({ object }) => object.id),
    );
    assert.deepEqual(stated.setAside, []);
  });
});
