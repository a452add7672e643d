import { csv } from "./csv.ts";
import type { Export } from "./export.ts";
import { flow } from "./flow.ts";
import { markdownTable } from "./markdown-table.ts";
import { misp } from "./misp.ts";
import { navigator } from "./navigator.ts";
import { png } from "./png.ts";
import { stix } from "./stix.ts";
import { svg } from "./svg.ts";
import { xlsx } from "./xlsx.ts";

/** All exports, in the order in which they are offered. */
export const exportFormats: readonly Export[] = [svg, png, xlsx, csv, stix, flow, misp, markdownTable, navigator];
