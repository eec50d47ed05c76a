/** Tells when what runs where may have changed: by another window, the command line, a pull. */
import * as vscode from 'vscode';

const patterns = ['**/{release,frozen}.json', '**/files/**', '**/approvals/*.json', '**/promptlsp.yaml', '**/*signers*'];

// Many files change at once.
const settled = 250;

export function watchReleases(act: () => void): vscode.Disposable {
  let soon: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(soon);
    soon = setTimeout(act, settled);
  };
  const watchers = patterns.map(pattern => vscode.workspace.createFileSystemWatcher(pattern));
  for (const watcher of watchers) {
    watcher.onDidChange(later);
    watcher.onDidCreate(later);
    watcher.onDidDelete(later);
  }
  return vscode.Disposable.from(...watchers, { dispose: () => clearTimeout(soon) });
}
