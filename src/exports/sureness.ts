import type { CampaignTechnique } from "../campaigns/campaign.ts";

/** How sure a technique is: *unsure* is what is inferred with a probability below {@link unsureBelow}. */
export type Sureness = "stated" | "inferred" | "unsure";

type Judged = Pick<CampaignTechnique, "status" | "confidence">;

/** The probability is calibrated: below this one, it is as likely wrong as right. */
const unsureBelow = 0.5;

export const surenessOf = ({ status, confidence }: Judged): Sureness =>
  status === "stated" ? "stated" : confidence < unsureBelow ? "unsure" : "inferred";

/** “stated 0.95”, “inferred 0.72”, “inferred 0.31, unsure”. */
export const surenessInWords = (judged: Judged): string =>
  `${judged.status} ${judged.confidence.toFixed(2)}${surenessOf(judged) === "unsure" ? ", unsure" : ""}`;

/** “72 %”. */
export const inPercent = ({ confidence }: Pick<Judged, "confidence">): string => `${Math.round(confidence * 100)} %`;
