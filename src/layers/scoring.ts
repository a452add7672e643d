import type { CampaignTechnique } from "../campaigns/campaign.ts";
import type { Ramp } from "./palette.ts";

/** What the score of a cell says. */
export interface Scoring {
  /** As a person reads it in a list. */
  readonly title: string;
  readonly score: (technique: CampaignTechnique) => number;
  /** The score that gets the strongest colour; the weakest is at 0. */
  readonly most: (techniques: readonly CampaignTechnique[]) => number;
  /** What the weak, middle and strong colour stand for. */
  readonly labels: (most: number) => readonly [string, string, string];
}

const evidences = ({ evidence }: CampaignTechnique): number => evidence.length;

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
    labels: (most) => ["little evidence", "more evidence", `${most} pieces of evidence`],
  },
  status: {
    title: "stated by the report (2) or only inferred from its words (1)",
    score: ({ status }) => (status === "stated" ? 2 : 1),
    most: () => 2,
    labels: () => ["not in the report", "inferred", "stated by the report"],
  },
} as const satisfies Readonly<Record<string, Scoring>>;

export type ScoringId = keyof typeof scorings;

/** The legend of one campaign's layer. */
export const legendOf = (
  scoring: Scoring,
  most: number,
  ramp: Ramp,
): readonly { readonly label: string; readonly color: string }[] =>
  scoring.labels(most).map((label, index) => ({ label, color: ramp[index] ?? ramp[2] }));
