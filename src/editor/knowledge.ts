import * as vscode from "vscode";
import vulnerabilityNames from "../../data/vulnerability-names.json" with { type: "json" };
import type { ActorFacts, VulnerabilityFacts } from "../attack/actors.ts";
import { Catalogue } from "../attack/catalogue.ts";
import { asDomainFacts, type BundleTexts } from "../attack/facts.ts";
import { asLexicon, type Lexicon } from "../mapping/lexicon/lexicon.ts";
import { readModel, type Model } from "../mapping/model/model.ts";
import type { AddedBundle, KnowledgeStore } from "./knowledge-store.ts";
import { settings } from "./settings.ts";

/**
 * Gives the catalogue to those who ask; the first to ask has it read: from the version that the user chose, else from the
 * extension's own folder.
 */
export class Knowledge implements vscode.Disposable {
  private catalogue: Promise<Catalogue> | undefined;
  /** Counts the catalogues that were in force. */
  private generation = 0;
  private lexiconRead: Promise<Lexicon | undefined> | undefined;
  private modelRead: Promise<Model | undefined> | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** Fires when the next catalogue will be another one. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: KnowledgeStore,
  ) {
    const startOver = (): void => {
      this.generation += 1;
      this.catalogue = undefined;
      this.changed.fire();
    };
    this.subscription = vscode.Disposable.from(
      store.onDidChange(startOver),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("attackScribe.domains")) startOver();
      }),
    );
  }

  /** Rejects with a one-sentence error where the extension's data can't be read. */
  async open(): Promise<Catalogue> {
    const { generation } = this;
    this.catalogue ??= this.load().catch((error: unknown) => {
      if (this.generation === generation) this.catalogue = undefined;
      throw error;
    });
    const catalogue = await this.catalogue;
    // Another version may have been chosen while this one was read.
    return this.generation === generation ? catalogue : this.open();
  }

  /** A version that is not in force, by its folder; `undefined` for the one that ships. Rejects with a one-sentence error. */
  async version(folder: string | undefined): Promise<Catalogue> {
    const { domains } = settings();
    const [actors, vulnerabilities, bundles] = await Promise.all([
      this.read("actors.json") as Promise<ActorFacts>,
      this.read("cve.json") as Promise<VulnerabilityFacts>,
      folder === undefined ? this.bundled(domains) : this.store.read(folder, domains),
    ]);
    if (bundles.length === 0) throw new Error(vscode.l10n.t("it has none of the domains in attackScribe.domains"));
    return Catalogue.of(
      bundles.map(({ facts }) => facts),
      {
        actors: actors.actors,
        vulnerabilities,
        namedVulnerabilities: vulnerabilityNames,
        texts: Object.assign({}, ...bundles.map(({ texts }) => texts).reverse()) as BundleTexts,
      },
    );
  }

  /** The lexicon that ships; `undefined` where it can't be read: what reports state is found without it. */
  lexicon(): Promise<Lexicon | undefined> {
    this.lexiconRead ??= Promise.all([this.read("lexicon.json"), this.read("lexicon-examples.json")]).then(
      ([value, examples]) => ({
        ...asLexicon(value, "lexicon.json"),
        examples: examples as NonNullable<Lexicon["examples"]>,
      }),
      unreadable,
    );
    return this.lexiconRead;
  }

  /** The model that ships; `undefined` where it can't be read: cues and commands are found without it. */
  model(): Promise<Model | undefined> {
    this.modelRead ??= Promise.resolve(
      vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.extensionUri, "data", "model.bin")),
    ).then((bytes) => readModel(bytes, "model.bin"), unreadable);
    return this.modelRead;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async load(): Promise<Catalogue> {
    const { chosen } = this.store;
    if (chosen === undefined) return this.version(undefined);
    try {
      return await this.version(chosen);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      const message = await this.store.noteFailure(
        vscode.l10n.t("The chosen version of ATT&CK can't be used ({0}); the one that ships is in force.", words),
      );
      void vscode.window.showWarningMessage(message);
      return this.version(undefined);
    }
  }

  private bundled(domains: readonly string[]): Promise<readonly AddedBundle[]> {
    return Promise.all(
      domains.map(async (domain) => ({
        facts: asDomainFacts(await this.read("attack", `${domain}.json`), `${domain}.json`),
        texts: {},
      })),
    );
  }

  private async read(...path: readonly string[]): Promise<unknown> {
    const uri = vscode.Uri.joinPath(this.extensionUri, "data", ...path);
    try {
      return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    } catch (error) {
      throw new Error(
        vscode.l10n.t(
          "ATT&CK Scribe can't read its own data {0}: {1}",
          path.join("/"),
          error instanceof Error ? error.message : String(error),
        ),
        { cause: error },
      );
    }
  }
}

function unreadable(error: unknown): undefined {
  console.error(error);
  return undefined;
}
