/** At the end of the current line: who changed it last, when and why. Hidden while typing. */
import * as vscode from 'vscode';
import { promptOf } from './prompts';
import { lineHistoryRequest, type Version } from './protocol';
import type { Server } from './server';
import { age, firstLine, who } from './wording';

const calmAfter = 400, longestNote = 60;

export class LineHistoryDecoration implements vscode.Disposable {
  private readonly look = vscode.window.createTextEditorDecorationType({
    // Taken out of the line, it does not make a wrapped line wider than the window.
    after: { margin: '0 0 0 3em', textDecoration: 'none; position: absolute', color: new vscode.ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
  });
  private readonly owned: vscode.Disposable[] = [this.look];
  private timer: NodeJS.Timeout | undefined;
  private asked = new vscode.CancellationTokenSource();

  constructor(private readonly server: Server) {
    this.owned.push(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.later(textEditor)),
      vscode.window.onDidChangeActiveTextEditor(editor => { if (editor) this.later(editor); }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.hide(document)),
      vscode.workspace.onDidChangeConfiguration(change => { if (change.affectsConfiguration('promptlsp.lineHistory')) this.again(); }),
      server.onDidChangeState(() => this.again()),
      server.onDidChangePrompts(() => this.again()),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked.cancel();
    for (const one of this.owned) one.dispose();
  }

  private again(): void {
    if (vscode.window.activeTextEditor) this.later(vscode.window.activeTextEditor);
  }

  private hide(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) editor.setDecorations(this.look, []);
  }

  private later(editor: vscode.TextEditor): void {
    this.asked.cancel();
    clearTimeout(this.timer);
    editor.setDecorations(this.look, []);
    if (editor.document.uri.scheme !== 'file' || !promptOf(editor.document.uri) || !vscode.workspace.getConfiguration('promptlsp').get('lineHistory.enabled', true)) return;
    this.timer = setTimeout(() => void this.show(editor), calmAfter);
  }

  private async show(editor: vscode.TextEditor): Promise<void> {
    this.asked.dispose();
    const { token } = this.asked = new vscode.CancellationTokenSource();
    const { document } = editor, { line } = editor.selection.active, asOf = document.version;
    const answer = await this.server.ask(lineHistoryRequest, { textDocument: { uri: document.uri.toString() }, line }, token);
    if (!answer || token.isCancellationRequested || document.version !== asOf || editor.selection.active.line !== line) return;
    const end = document.lineAt(line).range.end;
    editor.setDecorations(this.look, [{ range: new vscode.Range(end, end), renderOptions: { after: { contentText: said(answer.version) } } }]);
  }
}

function said(version: Version | null): string {
  if (!version) return 'not saved yet';
  const note = firstLine(version.note);
  const short = note.length > longestNote ? `${note.slice(0, longestNote - 1)}…` : note;
  return [`${who(version)}, ${age(version.at)}`, `v${version.version}`, short].filter(Boolean).join(' · ');
}
