import { fontFamilies } from "../exports/svg.ts";
import { Failure } from "./failure.ts";

/** Pixels of the PNG for each of the SVG, so that print and high-resolution screens stay sharp. */
const zoom = 2;

/** Turns an SVG picture into a PNG file with the fonts of this machine. Throws a {@link Failure} where it has none. */
export async function rasterise(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js").catch((error: unknown) => {
    throw new Failure(
      `PNG: the package @resvg/resvg-js is missing or has no build for this machine; use --as svg (${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)})`,
    );
  });
  /** How wide the library sets a word in a font: in the same way for all that are not installed. */
  const widthIn = (family: string): number | undefined =>
    new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="99"><text y="50" font-family="${family}" font-weight="bold">MWmmiill@@</text></svg>`,
    ).getBBox()?.width;
  const missing = widthIn("no such font");
  if (missing === undefined)
    throw new Failure("PNG: this machine has no fonts; install some, such as fonts-dejavu, or use --as svg");
  // The library looks at the first family of a list only.
  const family = fontFamilies.find((name) => widthIn(name) !== missing);
  const set = family === undefined ? svg : svg.replace(/ font-family="[^"]*"/, ` font-family="${family}"`);
  return new Resvg(set, { fitTo: { mode: "zoom", value: zoom } }).render().asPng();
}
