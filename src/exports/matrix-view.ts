import type { Analysis } from "../analysis.ts";
import { isCurrent, type AttackObject, type Catalogue } from "../attack/catalogue.ts";
import { fullName } from "../attack/full-name.ts";
import type { Evidence } from "../campaigns/campaign.ts";
import { campaignsToExport } from "./export.ts";
import { buildMatrices, evidenceOf, type Cell, type Matrix } from "./matrix.ts";
import { surenessOf, type Sureness } from "./sureness.ts";
import { cleanText, shortened } from "./text.ts";

/** The whole matrix of a report, ready to be drawn: plain data that can be sent to a page. */
export interface MatrixView {
  readonly title: string;
  /** The described campaigns that have techniques. */
  readonly campaigns: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  /** Id of the campaign that is shown; absent for all of them. */
  readonly selected?: string;
  readonly domains: readonly MatrixDomain[];
}

export interface MatrixDomain {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** How many techniques are used, each counted once. */
  readonly count: number;
  /** All tactics, in the order of the data. */
  readonly columns: readonly MatrixColumn[];
}

export interface MatrixColumn {
  readonly id: string;
  readonly name: string;
  readonly used: number;
  /** By name; all sub-techniques behind their parent, by id. */
  readonly cells: readonly MatrixCell[];
}

export interface MatrixCell {
  readonly id: string;
  readonly name: string;
  /** With the parent's name. */
  readonly fullName: string;
  readonly sub: boolean;
  /** Absent for a technique that the report does not show. */
  readonly use?: MatrixUse;
}

export interface MatrixUse {
  readonly status: "stated" | "inferred";
  readonly sureness: Sureness;
  /** 0–1. */
  readonly confidence: number;
  readonly campaigns: readonly string[];
  /** In document order with asides behind the others, each sentence once. */
  readonly evidence: readonly Evidence[];
}

/** Characters of one quotation in the page. */
const longestQuotation = 300;

export function matrixView(analysis: Analysis, catalogue: Catalogue, wanted?: string): MatrixView {
  const all = campaignsToExport(analysis, catalogue, {});
  const selected = all.find(({ id }) => id === wanted)?.id;
  const shown = selected === undefined ? all : all.filter(({ id }) => id === selected);
  return {
    title: cleanText(analysis.report.title),
    campaigns: all.map(({ id, name, techniques }) => ({ id, name: cleanText(name), count: techniques.length })),
    ...(selected === undefined ? {} : { selected }),
    domains: buildMatrices(shown, catalogue).map((matrix) => domainView(matrix, catalogue)),
  };
}

function domainView({ domain, columns, count }: Matrix, catalogue: Catalogue): MatrixDomain {
  const heads = catalogue
    .objects("technique")
    .filter((one) => one.parent === undefined && isCurrent(one) && one.domains.includes(domain.domain));
  return {
    id: domain.domain,
    name: domain.name,
    version: domain.version,
    count,
    columns: catalogue.tactics(domain.domain).map((tactic) => {
      const used = columns.find((column) => column.tactic.id === tactic.id)?.cells ?? [];
      const others = heads.filter(
        ({ id, tactics }) =>
          tactics.includes(tactic.tactics[0] ?? "") && !used.some(({ technique }) => technique.id === id),
      );
      const cells = [...used, ...others.map((technique): Cell => ({ technique, subtechniques: [] }))]
        .sort((a, b) => compare(a.technique.name, b.technique.name) || compare(a.technique.id, b.technique.id))
        .flatMap((cell) => [cell, ...withOthers(cell, tactic, domain.domain, catalogue)])
        .map((cell) => cellView(cell, catalogue));
      return {
        id: tactic.id,
        name: cleanText(tactic.name),
        used: cells.filter(({ use }) => use !== undefined).length,
        cells,
      };
    }),
  };
}

/** The used sub-techniques of a cell among all that its technique has under the tactic, by id. */
function withOthers(
  { technique, subtechniques }: Cell,
  tactic: AttackObject,
  domain: string,
  catalogue: Catalogue,
): readonly Cell[] {
  const others = (subtechniquesOf(catalogue).get(technique.id) ?? []).filter(
    ({ id, domains, tactics }) =>
      domains.includes(domain) &&
      tactics.includes(tactic.tactics[0] ?? "") &&
      !subtechniques.some((used) => used.technique.id === id),
  );
  return [...subtechniques, ...others.map((other): Cell => ({ technique: other, subtechniques: [] }))].sort((a, b) =>
    compare(a.technique.id, b.technique.id),
  );
}

const childrenIn = new WeakMap<Catalogue, ReadonlyMap<string, readonly AttackObject[]>>();

/** Current sub-techniques, by their parent's id. */
function subtechniquesOf(catalogue: Catalogue): ReadonlyMap<string, readonly AttackObject[]> {
  const before = childrenIn.get(catalogue);
  if (before) return before;
  const found = new Map<string, AttackObject[]>();
  for (const technique of catalogue.objects("technique")) {
    if (technique.parent === undefined || !isCurrent(technique)) continue;
    const siblings = found.get(technique.parent);
    if (siblings) siblings.push(technique);
    else found.set(technique.parent, [technique]);
  }
  childrenIn.set(catalogue, found);
  return found;
}

function cellView({ technique, use }: Cell, catalogue: Catalogue): MatrixCell {
  return {
    ...namesOf(technique, catalogue),
    ...(use
      ? {
          use: {
            status: use.status,
            sureness: surenessOf(use),
            confidence: use.confidence,
            campaigns: use.users.map(({ campaign }) => cleanText(campaign.name)),
            evidence: evidenceOf(use.users).map(({ start, end, line, text }) => ({
              start,
              end,
              line,
              text: shortened(cleanText(text), longestQuotation),
            })),
          },
        }
      : {}),
  };
}

const namesOf = (technique: AttackObject, catalogue: Catalogue): Omit<MatrixCell, "use"> => ({
  id: technique.id,
  name: cleanText(technique.name),
  fullName: cleanText(fullName(technique, catalogue)),
  sub: technique.parent !== undefined,
});

/** By code units: the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
