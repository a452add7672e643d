import type { MatrixView } from "../../exports/matrix-view.ts";

/** What the extension tells the page. */
export type ToPage =
  | { readonly type: "show"; readonly view: MatrixView; readonly report: string }
  /** No report is open, it is too large, or still being read. */
  | { readonly type: "empty"; readonly message: string }
  /** Ids of the techniques at the cursor. */
  | { readonly type: "cursor"; readonly ids: readonly string[] }
  /** The person asked for the matrix: the keys go to its grid. */
  | { readonly type: "focus" }
  | { readonly type: "rasterise"; readonly svg: string; readonly job: number };

/** What the page asks of the extension. */
export type FromPage =
  | { readonly type: "ready"; readonly report?: string | undefined; readonly campaign?: string | undefined }
  | { readonly type: "campaign"; readonly id?: string | undefined }
  | {
      readonly type: "reveal";
      readonly id: string;
      readonly tactic: string;
      readonly evidence: number;
      readonly keep: boolean;
    }
  | { readonly type: "export"; readonly format: "svg" | "png" | "navigator" }
  | { readonly type: "png"; readonly job: number; readonly data?: ArrayBuffer | undefined };

/** What the page says; numbers stand in it as `{0}` and `{1}`. */
export type MatrixWords = Readonly<
  Record<
    | "title"
    | "allCampaigns"
    | "empty"
    | "noMatch"
    | "noUsedMatch"
    | "searchAll"
    | "oneMatch"
    | "matches"
    | "inReport"
    | "noneInReport"
    | "oneFound"
    | "found"
    | "notInReport"
    | "onlySubs"
    | "notShown"
    | "oneSub"
    | "subs"
    | "subsUsed"
    | "oneSubUsed"
    | "allSubsUsed"
    | "of"
    | "unfold"
    | "fold"
    | "unfoldKey"
    | "foldKey"
    | "idsAlone"
    | "withNames"
    | "columnsRight"
    | "columnsLeft"
    | "stated"
    | "described"
    | "oneSentence"
    | "sentences"
    | "line"
    | "more",
    string
  >
>;
