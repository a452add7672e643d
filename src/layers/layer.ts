/** An ATT&CK Navigator layer, format 4.5 (the public specification of ATT&CK Navigator 5.1). */
export interface Layer {
  readonly name: string;
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: string };
  readonly domain: string;
  readonly description: string;
  /** Absent: every platform of the domain. */
  readonly filters?: { readonly platforms: readonly string[] };
  readonly sorting: 0 | 1 | 2 | 3;
  readonly layout: LayerLayout;
  readonly hideDisabled: boolean;
  readonly techniques: readonly LayerTechnique[];
  readonly gradient: { readonly colors: readonly string[]; readonly minValue: number; readonly maxValue: number };
  readonly legendItems: readonly { readonly label: string; readonly color: string }[];
  readonly showTacticRowBackground: boolean;
  readonly tacticRowBackground: string;
  readonly selectTechniquesAcrossTactics: boolean;
  readonly selectSubtechniquesWithParent: boolean;
  readonly selectVisibleTechniques: boolean;
  readonly metadata: readonly LayerMetadata[];
  readonly links: readonly LayerLink[];
}

export interface LayerLayout {
  readonly layout: "side" | "flat" | "mini";
  readonly showID: boolean;
  readonly showName: boolean;
  readonly showAggregateScores: boolean;
  readonly countUnscored: boolean;
  readonly aggregateFunction: "average" | "min" | "max" | "sum";
  readonly expandedSubtechniques: "none" | "all" | "annotated";
}

export interface LayerTechnique {
  readonly techniqueID: string;
  /** Short name; absent: every tactic of the technique. */
  readonly tactic?: string;
  readonly score?: number;
  readonly color?: string;
  readonly comment?: string;
  readonly enabled: boolean;
  readonly metadata?: readonly LayerMetadata[];
  readonly links?: readonly LayerLink[];
  readonly showSubtechniques?: boolean;
}

export interface LayerMetadata {
  readonly name: string;
  readonly value: string;
}

export interface LayerLink {
  readonly label: string;
  readonly url: string;
}
