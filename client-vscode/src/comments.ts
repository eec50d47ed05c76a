/** The comment key: no comment of a template language can hold braces, so that VS Code's own way of making one would break lines with code. */
import * as vscode from 'vscode';
import { toggleCommentRequest } from './protocol';
import type { Server } from './server';

export async function toggleComment(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selections } = editor, version = document.version;
  const edits = await server.ask(toggleCommentRequest, { textDocument: { uri: document.uri.toString() }, ranges: selections.map(s => ({ start: s.start, end: s.end })) });
  if (!edits) return void vscode.window.setStatusBarMessage("How this prompt's language writes comments is not known here", 5_000);
  if (document.version !== version) return;
  const placeOf = ({ line, character }: { line: number; character: number }) => new vscode.Position(line, character);
  await editor.edit(edit => {
    for (const { range, newText } of edits) edit.replace(new vscode.Range(placeOf(range.start), placeOf(range.end)), newText);
  });
}
