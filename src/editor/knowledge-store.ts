import * as vscode from "vscode";
import { asDomainFacts, type BundleTexts, type DomainFacts } from "../attack/facts.ts";
import {
  asKnowledgeInfo,
  folderName,
  isFolderName,
  isLeftover,
  isSameVersion,
  joinedDomains,
  knowledgeDomain,
  versionOf,
  type KnowledgeInfo,
} from "../attack/knowledge-folder.ts";
import { factsToJson } from "../attack/serialise.ts";
import { compareVersions } from "../attack/versions.ts";
import { isRecord } from "../json.ts";

/** A version of ATT&CK that lies in the store. */
export interface StoredKnowledge {
  /** Name of its folder. */
  readonly folder: string;
  readonly info: KnowledgeInfo;
}

/** What went wrong last, until something goes right. */
export interface KnowledgeFailure {
  readonly message: string;
  /** ISO 8601. */
  readonly time: string;
}

/** A bundle that was read and checked. */
export interface AddedBundle {
  readonly facts: DomainFacts;
  readonly texts: BundleTexts;
  /** When the index says that it was changed. */
  readonly released?: string | undefined;
}

/** What is kept between sessions. */
interface Choice {
  /** Folder of the version in force; absent for the one that ships. */
  readonly chosen?: string | undefined;
  readonly failure?: KnowledgeFailure | undefined;
}

const key = "knowledge";

/**
 * The versions of ATT&CK that the user fetched or imported, in the extension's global storage, and which one is in force.
 * Folders are laid out as knowledge-folder.ts says and never change; the choice is changed only when all is written.
 */
export class KnowledgeStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when another version is in force. */
  readonly onDidChange = this.changed.event;

  private choice: Choice;
  private saved: Promise<void> = Promise.resolve();

  constructor(
    private readonly root: vscode.Uri,
    private readonly memento: vscode.Memento,
  ) {
    this.choice = asChoice(memento.get<unknown>(key));
  }

  /** Folder of the version in force; `undefined` for the one that ships. */
  get chosen(): string | undefined {
    return this.choice.chosen;
  }

  /** What went wrong since something last went right. */
  get failure(): KnowledgeFailure | undefined {
    return this.choice.failure;
  }

  async choose(folder: string | undefined): Promise<void> {
    await this.save({ chosen: folder });
    this.changed.fire();
  }

  async noteFailure(error: unknown): Promise<string> {
    const message = error instanceof Error ? error.message : String(error);
    await this.save({ ...this.choice, failure: { message, time: now() } });
    return message;
  }

  folderUri(folder: string): vscode.Uri {
    return vscode.Uri.joinPath(this.root, folder);
  }

  /** What lies there whole, the newest version first. */
  async list(): Promise<readonly StoredKnowledge[]> {
    const found: StoredKnowledge[] = [];
    for (const folder of await this.folders()) {
      try {
        found.push({ folder, info: await this.about(folder) });
      } catch {
        // Being written, or left by a program that was killed.
      }
    }
    return found.sort((a, b) => compareVersions(versionOf(b.info), versionOf(a.info)));
  }

  async about(folder: string): Promise<KnowledgeInfo> {
    return asKnowledgeInfo(await this.readJson(folder, "about.json"), `${folder}/about.json`);
  }

  /** Facts and texts of those of these domains that the version has, in their order. Throws a one-sentence error. */
  async read(folder: string, domains?: readonly string[]): Promise<readonly AddedBundle[]> {
    const { domains: stored } = await this.about(folder);
    const names = stored.map(({ domain }) => domain);
    const wanted = domains?.filter((domain) => names.includes(domain)) ?? names;
    return Promise.all(
      wanted.map(async (domain) => ({
        facts: asDomainFacts(
          await this.readJson(folder, "attack", `${domain}.json`),
          `${folder}/attack/${domain}.json`,
        ),
        texts: asTexts(await this.readJson(folder, "texts", `${domain}.json`)),
        released: stored.find((one) => one.domain === domain)?.released,
      })),
    );
  }

  /**
   * Stores a version and puts it in force. With `join` its domains are added to those that are there of the same version.
   * Until the last step what was in force before stays so.
   */
  async add(bundles: readonly AddedBundle[], from: string, join: boolean): Promise<StoredKnowledge> {
    await this.cleanUp();
    const added = bundles.map(({ facts, released }) => knowledgeDomain(facts, released));
    const base = join ? (await this.list()).find(({ info }) => isSameVersion(info, added)) : undefined;
    const all = [
      ...(base ? await this.read(base.folder) : []).filter(
        ({ facts }) => !added.some(({ domain }) => domain === facts.domain),
      ),
      ...bundles,
    ];
    const info: KnowledgeInfo = {
      format: 1,
      domains: joinedDomains(base?.info.domains ?? [], added),
      added: now(),
      from,
    };
    const files = all.flatMap(({ facts, texts }): readonly (readonly [path: readonly string[], text: string])[] => [
      [["attack", `${facts.domain}.json`], factsToJson(facts)],
      [["texts", `${facts.domain}.json`], JSON.stringify(texts)],
    ]);
    const folder = folderName(
      info,
      files.map(([, text]) => text),
    );
    if (!(await this.isWhole(folder))) {
      for (const [path, text] of files) await this.write(folder, path, text);
      await this.write(folder, ["about.json.part"], JSON.stringify(info, undefined, 2));
      const [draft, target] = ["about.json.part", "about.json"].map((name) =>
        vscode.Uri.joinPath(this.root, folder, name),
      ) as [vscode.Uri, vscode.Uri];
      await vscode.workspace.fs.rename(draft, target, { overwrite: true });
    }
    await this.choose(folder);
    if (base && base.folder !== folder) await this.remove(base.folder);
    return { folder, info };
  }

  /** Where it is in force, the version that ships takes its place. */
  async remove(folder: string): Promise<void> {
    if (!isFolderName(folder)) return;
    if (this.chosen === folder) await this.choose(undefined);
    await vscode.workspace.fs.delete(this.folderUri(folder), { recursive: true });
  }

  /** Removes what programs left behind that were killed. */
  async cleanUp(): Promise<void> {
    for (const folder of await this.folders()) {
      if (await this.isWhole(folder)) continue;
      const uri = this.folderUri(folder);
      const { mtime } = await vscode.workspace.fs.stat(uri);
      if (isLeftover(mtime, Date.now())) await vscode.workspace.fs.delete(uri, { recursive: true });
    }
  }

  /** One after the other: VS Code answers each write with the value written, which would undo a later one. */
  private save(choice: Choice): Promise<void> {
    this.choice = choice;
    this.saved = this.saved
      .then(() => this.memento.update(key, choice))
      .catch((error: unknown) => console.error(error));
    return this.saved;
  }

  private async isWhole(folder: string): Promise<boolean> {
    try {
      await this.about(folder);
      return true;
    } catch {
      return false;
    }
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async folders(): Promise<readonly string[]> {
    let entries: readonly (readonly [string, vscode.FileType])[];
    try {
      entries = await vscode.workspace.fs.readDirectory(this.root);
    } catch {
      // Nothing was ever stored.
      return [];
    }
    return entries.flatMap(([name, type]) => (type & vscode.FileType.Directory && isFolderName(name) ? [name] : []));
  }

  private async readJson(...path: readonly string[]): Promise<unknown> {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.root, ...path));
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  private async write(folder: string, path: readonly string[], text: string): Promise<void> {
    const uri = vscode.Uri.joinPath(this.root, folder, ...path);
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(uri, ".."));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
}

const now = (): string => new Date(Date.now()).toISOString();

function asChoice(value: unknown): Choice {
  const { chosen, failure } = isRecord(value) ? value : {};
  return {
    ...(typeof chosen === "string" && isFolderName(chosen) ? { chosen } : {}),
    ...(isRecord(failure) && typeof failure["message"] === "string" && typeof failure["time"] === "string"
      ? { failure: { message: failure["message"], time: failure["time"] } }
      : {}),
  };
}

const asTexts = (value: unknown): BundleTexts =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      )
    : {};
