/**
 * What VS Code's own closing of braces leaves half done. `{{ ` closes itself with ` }}`, and typing ` }}` goes over it; whoever types `}}` at once,
 * or takes back what they began, would leave some of it behind.
 */
import * as vscode from 'vscode';

/** Deletes `cut` characters behind the cursor, and puts a blank `blankBefore` characters before it. */
export interface Mend { cut: number; blankBefore?: number }

const closers: Record<string, string> = { '{{{': '}}}', '{{': '}}', '{%': '%}' };

export function mendBraces(): vscode.Disposable {
  let pending: Pending | undefined;
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const editor = vscode.window.activeTextEditor, [change, ...others] = contentChanges;
    if (pending?.editor.document === document && !follow(pending, contentChanges)) pending = undefined;
    if (!change || others.length > 0 || reason !== undefined || document.languageId !== 'promptlsp' || editor?.document !== document) return;
    const typed = change.rangeLength === 0 && change.text === '}', takenBack = change.rangeLength === 1 && change.text === '';
    if (!typed && !takenBack) return;
    const cursor = change.range.start.translate(0, change.text.length), line = document.lineAt(cursor).text;
    const before = line.slice(0, cursor.character), behind = line.slice(cursor.character);
    const mend = typed ? afterClosing(before, behind) : afterTakingBack(before, behind);
    if (!mend) return;
    const at = document.offsetAt(cursor), mine: Pending = pending = { editor, at, text: behind.slice(0, mend.cut), blankAt: mend.blankBefore && at - mend.blankBefore };
    void (async () => {
      for (let tries = 0; tries < 40 && pending === mine && !(await apply(mine)); tries++) await new Promise(next => setTimeout(next, 25));
      if (pending === mine) pending = undefined;
    })();
  });
}

/** A mend that waits: an edit of a text that has changed in the meantime is refused, so whoever types on moves it along. */
interface Pending { editor: vscode.TextEditor; at: number; text: string; blankAt?: number | undefined }

function follow(pending: Pending, changes: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
  for (const { rangeOffset, rangeLength, text } of changes) {
    if (rangeOffset >= pending.at + pending.text.length) continue;
    if (rangeOffset + rangeLength > pending.at || (pending.blankAt !== undefined && rangeOffset < pending.blankAt)) return false;
    pending.at += text.length - rangeLength;
  }
  return true;
}

// {{ name}}| }}
export function afterClosing(before: string, behind: string): Mend | undefined {
  const [, open, inside] = /(\{\{\{?|\{%)((?:(?!\{\{|\{%).)*)$/.exec(before) ?? [], close = closers[open ?? ''];
  if (!close || !inside?.endsWith(close) || inside.indexOf(close) !== inside.length - close.length) return undefined;
  const left = /^ ?/.exec(behind)![0] + close;
  // Braces of JSON around it stay: they close what the line opens.
  const surplus = count(before + behind, '}') - count(before + behind, '{');
  if (!behind.startsWith(left) || surplus < count(close, '}')) return undefined;
  const code = inside.slice(0, -close.length), isBlankMissing = left.length > close.length && !/\s$/.test(code);
  return { cut: left.length, ...(isBlankMissing && { blankBefore: close.length + (/[-~]$/.test(code) ? 1 : 0) }) };
}

const count = (text: string, brace: string) => text.split(brace).length - 1;

// {{| }} and {|%}
export function afterTakingBack(before: string, behind: string): Mend | undefined {
  const open = /(?:\{\{\{?|\{%)(?=[-~]?$)/.exec(before)?.[0];
  if (open) return behind.startsWith(` ${closers[open]}`) ? { cut: 1 } : undefined;
  return before.endsWith('{') && behind.startsWith('%}') ? { cut: 1 } : undefined;
}

// As part of what was typed: one undo takes back both.
async function apply({ editor, at, text, blankAt }: Pending): Promise<boolean> {
  const { document } = editor, cut = new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
  if (document.getText(cut) !== text) return true;
  return editor.edit(edit => {
    edit.delete(cut);
    if (blankAt !== undefined) edit.insert(document.positionAt(blankAt), ' ');
  }, { undoStopBefore: false, undoStopAfter: false }).then(done => done, () => true);
}
