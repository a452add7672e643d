/** The library: everything here is pure and runs wherever JavaScript does. For files, see `attack-scribe/node`. */
export { analyse, type AnalysedMention, type Analysis, type Finding } from "./analysis.ts";
export type { Actor, ActorFacts, NamedVulnerability, VulnerabilityFacts } from "./attack/actors.ts";
export {
  Catalogue,
  type AttackObject,
  type CatalogueExtras,
  type DomainInfo,
  type Resolution,
} from "./attack/catalogue.ts";
export type { BundleTexts, DomainFacts, RelationType } from "./attack/facts.ts";
export type { ObjectType } from "./attack/kinds.ts";
export { lookUpIn, type LookUp } from "./attack/look-up.ts";
export { BundleError, readBundle, type ReadBundle } from "./attack/stix.ts";
export type { Campaign, CampaignTechnique, Evidence } from "./campaigns/campaign.ts";
export { mergeReports, type MergedReports, type RoleConflict, type ToldReport } from "./campaigns/merge-reports.ts";
export { optionsOf, type Export, type ExportOptions } from "./exports/export.ts";
export { applyEdits } from "./exports/decisions.ts";
export { migrate, type Migration, type MigrationEdit, type MigrationNote } from "./exports/migrate.ts";
export { exportFormats } from "./exports/exports.ts";
export { tableEdits, techniqueTable, type TableEdit } from "./exports/technique-table.ts";
export { buildLayers, layerToJson, type LayerFile, type LayerOptions } from "./layers/build-layers.ts";
export type { Layer, LayerTechnique } from "./layers/layer.ts";
export { reportOptions } from "./layers/report-options.ts";
export { updateLayer, type LayerUpdate } from "./layers/update-layer.ts";
export { layerFaults } from "./layers/validate-layer.ts";
export { parseReport, type ParseOptions } from "./report/parse.ts";
export type { Report } from "./report/report.ts";
export { asLexicon, type Lexicon } from "./mapping/lexicon/lexicon.ts";
export { phrasesOf } from "./mapping/lexicon/phrases.ts";
