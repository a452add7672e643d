import { analyse, type AnalyseOptions, type Analysis } from "../analysis.ts";
import type { Catalogue } from "../attack/catalogue.ts";
import type { Lexicon } from "../mapping/lexicon/lexicon.ts";
import type { Boldness, Model } from "../mapping/model/model.ts";
import type { Report } from "../report/report.ts";
import type { CatalogueOptions } from "./context.ts";
import { exitCodes, Failure } from "./failure.ts";
import { expandPaths, readReport } from "./read-reports.ts";
import type { Style } from "./table.ts";

/** What commands know of the terminal they run in. */
export interface Shell {
  readonly input: NodeJS.ReadableStream;
  readonly print: (text: string) => void;
  /** One line on standard error. */
  readonly complain: (line: string) => void;
  readonly style: Style;
  /** Loaded when it is first asked for. */
  readonly catalogue: () => Catalogue;
  /** The catalogue of the facts in a folder, as `--data` takes it, or of those that ship. */
  readonly catalogueOf: (data: string | undefined) => Catalogue;
  /** Loaded when it is first asked for; absent where none ships. */
  readonly lexicon: () => Lexicon | undefined;
  /** Loaded when it is first asked for; absent where none ships. */
  readonly model: () => Model | undefined;
  /** Where those three come from, for threads that open them themselves. */
  readonly dataOptions: () => { readonly directory: string; readonly catalogue: CatalogueOptions };
  /** Where this program lies. */
  readonly programDirectory: string;
  /** How sure a described technique must be. */
  readonly boldness: () => Boldness;
  /** The code to end with; the highest one said holds. */
  readonly exit: (code: number) => void;
  /** Shows what is going on in place of what was shown before, where somebody watches; "" takes it away. */
  readonly watch: (what: string) => void;
  /** Shows how far long work is, where somebody watches. */
  readonly progress: (done: number, of: number, what: string) => void;
}

/** What a command may say of the analysis beside the options of the program. */
export type OwnOptions = Pick<AnalyseOptions, "allowedIndicators">;

export interface MappedReport {
  readonly report: Report;
  readonly analysis: Analysis;
  readonly catalogue: Catalogue;
}

/** Maps each report that the arguments name; one that can't be read is complained of, and the others go on. */
export function forEachReport(
  patterns: readonly string[],
  shell: Shell,
  use: (mapped: MappedReport) => void,
  options: OwnOptions = {},
): void {
  const paths = expandPaths(patterns);
  paths.forEach((path, index) => {
    shell.progress(index, paths.length, path);
    try {
      const report = readReport(path);
      if (report.blocks.length === 0) shell.complain(`${report.path}: holds no text to map`);
      const catalogue = shell.catalogue();
      use({
        report,
        analysis: analyse(report, catalogue, {
          lexicon: shell.lexicon(),
          model: shell.model(),
          boldness: shell.boldness(),
          ...options,
        }),
        catalogue,
      });
    } catch (error) {
      if (!(error instanceof Failure) || error.exitCode === exitCodes.usage) throw error;
      shell.complain(error.message);
      shell.exit(error.exitCode);
    }
  });
  shell.progress(paths.length, paths.length, "");
}
