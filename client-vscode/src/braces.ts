/**
 * What VS Code's own closing of braces and quotes leaves half done. `{{ ` closes itself with ` }}`, and typing ` }}` goes over it; whoever types `}}` at once,
 * or takes back what they began, would leave some of it behind.
 */
import * as vscode from 'vscode';

/** Deletes `cut` characters behind the cursor, or leaves them and puts `add` behind them, and puts a blank `blankBefore` characters before it. */
export interface Mend { cut: number; add?: string; blankBefore?: number }

const closers: Record<string, string> = { '{{{': '}}}', '{{': '}}', '{%': '%}' };

export function mendBraces(): vscode.Disposable {
  let pending: Pending | undefined;
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const editor = vscode.window.activeTextEditor, [change, ...others] = contentChanges;
    if (pending?.editor.document === document && !follow(pending, contentChanges)) pending = undefined;
    if (!change || others.length > 0 || reason !== undefined || document.languageId !== 'promptlsp' || editor?.document !== document) return;
    const typed = change.rangeLength === 0 && /^[}"]$/.test(change.text), takenBack = change.rangeLength === 1 && change.text === '';
    const opened = change.rangeLength === 0 && /^(?:\{\}|  )$/.test(change.text);
    if (!typed && !takenBack && !opened) return;
    const cursor = change.range.start.translate(0, takenBack ? 0 : 1), line = document.lineAt(cursor).text;
    const before = line.slice(0, cursor.character), behind = line.slice(cursor.character);
    const mend = opened ? afterOpening(before, behind) : !typed ? afterTakingBack(before, behind)
      : change.text === '"' ? afterQuote(before, behind) : afterClosing(before, behind);
    if (!mend) return;
    const at = document.offsetAt(cursor), { cut, add, blankBefore } = mend;
    const mine: Pending = pending = { editor, at, text: behind.slice(0, cut), add, blankAt: blankBefore && at - blankBefore };
    void (async () => {
      for (let tries = 0; tries < 40 && pending === mine && !(await apply(mine)); tries++) await new Promise(next => setTimeout(next, 25));
      if (pending === mine) pending = undefined;
    })();
  });
}

/** A mend that waits: an edit of a text that has changed in the meantime is refused, so whoever types on moves it along. */
interface Pending { editor: vscode.TextEditor; at: number; text: string; add?: string | undefined; blankAt?: number | undefined }

function follow(pending: Pending, changes: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
  for (const { rangeOffset, rangeLength, text } of changes) {
    const end = rangeOffset + rangeLength, taken = Math.max(0, end - pending.at);
    if (rangeOffset >= pending.at + pending.text.length) continue;
    if (pending.blankAt !== undefined && rangeOffset < pending.blankAt) return false;
    // Enter takes the blank away that its new line would begin with.
    if (taken > 0 && (rangeOffset > pending.at || pending.text.slice(0, taken).trim() !== '' || taken >= pending.text.length)) return false;
    pending.text = pending.text.slice(taken);
    pending.at = taken > 0 ? rangeOffset + text.length : pending.at + text.length - rangeLength;
  }
  return true;
}

// {{| }: right behind Enter, VS Code has not read the new line yet, and does not close the first brace on it.
export function afterOpening(before: string, behind: string): Mend | undefined {
  const close = closers[/(\{\{\{?)[-~]? ?$/.exec(before)?.[1] ?? ''], [, blank, braces] = /^( ?)(\}*)$/.exec(behind) ?? [];
  return close && braces !== undefined && braces.length < close.length ? { cut: blank!.length + braces.length, add: close.slice(braces.length) } : undefined;
}

// {{ name}}| }}
export function afterClosing(before: string, behind: string): Mend | undefined {
  const [, open, inside] = /(\{\{\{?|\{%)((?:(?!\{\{|\{%).)*)$/.exec(before) ?? [], close = closers[open ?? ''];
  if (!close || !inside?.endsWith(close) || inside.indexOf(close) !== inside.length - close.length) return undefined;
  const blank = /^ ?/.exec(behind)![0], braces = /^\}*/.exec(behind.slice(blank.length))![0].slice(0, close.length);
  // Braces of JSON around it stay: they close what the line opens.
  const surplus = count(before + behind, '}') - count(before + behind, '{');
  // One may have been gone over already, and what is left stands right behind.
  const left = behind.startsWith(blank + close) && surplus >= count(close, '}') ? blank + close
    : blank === '' && open !== '{%' ? braces.slice(0, Math.max(surplus, 0)) : '';
  if (left === '') return undefined;
  const code = inside.slice(0, -close.length), isBlankMissing = blank !== '' && !/\s$/.test(code);
  return { cut: left.length, ...(isBlankMissing && { blankBefore: close.length + (/[-~]$/.test(code) ? 1 : 0) }) };
}

// {{ role "system"|" }}: the quote that a snippet brought is gone over as well.
export function afterQuote(before: string, behind: string): Mend | undefined {
  const [code] = /\{\{(?:(?!\}\}).)*$/.exec(before) ?? [], rest = behind.split('}}')[0]!;
  return code && count(code, '"') % 2 === 0 && rest.startsWith('"') && count(rest, '"') % 2 === 1 ? { cut: 1 } : undefined;
}

const count = (text: string, brace: string) => text.split(brace).length - 1;

// {{| }} and {|%}
export function afterTakingBack(before: string, behind: string): Mend | undefined {
  const open = /(?:\{\{\{?|\{%)(?=[-~]?$)/.exec(before)?.[0];
  if (open) return behind.startsWith(` ${closers[open]}`) ? { cut: 1 } : undefined;
  return before.endsWith('{') && behind.startsWith('%}') ? { cut: 1 } : undefined;
}

// As part of what was typed: one undo takes back both.
async function apply({ editor, at, text, add, blankAt }: Pending): Promise<boolean> {
  const { document } = editor, cut = new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
  if (document.getText(cut) !== text) return true;
  return editor.edit(edit => {
    if (add) edit.insert(cut.end, add);
    else edit.delete(cut);
    if (blankAt !== undefined) edit.insert(document.positionAt(blankAt), ' ');
  }, { undoStopBefore: false, undoStopAfter: false }).then(done => done, () => true);
}
