import * as vscode from "vscode";
import { completionFormats, type CompletionFormat } from "../exports/completions.ts";
import { acceptForms, type AcceptForm } from "../exports/decisions.ts";
import { ramps, type RampId } from "../layers/palette.ts";
import { scorings, type ScoringId } from "../layers/scoring.ts";
import type { Boldness } from "../mapping/model/model.ts";
import { publishable, type Publishable } from "../stated-only.ts";
import { usualRepository } from "../update/fetch-releases.ts";

/** The extension's settings, as package.json describes them. */
export interface Settings {
  readonly domains: readonly string[];
  readonly underline: "all" | "stated" | "off";
  /** How sure a described technique must be to be shown. */
  readonly confidence: Boldness;
  /** Whether headings say whose doing their section tells. */
  readonly codeLens: boolean;
  /** Behind which phrases ids are shown. */
  readonly inlayHints: "off" | "stated" | "all";
  /** What stands in the outline beside the headings. */
  readonly outline: "all" | "campaigns" | "off";
  readonly insertFormat: InsertFormat;
  /** Whether ids and names are annotated in the Markdown preview. */
  readonly preview: boolean;
  /** Whether HTML that others make of a report is annotated, too. */
  readonly exportedHtml: boolean;
  /** How a completion is written. */
  readonly completionFormat: CompletionFormat;
  /** How an accepted suggestion is written. */
  readonly acceptForm: AcceptForm;
  /** Whether the cursor stays where it is after a decision, or goes on to the next suggestion. */
  readonly afterDeciding: "stay" | "next";
  /** Severities that the author chose for rules: error, warning, info, hint or off. */
  readonly rules: Readonly<Record<string, unknown>>;
  /** What layers, exports and tables hold. */
  readonly publish: Publishable;
  readonly layersFolder: string;
  /** What scores of layers mean. */
  readonly layersScore: ScoringId;
  /** Colours of layers, from weak to strong. */
  readonly layersColours: RampId;
  /** Address of the repository that updates of ATT&CK come from; never the workspace's. */
  readonly knowledgeUrl: string;
  /** Seconds that an update may take. */
  readonly knowledgeTimeout: number;
  /** UTF-16 code units. */
  readonly maxFileSize: number;
}

export type InsertFormat = "link" | "nameAndId" | "id";

/** The settings as they are now. Values of the wrong type, which VS Code lets through, give way to the defaults. */
export function settings(): Settings {
  const of = vscode.workspace.getConfiguration("attackScribe");
  const domains = of.get<unknown>("domains");
  const known = Array.isArray(domains)
    ? domains.filter((domain) => typeof domain === "string" && /^[a-z]+-attack$/.test(domain))
    : [];
  const folder = of.get<unknown>("layers.folder");
  const rules = of.get<unknown>("rules");
  const size = of.get<unknown>("maxFileSize");
  const url = of.get<unknown>("knowledgeBase.url");
  const timeout = of.get<unknown>("knowledgeBase.timeout");
  return {
    domains:
      known.length > 0 ? (known as readonly string[]) : (of.inspect<readonly string[]>("domains")?.defaultValue ?? []),
    underline: oneOf(of.get("underline"), ["all", "stated", "off"]),
    confidence: oneOf(of.get("confidence"), ["balanced", "cautious", "eager"]),
    codeLens: of.get<unknown>("codeLens") !== false,
    inlayHints: oneOf(of.get("inlayHints"), ["off", "stated", "all"]),
    outline: oneOf(of.get("outline"), ["all", "campaigns", "off"]),
    insertFormat: oneOf(of.get("insertFormat"), ["link", "nameAndId", "id"]),
    preview: of.get<unknown>("preview") !== false,
    exportedHtml: of.get<unknown>("exportedHtml") === true,
    completionFormat: oneOf(of.get("completionFormat"), completionFormats),
    acceptForm: oneOf(of.get("acceptForm"), acceptForms),
    afterDeciding: oneOf(of.get("afterDeciding"), ["stay", "next"]),
    rules: typeof rules === "object" && rules !== null ? (rules as Readonly<Record<string, unknown>>) : {},
    publish: oneOf(of.get("publish"), publishable),
    layersFolder: typeof folder === "string" && folder.trim() !== "" ? folder.trim() : "layers",
    layersScore: oneOf(of.get("layers.score"), ["confidence", ...(Object.keys(scorings) as ScoringId[])]),
    layersColours: oneOf(of.get("layers.colours"), ["blues", ...(Object.keys(ramps) as RampId[])]),
    knowledgeUrl: typeof url === "string" && url.trim() !== "" ? url.trim() : usualRepository,
    knowledgeTimeout: typeof timeout === "number" && timeout > 0 ? Math.min(timeout, 86_400) : 300,
    maxFileSize: typeof size === "number" && size > 0 ? size : 2_000_000,
  };
}

/** What may stand alive in a document; folders of a workspace may differ. */
export function allowedIndicators(scope: vscode.ConfigurationScope): readonly string[] {
  const entries = vscode.workspace.getConfiguration("attackScribe", scope).get<unknown>("lint.allowedIndicators");
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === "string") : [];
}

function oneOf<T extends string>(value: unknown, [first, ...others]: readonly [T, ...T[]]): T {
  return [first, ...others].find((allowed) => allowed === value) ?? first;
}
