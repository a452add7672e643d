import * as vscode from "vscode";

/** Schemes of the folders that VS Code itself can search. Of others `findFiles` never answers, unless an extension does. */
const searched: ReadonlySet<string> = new Set(["file", "vscode-remote"]);

/** Folders of a virtual workspace that are looked into, at most: each may be a request to a far server. */
const mostFolders = 5000;

/** The reports of all folders of the workspace, at most `most`. */
export async function workspaceReports(most: number, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const left = most - found.length;
    if (left <= 0) break;
    found.push(
      ...(searched.has(uri.scheme)
        ? await vscode.workspace.findFiles(
            new vscode.RelativePattern(uri, "**/*.{md,markdown}"),
            "**/node_modules/**",
            left,
            token,
          )
        : await walk(uri, left, token)),
    );
  }
  return found;
}

/** The reports below a folder, those nearer to it first. */
async function walk(root: vscode.Uri, most: number, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const folders = [root];
  for (let at = 0; at < Math.min(folders.length, mostFolders); at += 1) {
    const folder = folders[at];
    if (!folder || token.isCancellationRequested) break;
    for (const [name, type] of await entriesOf(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      // A linked folder may lead in a circle.
      if (type === vscode.FileType.Directory && !name.startsWith(".") && name !== "node_modules") folders.push(uri);
      if ((type & vscode.FileType.File) !== 0 && /\.(?:md|markdown)$/.test(name) && found.push(uri) >= most)
        return found;
    }
  }
  return found;
}

/** What lies in a folder; nothing where it can't be read. */
async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
