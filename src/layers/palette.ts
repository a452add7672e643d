/** From little to much evidence: a blue scale that stays readable to the colour-blind and in grey print (ColorBrewer "Blues"). */
export const evidenceGradient = ["#deebf7", "#9ecae1", "#3182bd"] as const;

/** One colour a campaign: Okabe and Ito's colour-blind safe set, in the order of their contrast. */
export const campaignColours = ["#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#0072b2", "#d55e00"] as const;

/** Cells that more than one campaign uses. */
export const overlapColour = "#999999";
