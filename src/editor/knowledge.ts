import * as vscode from "vscode";
import vulnerabilityNames from "../../data/vulnerability-names.json" with { type: "json" };
import type { ActorFacts, VulnerabilityFacts } from "../attack/actors.ts";
import { Catalogue } from "../attack/catalogue.ts";
import { asDomainFacts } from "../attack/facts.ts";
import { asLexicon, type Lexicon } from "../mapping/lexicon/lexicon.ts";
import { readModel, type Model } from "../mapping/model/model.ts";
import { settings } from "./settings.ts";

/** Gives the catalogue to those who ask; the first to ask has it read from the extension's own folder. */
export class Knowledge implements vscode.Disposable {
  private catalogue: Promise<Catalogue> | undefined;
  private lexiconRead: Promise<Lexicon | undefined> | undefined;
  private modelRead: Promise<Model | undefined> | undefined;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** Fires when the next catalogue will be another one. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly extensionUri: vscode.Uri) {
    this.subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("attackScribe.domains")) return;
      this.catalogue = undefined;
      this.changed.fire();
    });
  }

  /** Rejects with a one-sentence error where the extension's data can't be read. */
  open(): Promise<Catalogue> {
    this.catalogue ??= this.load().catch((error: unknown) => {
      this.catalogue = undefined;
      throw error;
    });
    return this.catalogue;
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
    const [actors, vulnerabilities, ...facts] = await Promise.all([
      this.read("actors.json") as Promise<ActorFacts>,
      this.read("cve.json") as Promise<VulnerabilityFacts>,
      ...settings().domains.map(async (domain) =>
        asDomainFacts(await this.read("attack", `${domain}.json`), `${domain}.json`),
      ),
    ]);
    return Catalogue.of(facts, { actors: actors.actors, vulnerabilities, namedVulnerabilities: vulnerabilityNames });
  }

  private async read(...path: readonly string[]): Promise<unknown> {
    const uri = vscode.Uri.joinPath(this.extensionUri, "data", ...path);
    try {
      return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
    } catch (error) {
      throw new Error(
        `ATT&CK Scribe can't read its own data ${path.join("/")}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }
}

function unreadable(error: unknown): undefined {
  console.error(error);
  return undefined;
}
