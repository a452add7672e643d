import type { Export } from "./export.ts";
import { renderSvg } from "./svg.ts";

/** The picture of the matrix in pixels. Fonts and a rasteriser belong to a machine: the shell lends them. */
export const png: Export = {
  id: "png",
  title: "PNG picture of the matrix",
  extension: "png",
  themed: true,
  mediaType: "image/png",
  render: async (analysis, catalogue, options) => {
    if (!options.rasterise) throw new Error("nothing here turns an SVG picture into PNG");
    return options.rasterise(renderSvg(analysis, catalogue, options));
  },
};
