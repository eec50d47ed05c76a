/**
 * What VS Code's own closing of braces leaves half done. `{{ ` closes itself with ` }}`, and typing ` }}` goes over it; whoever types `}}` at once,
 * or takes back what they began, would leave some of it behind.
 */
import * as vscode from 'vscode';

/** Deletes `cut` characters behind the cursor, and puts a blank `blankBefore` characters before it. */
export interface Mend { cut: number; blankBefore?: number }

const closers: Record<string, string> = { '{{{': '}}}', '{{': '}}', '{%': '%}' };

export function mendBraces(): vscode.Disposable {
  return vscode.workspace.onDidChangeTextDocument(({ document, contentChanges: [change, ...others], reason }) => {
    const editor = vscode.window.activeTextEditor;
    if (!change || others.length > 0 || reason !== undefined || document.languageId !== 'promptlsp' || editor?.document !== document) return;
    const typed = change.rangeLength === 0 && change.text === '}', takenBack = change.rangeLength === 1 && change.text === '';
    if (!typed && !takenBack) return;
    const cursor = change.range.start.translate(0, change.text.length), line = document.lineAt(cursor).text;
    const before = line.slice(0, cursor.character), behind = line.slice(cursor.character);
    const mend = typed ? afterClosing(before, behind) : afterTakingBack(before, behind);
    if (mend) void apply(editor, cursor, mend);
  });
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

// As part of what was typed: one undo takes back both. What is typed in the meantime wins.
async function apply(editor: vscode.TextEditor, cursor: vscode.Position, { cut, blankBefore }: Mend): Promise<void> {
  await editor.edit(edit => {
    edit.delete(new vscode.Range(cursor, cursor.translate(0, cut)));
    if (blankBefore) edit.insert(cursor.translate(0, -blankBefore), ' ');
  }, { undoStopBefore: false, undoStopAfter: false });
}
