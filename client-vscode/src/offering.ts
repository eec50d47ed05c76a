/** Behind a key of the front matter that holds others, Enter opens the list of what can stand there. */
import * as vscode from 'vscode';

export function offerBehindEnter(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const [change, ...others] = contentChanges;
    if (!change || others.length > 0 || reason !== undefined || !/^\r?\n[ \t]+$/.test(change.text)) return;
    if (document.languageId !== 'promptlsp' || vscode.window.activeTextEditor?.document !== document) return;
    const { line } = change.range.start;
    const above = Array.from({ length: line + 1 }, (_, at) => document.lineAt(at).text);
    if (!opensKeys(above) || document.lineAt(line + 1).text.trim() !== '') return;
    // As when one types: nothing is said where there is nothing to offer.
    void vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
  });
}

/** Whether the last of a document's first lines is a key of the front matter without a value. */
export function opensKeys(lines: string[]): boolean {
  const [first, ...rest] = lines, key = rest.at(-1);
  return first?.trimEnd() === '---' && key !== undefined && !rest.some(line => line.trimEnd() === '---') && /^\s*[^\s#-][^#]*:\s*$/.test(key);
}
