/** Nouns by which a report speaks of one of several parties once it has said whose part is whose. A row: the noun, and what may stand in front of it. */
export const roleNouns = [
  "broker",
  "affiliate",
  "insider",
  "reseller",
  "facilitator",
  "developer",
  "contractor",
] as const;

export type RoleNoun = (typeof roleNouns)[number];

const kinds = "(?:(?:initial |access |ransomware |former |own |new |same |corrupt |malware )*)";

const alternatives = roleNouns.join("|");

/** Words with which the noun is one of a thing: “an affiliate programme”. */
const noThing = "(?! (?:of|program|programme|panel|portal|account|network)(?![\\p{L}-]))";

/** Behind a name: “Velour, an affiliate of”, “Velour (the broker)”. */
export const saidBehind = new RegExp(
  `^["”’*_]*(?:,| \\(|:| [–—-]| is| was) (?:an?|the|our|its) ${kinds}(?<noun>${alternatives})(?![\\p{L}-])(?! (?:program|programme|panel|portal|network)(?![\\p{L}-]))`,
  "iu",
);

/** Before a name: “the broker Velour”, and “Affiliate Velour” at the head of a heading or of a paragraph. */
export const saidBefore = new RegExp(
  `(?:^(?:\\d{1,2}[.)]? )?|(?<![\\p{L}-])(?:an?|the) )${kinds}(?<noun>${alternatives}),? ["“‘*_]*$`,
  "iu",
);

/** A cell beside the name's that says nothing else: “Initial access broker”. */
export const saidInCell = new RegExp(`^(?:the )?${kinds}(?<noun>${alternatives})$`, "iu");

/** Where whoever has the part is spoken of: “the broker”. */
export const spokenOf = new RegExp(
  `(?<![\\p{L}-])the (?:same )?(?:(?:initial )?access |ransomware )?(?<noun>${alternatives})(?=['’]s(?![\\p{L}-])|(?![\\p{L}'’-]))${noThing}`,
  "giu",
);
