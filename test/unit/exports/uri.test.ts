import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { webUri } from "../../../src/exports/uri.ts";

const cases: readonly (readonly [text: string, uri: string | undefined])[] = [
  ["https://example.com", "https://example.com"],
  ["https://example.com:8443/a/b?c=d&e=%20#f/g?h", "https://example.com:8443/a/b?c=d&e=%20#f/g?h"],
  ["http://example.com?q=1", "http://example.com?q=1"],
  ["http://example.com#top", "http://example.com#top"],
  ["https://example.com//a//", "https://example.com//a//"],
  ["https://example.com/#a#b##", "https://example.com/#a%23b%23%23"],
  ["https://a/?#?#", "https://a/#?%23"],
  ["https://example.com/a b|c", "https://example.com/a%20b%7Cc"],
  ["https://example.com/50%", "https://example.com/50%25"],
  ["https://me:secret@example.com/a", "https://example.com/a"],
  ["https://", undefined],
  ["ftp://example.com", undefined],
  ["javascript:alert(1)", undefined],
  [`https://example.com/${"a".repeat(2_000)}`, undefined],
];

describe("web addresses as URIs", () => {
  for (const [text, uri] of cases)
    it(`should write ${text.slice(0, 60)} as ${uri ?? "nothing"}`, () => {
      assert.equal(webUri(text), uri);
    });

  it("should not take longer than the address is long", () => {
    // One more slash would double the time of a pattern that tries every way to cut them.
    assert.equal(webUri(`https://a${"/".repeat(1_900)}|`), `https://a${"/".repeat(1_900)}%7C`);
  });
});
