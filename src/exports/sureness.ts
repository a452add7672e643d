import type { CampaignTechnique } from "../campaigns/campaign.ts";

/** How sure a technique is: *unsure* is what is inferred with a probability below {@link unsureBelow}. */
export type Sureness = "stated" | "inferred" | "unsure";

type Judged = Pick<CampaignTechnique, "status" | "confidence">;

/** The probability is calibrated: below this one, it is as likely wrong as right. */
const unsureBelow = 0.5;

export const surenessOf = ({ status, confidence }: Judged): Sureness =>
  status === "stated" ? "stated" : confidence < unsureBelow ? "unsure" : "inferred";

/** “stated, 0.95”, “described, 0.72”, “described, 0.31, unsure”. */
export const surenessInWords = (judged: Judged): string =>
  `${judged.status === "stated" ? "stated" : "described"}, ${scoreOf(judged)}${surenessOf(judged) === "unsure" ? ", unsure" : ""}`;

/** “0.72”. */
export const scoreOf = ({ confidence }: Pick<Judged, "confidence">): string => confidence.toFixed(2);
