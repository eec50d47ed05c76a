/**
 * What VS Code's own closing of braces and quotes leaves half done. `{{ ` closes itself with ` }}`, and typing ` }}` goes over it; whoever types `}}` at once,
 * or takes back what they began, would leave some of it behind.
 */
import * as vscode from 'vscode';

/** Deletes `cut` characters behind the cursor, or leaves them and puts `add` behind them, and puts a blank `blankBefore` characters before it. */
export interface Mend { cut: number; add?: string; blankBefore?: number }

// What opens the code that began last, and all behind it.
const lastCode = /(\{\{\{?|\{%)((?:(?!\{\{|\{%).)*)$/;

const closers: Record<string, string> = { '{{{': '}}}', '{{': '}}', '{%': '%}' };

export function mendBraces(): vscode.Disposable {
  const pending = new Set<Pending>();
  // What closes the code that was begun last: braces that were typed where nobody was looking leave it over.
  let brought: Region | undefined;
  const mendLater = (editor: vscode.TextEditor, at: number, text: string, { add, blankBefore }: Mend): void => {
    const mine: Pending = { editor, at, text, add, blankAt: blankBefore && at - blankBefore };
    for (const other of pending) if (other.at === at) pending.delete(other);
    pending.add(mine);
    void (async () => {
      for (let tries = 0; tries < 40 && pending.has(mine) && !(await apply(mine)); tries++) await new Promise(next => setTimeout(next, 25));
      if (pending.delete(mine) && add) brought = { document: editor.document, at: mine.at, text: mine.text + add };
    })();
  };
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
    const editor = vscode.window.activeTextEditor, [change, ...others] = contentChanges;
    for (const one of pending) if (one.editor.document === document && !follow(one, contentChanges)) pending.delete(one);
    if (brought?.document === document && (reason !== undefined || !follow(brought, contentChanges))) brought = undefined;
    if (!change || others.length > 0 || reason !== undefined || document.languageId !== 'promptlsp' || editor?.document !== document) return;
    const typed = change.rangeLength === 0 && /^[}"]$/.test(change.text), takenBack = change.rangeLength === 1 && change.text === '';
    const opened = change.rangeLength === 0 && /^(?:\{\}|  )$/.test(change.text);
    if (typed || takenBack || opened) {
      const cursor = change.range.start.translate(0, takenBack ? 0 : 1), line = document.lineAt(cursor).text, at = document.offsetAt(cursor);
      const before = line.slice(0, cursor.character), behind = line.slice(cursor.character);
      const mend = opened ? afterOpening(before, behind) : !typed ? afterTakingBack(before, behind)
        : change.text === '"' ? afterQuote(before, behind) : afterClosing(before, behind);
      const text = opened ? closing(before, behind) : undefined;
      if (text !== undefined) brought = { document, at, text };
      if (mend) return mendLater(editor, at, behind.slice(0, mend.cut), mend);
    }
    if (brought?.document !== document || change.text.length !== 1 || [...pending].some(p => p.at === brought!.at)) return;
    const { at, text } = brought, place = document.positionAt(at), line = document.lineAt(place).text;
    const isLeft = place.line === change.range.start.line && isLeftOver(line.slice(0, place.character), text, line.slice(place.character + text.length));
    if (isLeft && line.startsWith(text, place.character)) mendLater(editor, at, text, { cut: text.length });
  });
}

/** A part of a text, which is moved along while one types. */
interface Region { document: vscode.TextDocument; at: number; text: string }

/** A mend that waits: an edit of a text that has changed in the meantime is refused, so whoever types on moves it along. */
interface Pending { editor: vscode.TextEditor; at: number; text: string; add?: string | undefined; blankAt?: number | undefined }

function follow(pending: Pick<Pending, 'at' | 'text' | 'blankAt'>, changes: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
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
  const [, open, inside] = lastCode.exec(before) ?? [], close = closers[open ?? ''];
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

// {{| }}: what stands behind an opening is its closing, brought by the same key.
export function closing(before: string, behind: string): string | undefined {
  const close = closers[/(\{\{\{?|\{%)[-~]? ?$/.exec(before)?.[1] ?? ''], text = /^ ?(?:\}+|%\})/.exec(behind)?.[0];
  return close && text?.trimStart().slice(0, close.length) === close ? text.slice(0, text.length - text.trimStart().length + close.length) : undefined;
}

// {{ name }}, y|}}: the code before it is closed already, and the line closes more than it opens.
export function isLeftOver(before: string, text: string, behind: string): boolean {
  const [, open, inside] = lastCode.exec(before) ?? [], close = closers[open ?? ''], line = before + text + behind;
  const end = close ? inside!.indexOf(close) : -1;
  return end >= 0 && count(inside!.slice(0, end), '"') % 2 === 0 && count(line, '}') - count(line, '{') >= count(text, '}');
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
