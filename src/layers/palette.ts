/** Colours from little to much, light to dark. */
export type Ramp = readonly [string, string, string];

/**
 * Scales that stay readable to the colour-blind and in grey print, as the terminal and the settings call them: three of
 * ColorBrewer's, and viridis from its light end.
 */
export const ramps = {
  blues: ["#deebf7", "#9ecae1", "#3182bd"],
  oranges: ["#fee6ce", "#fdae6b", "#e6550d"],
  purples: ["#efedf5", "#bcbddc", "#756bb1"],
  viridis: ["#fde725", "#21918c", "#440154"],
} as const satisfies Readonly<Record<string, Ramp>>;

export type RampId = keyof typeof ramps;

/** One colour a campaign: Okabe and Ito's colour-blind safe set, in the order of their contrast. */
export const campaignColours = ["#56b4e9", "#e69f00", "#009e73", "#f0e442", "#cc79a7", "#0072b2", "#d55e00"] as const;

/** Cells that more than one campaign uses. */
export const overlapColour = "#999999";
