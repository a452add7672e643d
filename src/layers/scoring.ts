import type { CampaignTechnique } from "../campaigns/campaign.ts";
import type { Ramp } from "./palette.ts";

/** What the score of a cell says. */
export interface Scoring {
  /** As a person reads it in a list. */
  readonly title: string;
  readonly score: (technique: CampaignTechnique) => number;
  /** The score that gets the strongest colour; the weakest is at 0. */
  readonly most: (techniques: readonly CampaignTechnique[]) => number;
  /** What the weak, middle and strong colour stand for; absent where no cell can have the colour. */
  readonly labels: (most: number) => readonly [string | undefined, string, string];
}

const evidences = ({ evidence }: CampaignTechnique): number => evidence.length;

/** “2 or 3 pieces of evidence” for two and a half. */
const inPieces = (count: number): string =>
  count === 1
    ? "1 piece of evidence"
    : `${Number.isInteger(count) ? count : `${Math.floor(count)} or ${Math.ceil(count)}`} pieces of evidence`;

/** The ways to score, as the terminal and the settings call them. */
export const scorings = {
  confidence: {
    title: "how sure the surest evidence is, 0 to 100",
    score: ({ confidence }) => Math.round(confidence * 100),
    most: () => 100,
    labels: () => ["inferred, weak evidence", "inferred, good evidence", "stated by the report"],
  },
  evidence: {
    title: "how many pieces of evidence there are",
    score: evidences,
    most: (techniques) => Math.max(2, ...techniques.map(evidences)),
    labels: (most) => [most > 2 ? "less evidence" : undefined, inPieces(most / 2), inPieces(most)],
  },
  status: {
    title: "stated by the report (2) or only inferred from its words (1)",
    score: ({ status }) => (status === "stated" ? 2 : 1),
    most: () => 2,
    labels: () => [undefined, "inferred", "stated by the report"],
  },
} as const satisfies Readonly<Record<string, Scoring>>;

export type ScoringId = keyof typeof scorings;

/** The legend of one campaign's layer. */
export const legendOf = (
  scoring: Scoring,
  most: number,
  ramp: Ramp,
): readonly { readonly label: string; readonly color: string }[] =>
  scoring
    .labels(most)
    .flatMap((label, index) => (label === undefined ? [] : [{ label, color: ramp[index] ?? ramp[2] }]));
