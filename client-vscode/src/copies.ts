/** Copies of what was released: an edit of one would reach nobody as it should, so that they cannot be typed in. */
import * as vscode from 'vscode';

const files = '/files/', record = 'release.json';

/** Makes each copy read-only for the session when it is first shown; whoever must can set it writable again. */
export function keepCopies(): vscode.Disposable {
  const seen = new Set<string>();
  const look = async (editor: vscode.TextEditor | undefined): Promise<void> => {
    const uri = editor?.document.uri;
    if (!uri || uri.scheme !== 'file' || seen.has(uri.toString()) || !(await isCopy(uri))) return;
    // Meanwhile another editor may have become the active one, and the command knows no other.
    if (vscode.window.activeTextEditor?.document.uri.toString() !== uri.toString()) return;
    seen.add(uri.toString());
    await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
  };
  void look(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor(editor => void look(editor));
}

// Beside the folder `files`, which no other one of its name has, lies what tells of the release.
async function isCopy(uri: vscode.Uri): Promise<boolean> {
  const { path } = uri;
  for (let at = path.lastIndexOf(files); at > 0; at = path.lastIndexOf(files, at - 1)) {
    try {
      await vscode.workspace.fs.stat(uri.with({ path: `${path.slice(0, at)}/${record}` }));
      return true;
    } catch {
      // A folder that is called so for another reason.
    }
  }
  return false;
}
