import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { analyse } from "../../../src/analysis.ts";
import { alternativesTo, type Alternatives } from "../../../src/exports/alternatives.ts";
import { parseReport } from "../../../src/report/parse.ts";
import { catalogue, lexicon, model } from "../catalogue.ts";

function alternatives(text: string, id: string): Alternatives {
  const { mentions } = analyse(parseReport(text, { path: "x.md" }), catalogue, { lexicon, model });
  const suggestion = mentions.find(({ object }) => object.id === id);
  assert.ok(suggestion, `${id} is not suggested in: ${text}`);
  return alternativesTo(suggestion, mentions, catalogue, { lexicon, model });
}

const shell = "They exploited ProxyLogon and left the China Chopper web shell on the mail server.";

describe("alternatives to a suggestion", () => {
  it("should not offer what the sentence is mapped to already", () => {
    const { alike, family } = alternatives(shell, "T1190");
    for (const id of ["T1190", "T1505.003"]) assert.ok(![...alike, ...family].includes(id), id);
  });

  it("should not offer techniques that the sentence does not resemble", () => {
    const { alike } = alternatives(shell, "T1190");
    for (const id of ["T1124", "T1497.003", "T1598.003"]) assert.ok(!alike.includes(id), alike.join(", "));
  });

  it("should offer the technique's family behind those that the sentence resembles, none twice", () => {
    const { alike, family } = alternatives("They dumped credentials from LSASS.", "T1003.001");
    assert.ok(["T1003", "T1003.002", "T1003.006"].every((id) => [...alike, ...family].includes(id)));
    assert.ok(family.every((id) => id.startsWith("T1003") && !alike.includes(id)));
  });
});
