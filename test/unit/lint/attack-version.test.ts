import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findingsIn, found } from "./findings.ts";

const five = "T1055, T1078, T1105, T1190 and T1486";

/** Text; what is found of versions. */
const cases: readonly (readonly [string, readonly string[]])[] = [
  // Missing.
  [`We saw ${five}.`, ["T1055"]],
  ["We saw T1055, T1078, T1105 and T1190.", []],
  ["T1055 T1055 T1055 T1055 T1055 T1055", []],
  [`We saw ${five}. Seen with Navigator v4.9 in layer version 4.5.`, ["T1055"]],
  [`We saw ${five}. PowerShell version 5 ran. See ATT&CK.`, ["T1055"]],
  // Said in prose, front matter, a link, a layer.
  [`We saw ${five}, as of MITRE ATT&CK® v18.`, []],
  [`We saw ${five} (ATT&CK version 18.1).`, []],
  [`We saw ${five}. Mapping: MITRE ATT&CK® for Enterprise, version 18`, []],
  [`We saw ${five}. Framework: MITRE ATT&CK for ICS and for Enterprise, version 18`, []],
  [`We saw ${five}. MITRE ATT&CK (Enterprise, Mobile & ICS) v18`, []],
  [`We saw ${five}. ATT&CK Enterprise and ICS matrices, version 18.1`, []],
  // Of something else that stands beside it.
  [`We saw ${five}. See ATT&CK for Enterprise and Windows version 10, or ATT&CK and Navigator version 5.`, ["T1055"]],
  [`We saw ${five}. We go by version 18.1 of the MITRE ATT&CK framework.`, []],
  [`We saw ${five}. ATT&CK (v18)`, []],
  [`We saw ${five}. ATT&amp;CKv18`, []],
  [`---\nattack: {version: 18.1}\n---\n\nWe saw ${five}.`, []],
  [`---\nattack: {version: v18}\n---\n\nWe saw ${five}.`, []],
  [`We saw ${five}. [All](https://attack.mitre.org/versions/v18/techniques/enterprise/)`, []],
  [`We saw ${five}. The layer is made for enterprise-attack-18.1.json.`, []],
  [`We saw ${five}.\n\n\`\`\`json\n{"versions": {"attack": "18", "navigator": "5.1.0", "layer": "4.5"}}\n\`\`\`\n`, []],
  // Mixed.
  [
    "Mapped to ATT&CK v17.\n\nSee MITRE ATT&CK® for Enterprise, version 18.1.",
    ["ATT&CK v17", "MITRE ATT&CK® for Enterprise, version 18.1"],
  ],
  [
    "Mapped to ATT&CK v17. [x](https://attack.mitre.org/versions/v16/techniques/T1055/)",
    ["ATT&CK v17", "attack.mitre.org/versions/v16"],
  ],
  [
    "---\nattack: {version: 18.1}\n---\n\nMapped to ATT&CK v17, then ATT&CK v18 and ATT&CK v16.",
    ["ATT&CK v17", "ATT&CK v16"],
  ],
  ["Mapped to ATT&CK v17. Layer: mobile-attack-16.1.json", ["ATT&CK v17", "mobile-attack-16.1.json"]],
  // Another one than is used here; what only links to old pages is left to the rule on links.
  ["Mapped to ATT&CK v17.1.", ["ATT&CK v17.1"]],
  ["---\nattack: {version: 17.1}\n---\n\nThey used T1055.", ["17.1"]],
  ["[x](https://attack.mitre.org/versions/v16/techniques/T1055/)", []],
  // The same, told more or less exactly.
  ["Mapped to ATT&CK v18 and ATT&CK version 18.1.", []],
  ["Mapped to ATT&CK v18.1. [x](https://attack.mitre.org/versions/v18/techniques/T1055/)", []],
  // Told of, not gone by.
  [
    "Mapped to ATT&CK v18. The tactic was renamed in ATT&CK v19 and new in MITRE ATT&CK v17; we migrated from ATT&CK v16.",
    [],
  ],
  ["Mapped to ATT&CK v18. Since ATT&CK v10 there are data components.", []],
  ["Mapped to ATT&CK v18. <!-- was ATT&CK v17 -->", []],
];

describe("rule attack-version", () => {
  for (const [text, expected] of cases) it(text, () => assert.deepEqual(found("attack-version", text), expected));

  it("should say the way to the version that is used here", () => {
    const said = (version: string): string | undefined =>
      findingsIn(`Mapped to ATT&CK v${version}.`).find(({ rule }) => rule === "attack-version")?.message;
    assert.equal(
      said("17.1"),
      "the report goes by version 17.1 of ATT&CK, but is mapped to 18.1 here: `attack-scribe migrate` or Migrate Report to ATT&CK Version… brings it there",
    );
    assert.equal(
      said("99"),
      "the report goes by version 99 of ATT&CK, but is mapped to 18.1 here: `attack-scribe data update` or Update Knowledge Base fetches the current one",
    );
  });

  it("should be said wrongly in front matter by a message", () =>
    assert.equal(found("directive", "---\nattack: {version: latest}\n---\n\nText.\n").length, 1));
});

/** Text; links found fault with, and their fix. */
const links: readonly (readonly [string, readonly string[]])[] = [
  [
    "[x](https://attack.mitre.org/versions/v12/techniques/T1055/012/)",
    ["https://attack.mitre.org/versions/v12/techniques/T1055/012/ → https://attack.mitre.org/techniques/T1055/012"],
  ],
  [
    "[x](https://attack.mitre.org/versions/v16-1/groups/G0007/)",
    ["https://attack.mitre.org/versions/v16-1/groups/G0007/ → https://attack.mitre.org/groups/G0007"],
  ],
  ["[x](https://attack.mitre.org/versions/v12/)", ["https://attack.mitre.org/versions/v12/"]],
  // The version that the report goes by.
  ["ATT&CK v12: [x](https://attack.mitre.org/versions/v12/techniques/T1055/012/)", []],
  // Addresses of former times.
  [
    "[x](https://attack.mitre.org/wiki/Group/G0007)",
    ["https://attack.mitre.org/wiki/Group/G0007 → https://attack.mitre.org/groups/G0007"],
  ],
  [
    "[x](https://attack.mitre.org/wiki/Technique/T1055)",
    ["https://attack.mitre.org/wiki/Technique/T1055 → https://attack.mitre.org/techniques/T1055"],
  ],
  [
    "[x](http://attack.mitre.org/software/S0154)",
    ["http://attack.mitre.org/software/S0154 → https://attack.mitre.org/software/S0154"],
  ],
  [
    "[x](https://www.mitre.org/attack/techniques/T1055)",
    ["https://www.mitre.org/attack/techniques/T1055 → https://attack.mitre.org/techniques/T1055"],
  ],
  // Dead paths.
  [
    "[x](https://attack.mitre.org/groups/S0154)",
    ["https://attack.mitre.org/groups/S0154 → https://attack.mitre.org/software/S0154"],
  ],
  [
    "[x](https://attack.mitre.org/tactics/T1055)",
    ["https://attack.mitre.org/tactics/T1055 → https://attack.mitre.org/techniques/T1055"],
  ],
  [
    "[x](https://attack.mitre.org/technics/T1055)",
    ["https://attack.mitre.org/technics/T1055 → https://attack.mitre.org/techniques/T1055"],
  ],
  [
    "[x](https://attack.mitre.org/techniques/T1055.012)",
    ["https://attack.mitre.org/techniques/T1055.012 → https://attack.mitre.org/techniques/T1055/012"],
  ],
  [
    "[x](https://attack.mitre.org/techniques/T1055/12)",
    ["https://attack.mitre.org/techniques/T1055/12 → https://attack.mitre.org/techniques/T1055/012"],
  ],
  ["[x](https://attack.mitre.org/groups/G9999)", ["https://attack.mitre.org/groups/G9999"]],
  // Alive.
  [
    "[x](https://attack.mitre.org/software/S0154/) and [y](https://attack.mitre.org/versions/) and [z](https://attack.mitre.org)",
    [],
  ],
  [
    "[x](https://attack.mitre.org/techniques/T1055/012/) and [y](https://attack.mitre.org/techniques/T1055#detection)",
    [],
  ],
  [
    "[x](https://attack.mitre.org/techniques/enterprise/) and [y](https://attack.mitre.org/resources/updates/updates-april-2024/)",
    [],
  ],
  ["[x](https://attack.mitre.org/matrices/enterprise/cloud/) and [y](https://attack.mitre.org/tactics/TA0001/)", []],
  ["[x](https://mitre-attack.github.io/attack-navigator/) and [y](https://attack.mitre.org.evil.com/wiki/T1055)", []],
  // Other rules speak of these.
  ["[x](https://attack.mitre.org/techniques/T1086/) and [y](https://attack.mitre.org/techniques/T9999/)", []],
];

describe("rule old-link", () => {
  for (const [text, expected] of links) it(text, () => assert.deepEqual(found("old-link", text), expected));
});
