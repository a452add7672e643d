import * as vscode from "vscode";

type Entry = Map<string, Entry> | Uint8Array;

const isFolder = (entry: Entry): entry is Map<string, Entry> => entry instanceof Map;

/** Files that lie in memory alone, as in a virtual workspace: no disk, no search, no process can reach them. */
export class MemoryFiles implements vscode.FileSystemProvider {
  private readonly root = new Map<string, Entry>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** Of the last change, as a clock would say it: VS Code sees by it that a file is another one. */
  private time = 1;
  readonly onDidChangeFile = this.changed.event;

  /** Files by their paths, "notes/report.md". */
  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) {
      const segments = path.split("/");
      const name = segments.pop() ?? "";
      let folder = this.root;
      for (const segment of segments) {
        const known = folder.get(segment);
        const next = known && isFolder(known) ? known : new Map<string, Entry>();
        folder.set(segment, next);
        folder = next;
      }
      folder.set(name, new TextEncoder().encode(text));
    }
  }

  /** Everything is known at once, so there is nothing to watch. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const entry = this.entry(uri);
    return isFolder(entry)
      ? { type: vscode.FileType.Directory, ctime: 0, mtime: this.time, size: entry.size }
      : { type: vscode.FileType.File, ctime: 0, mtime: this.time, size: entry.byteLength };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    return [...this.folder(uri)].map(([name, entry]) => [
      name,
      isFolder(entry) ? vscode.FileType.Directory : vscode.FileType.File,
    ]);
  }

  createDirectory(uri: vscode.Uri): void {
    const [folder, name] = this.place(uri);
    if (folder.has(name)) throw vscode.FileSystemError.FileExists(uri);
    folder.set(name, new Map());
    this.tell(vscode.FileChangeType.Created, uri);
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const entry = this.entry(uri);
    if (isFolder(entry)) throw vscode.FileSystemError.FileIsADirectory(uri);
    return entry;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array, options: { create: boolean; overwrite: boolean }): void {
    const [folder, name] = this.place(uri);
    const known = folder.get(name);
    if (!known && !options.create) throw vscode.FileSystemError.FileNotFound(uri);
    if (known && !options.overwrite) throw vscode.FileSystemError.FileExists(uri);
    folder.set(name, content);
    this.tell(known ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created, uri);
  }

  delete(uri: vscode.Uri): void {
    this.entry(uri);
    const [folder, name] = this.place(uri);
    folder.delete(name);
    this.tell(vscode.FileChangeType.Deleted, uri);
  }

  rename(from: vscode.Uri, to: vscode.Uri, options: { overwrite: boolean }): void {
    const entry = this.entry(from);
    const [source, oldName] = this.place(from);
    const [target, newName] = this.place(to);
    if (target.has(newName) && !options.overwrite) throw vscode.FileSystemError.FileExists(to);
    source.delete(oldName);
    target.set(newName, entry);
    this.tell(vscode.FileChangeType.Deleted, from);
    this.tell(vscode.FileChangeType.Changed, to);
  }

  private entry(uri: vscode.Uri): Entry {
    let entry: Entry = this.root;
    for (const segment of uri.path.split("/").filter(Boolean)) {
      const next: Entry | undefined = isFolder(entry) ? entry.get(segment) : undefined;
      if (!next) throw vscode.FileSystemError.FileNotFound(uri);
      entry = next;
    }
    return entry;
  }

  private folder(uri: vscode.Uri): Map<string, Entry> {
    const entry = this.entry(uri);
    if (!isFolder(entry)) throw vscode.FileSystemError.FileNotADirectory(uri);
    return entry;
  }

  /** The folder that holds a path, and the path's name in it. */
  private place(uri: vscode.Uri): readonly [Map<string, Entry>, string] {
    return [this.folder(vscode.Uri.joinPath(uri, "..")), uri.path.split("/").at(-1) ?? ""];
  }

  private tell(type: vscode.FileChangeType, uri: vscode.Uri): void {
    this.time += 1;
    this.changed.fire([{ type, uri }]);
  }
}
