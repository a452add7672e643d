import type { Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import { nameKey } from "../attack/names.ts";
import { isCommon, thingWeight, weighNames } from "../campaigns/coined-names.ts";
import { lineAt, toSource, type Report } from "../report/report.ts";

/** Software to which the report gives a name that ATT&CK does not know. */
export interface OwnSoftware {
  readonly name: string;
  /** From 1: where it is first called what it is. */
  readonly line: number;
}

/** The kind of evidence by which a name is “a loader”, “an implant” (`src/campaigns/rules/evidence.ts`). */
const isCalledThing = "is a thing";
/** Ciphers, hashes and encodings: a program has them, and none of them is one. */
const algorithm =
  /^(?:A?RC-?[2456]|AES|3?DES|XX?TEA|X?ChaCha|Salsa|Blowfish|Twofish|Camellia|RSA|ECDH|ECDSA|ECIES|Ed25519|(?:Curve|X)25519|MD[245]|SHA|HMAC|CRC|FNV|XOR|ROT|Base|LZ(?:4|MA|NT1|O)|PBKDF|Argon|Adler|SipHash|MurmurHash)(?:[-_/ ]?(?:\d{1,4}[a-z]?|CBC|CTR|GCM|ECB|CFB|OFB|OAEP|PKCS|Poly\d{4}|(?:MD|SHA)\d{1,3}|[ei]d)){0,3}$/i;

/** So much of it, with what tells that it is run, and so many places leave little doubt. */
const enough = 5;
const leastPlaces = 2;

/** In document order. What the report tells of as somebody stands among its campaigns, and is left out here. */
export function ownSoftware(
  report: Report,
  { campaigns }: Pick<Analysis, "campaigns">,
  catalogue: Catalogue,
): readonly OwnSoftware[] {
  const known = new Set(
    [
      ...campaigns.flatMap(({ name, aliases }) => [name, ...aliases]),
      ...catalogue.objects().flatMap(({ name, aliases }) => [name, ...aliases]),
    ].map(nameKey),
  );
  const weighed = weighNames(report);
  return [...weighed]
    .flatMap(([name, { candidates, places, isActor }]) => {
      // A table's cell holds a name, but says nothing of it.
      const first = places.find(
        ({ block }, at) => !block.table && candidates[at]?.rows.some(({ kind }) => kind === isCalledThing),
      );
      const isSure = thingWeight(weighed, name) >= enough && candidates.length >= leastPlaces;
      if (!first || !isSure || isActor || algorithm.test(name) || known.has(nameKey(name)) || isCommon(name, report))
        return [];
      return [{ name, line: lineAt(report, toSource(first.block, first.at)) }];
    })
    .sort((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
}
