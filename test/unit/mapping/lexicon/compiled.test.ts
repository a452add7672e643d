import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { compileLexicon, lexiconToJson } from "../../../../tools/lexicon/compile.ts";
import { dataDirectory, entriesOf, readLexiconFiles } from "../../../../tools/lexicon/source.ts";
import { catalogue } from "../../catalogue.ts";

describe("data/lexicon.json", () => {
  it("should be what npm run lexicon:build makes of data/lexicon/", () => {
    const { lexicon, skipped } = compileLexicon(entriesOf(readLexiconFiles()), catalogue);
    assert.deepEqual(skipped, []);
    assert.ok(
      lexiconToJson(lexicon) === readFileSync(join(dataDirectory, "lexicon.json"), "utf8"),
      "run npm run lexicon:build",
    );
  });
});
