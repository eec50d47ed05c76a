/** Runs: a prompt is sent to its model by the server, and the answer is shown in a page that can reach nothing. */
import * as vscode from 'vscode';
import { ResponseError } from 'vscode-languageclient/node';
import { nameOf, promptOf, uriOf } from '../prompts';
import { runRequest, wantOfKey, type Argument } from '../protocol';
import type { Server } from '../server';
import { showPage, type Page } from '../webview';
import { messageOf } from '../wording';
import type { FromRunPage, Going, ShownRun, ToRunPage } from './messages';

const viewType = 'promptlsp.run';
// As many as a person compares; they live as long as the window, and on no disk.
const mostRuns = 20;

export class Runs implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private prompt: vscode.Uri | undefined;
  private readonly runs = new Map<string, ShownRun[]>();
  private readonly going = new Map<string, Going & { stop: vscode.CancellationTokenSource; text: string }>();
  private readonly failed = new Map<string, { text: string; wantsKey: boolean }>();
  private isReady = false;
  private last = 0;
  private readonly owned: vscode.Disposable[] = [];

  constructor(private readonly server: Server, private readonly extension: vscode.Uri) {
    this.owned.push(
      server.onDidReceivePiece(piece => this.hear(piece)),
      vscode.window.onDidChangeActiveTextEditor(editor => this.follow(editor)),
    );
  }

  /** Shows the panel and sends the prompt: there is no run but one that a person asked for. */
  run = async (argument?: Argument | vscode.Uri): Promise<void> => {
    const prompt = promptOf(uriOf(argument)) ?? this.prompt;
    if (!prompt) return void vscode.window.showInformationMessage('Open a .prompt file to run it.');
    if (!vscode.workspace.isTrusted) return void vscode.window.showWarningMessage('Nothing is sent to a model from a folder that you do not trust.');
    this.show(prompt);
    const ref = argument && !(argument instanceof vscode.Uri) ? argument.ref : undefined;
    await this.send(prompt, ref);
  };

  show(prompt: vscode.Uri): void {
    if (this.panel) this.panel.reveal(undefined, true);
    else this.open();
    this.turnTo(prompt);
  }

  dispose(): void {
    for (const { stop } of this.going.values()) stop.cancel();
    this.panel?.dispose();
    for (const one of this.owned) one.dispose();
  }

  private open(): void {
    const panel = vscode.window.createWebviewPanel(viewType, 'Run', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
    panel.webview.onDidReceiveMessage((said: FromRunPage) => this.obey(said));
    panel.onDidDispose(() => {
      this.panel = this.prompt = undefined;
      this.isReady = false;
    });
    panel.onDidChangeViewState(() => this.tell());
    this.panel = panel;
    this.isReady = false;
    showPage(panel, this.extension, page);
  }

  private obey(said: FromRunPage): void {
    const prompt = this.prompt;
    switch (said.kind) {
      case 'ready':
        this.isReady = true;
        return this.tell();
      case 'run':
        if (prompt) void this.send(prompt);
        return;
      case 'stop':
        if (prompt) this.going.get(prompt.toString())?.stop.cancel();
        return;
      case 'sample':
        if (prompt) void vscode.commands.executeCommand('promptlsp.preview', { uri: prompt.toString() });
        return;
      case 'key':
        return void vscode.commands.executeCommand('promptlsp.setKey');
      case 'expect':
        return void this.expect(said.run);
      case 'copy':
        return void this.copy(said.run);
    }
  }

  private async send(prompt: vscode.Uri, ref?: string): Promise<void> {
    const uri = prompt.toString();
    if (this.going.has(uri)) return;
    const run = `${++this.last}`, stop = new vscode.CancellationTokenSource(), at = new Date().toISOString();
    this.going.set(uri, { run, model: '', stop, text: '' });
    this.failed.delete(uri);
    this.tell();
    try {
      const answer = await this.server.request(runRequest, { textDocument: { uri }, run, ...(ref !== undefined && { ref }) }, stop.token);
      this.runs.set(uri, [{ ...answer, at }, ...(this.runs.get(uri) ?? [])].slice(0, mostRuns));
    } catch (failure) {
      const isStopped = stop.token.isCancellationRequested;
      const wantsKey = failure instanceof ResponseError && failure.code === wantOfKey;
      this.failed.set(uri, { text: isStopped ? 'Stopped. What came until then is not kept.' : messageOf(failure), wantsKey });
    } finally {
      this.going.delete(uri);
      stop.dispose();
      this.tell();
    }
  }

  private hear({ run, text }: { run: string; text: string }): void {
    for (const [uri, going] of this.going) {
      if (going.run !== run) continue;
      going.text += text;
      if (uri === this.prompt?.toString()) this.say({ kind: 'piece', run, text });
    }
  }

  private async expect(run: string): Promise<void> {
    const uri = this.prompt?.toString(), found = this.find(run);
    if (!uri || !found) return;
    const name = await vscode.window.showInputBox({
      title: 'Expect this answer', value: '', ignoreFocusOut: true, placeHolder: 'late-parcel',
      prompt: 'The name of a new row: this answer is what evaluations expect for these inputs from now on.',
      validateInput: typed => typed.trim() ? undefined : 'A row needs a name.',
    });
    if (!name) return;
    const saved = await this.server.command<{ uri: string }>('promptlsp.saveExpected', { uri, name: name.trim(), answer: found.answer });
    if (saved) await vscode.window.showTextDocument(vscode.Uri.parse(saved.uri), { viewColumn: vscode.ViewColumn.One, preview: true });
  }

  private async copy(run: string): Promise<void> {
    const found = this.find(run);
    if (!found) return;
    await vscode.env.clipboard.writeText(found.answer);
    vscode.window.setStatusBarMessage('$(check) Copied the answer', 5_000);
  }

  private find(run: string): ShownRun | undefined {
    return this.prompt && this.runs.get(this.prompt.toString())?.find(r => r.run === run);
  }

  private turnTo(prompt: vscode.Uri): void {
    this.prompt = prompt;
    if (this.panel) this.panel.title = `Run ${nameOf(prompt)}`;
    this.tell();
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    const prompt = editor && promptOf(editor.document.uri);
    if (this.panel && prompt && prompt.toString() !== this.prompt?.toString()) this.turnTo(prompt);
  }

  private tell(): void {
    if (!this.prompt || !this.panel?.visible || !this.isReady) return;
    const uri = this.prompt.toString(), going = this.going.get(uri), failed = this.failed.get(uri);
    const current = going && { going: { run: going.run, model: going.model } };
    this.say({ kind: 'runs', name: nameOf(this.prompt), runs: this.runs.get(uri) ?? [], ...current, sendable: vscode.workspace.isTrusted });
    if (going?.text) this.say({ kind: 'piece', run: going.run, text: going.text });
    if (failed) this.say({ kind: 'failed', ...failed });
  }

  private say(message: ToRunPage): void {
    if (this.isReady) void this.panel?.webview.postMessage(message);
  }
}

const page: Page = {
  title: 'Run',
  file: 'run',
  body: `  <header>
    <button id="run" class="main">Run</button>
    <button id="stop" class="tool" hidden>Stop</button>
    <button id="values" class="tool" title="Choose the values in the preview; they are what is sent">Values…</button>
    <label id="picker" hidden>beside <select id="other"></select></label>
  </header>
  <div id="failure" role="alert" hidden></div>
  <main id="answers" aria-live="polite"></main>`,
};
