/** The item at the bottom: the prompt's version, tags and tokens, or how the server is. */
import * as vscode from 'vscode';
import { promptOf } from './prompts';
import { statusRequest, type Status } from './protocol';
import type { Previews } from './preview/panel';
import type { Server } from './server';
import { count, inOneLine } from './wording';

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('promptlsp.status', vscode.StatusBarAlignment.Right, 90);
  private readonly owned: vscode.Disposable[] = [this.item];
  private asked = new vscode.CancellationTokenSource();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server, private readonly previews: Previews) {
    this.item.name = 'PromptLsp';
    this.owned.push(
      server.onDidChangeState(() => void this.update()),
      server.onDidChangePrompts(() => void this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => void this.update()),
      previews.onDidChangeActive(() => void this.update()),
      vscode.workspace.onDidSaveTextDocument(() => void this.update()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== vscode.window.activeTextEditor?.document) return;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => void this.update(), 500);
      }),
    );
    void this.update();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked.cancel();
    for (const one of this.owned) one.dispose();
  }

  private async update(): Promise<void> {
    this.asked.cancel();
    const { token } = this.asked = new vscode.CancellationTokenSource();
    const prompt = this.previews.active ?? promptOf();
    if (!prompt) return this.item.hide();
    if (this.server.state !== 'running') return this.showServer();
    const status = await this.server.ask(statusRequest, { textDocument: { uri: prompt.toString() } }, token);
    if (token.isCancellationRequested) return;
    this.item.backgroundColor = undefined;
    this.item.text = status ? textOf(status) : '$(comment-discussion) PromptLsp';
    this.item.tooltip = tooltipOf(status ?? undefined);
    const argument = { uri: prompt.toString(), ...(status?.version && { ref: `v${status.version.version}` }) };
    this.item.command = status ? { command: 'promptlsp.history', title: 'Show History', arguments: [argument] } : { command: 'promptlsp.showLog', title: 'Show Log' };
    this.item.show();
  }

  private showServer(): void {
    const isStarting = this.server.state === 'starting';
    this.item.text = isStarting ? '$(sync~spin) PromptLsp' : '$(error) PromptLsp';
    this.item.tooltip = isStarting ? 'The server is starting.' : this.server.state === 'missing' ? 'There is no server for this platform. Click to try again.' : 'The server is not running. Click to start it.';
    this.item.backgroundColor = isStarting ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground');
    this.item.command = isStarting ? 'promptlsp.showLog' : 'promptlsp.restart';
    this.item.show();
  }
}

function textOf({ state, version: shown, modified, tokens, about, tokenLimit, cost, failure, unavailable, changedThrough }: Status): string {
  const isOver = tokens !== undefined && tokenLimit !== undefined && tokens > tokenLimit;
  const version = state === 'off' ? '$(circle-slash) history off'
    : !shown ? '$(history) no version'
    : `$(history) v${shown.version}${modified || changedThrough?.length ? '*' : ''}`;
  const parts = [version, ...(shown?.tags.slice(0, 2).map(t => `$(tag) ${t}`) ?? [])];
  if (unavailable !== undefined) parts.push('$(info) not rendered');
  else if (failure !== undefined) parts.push('$(error) fails');
  else if (tokens !== undefined) {
    const price = cost === undefined ? '' : ` · ${cost}`;
    parts.push(`${isOver ? '$(warning) ' : ''}${about ? '≈ ' : ''}${count(tokens)} tokens${price}`);
  }
  return parts.join('  ');
}

function tooltipOf(status: Status | undefined): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.isTrusted = { enabledCommands: ['promptlsp.history', 'promptlsp.preview', 'promptlsp.restart', 'promptlsp.showLog'] };
  const line = (said: string): void => void text.appendText(said).appendMarkdown('\n\n');
  if (status?.version) line(inOneLine(status.version));
  if (status?.reason) line(status.reason);
  if (status?.modified) line('It has changes that are in no version yet.');
  if (status?.changedThrough?.length) line(`Changed through ${status.changedThrough.join(', ')}.`);
  if (status?.unavailable !== undefined) line(status.unavailable);
  const sample = status?.sample === undefined ? '' : ` with the sample ${status.sample}`;
  if (status?.failure !== undefined) line(`Does not render${sample}: ${status.failure}`);
  if (status?.tokens !== undefined) {
    const limit = status.tokenLimit === undefined ? '' : ` of ${count(status.tokenLimit)}`, model = status.model ? ` for ${status.model}` : '';
    const price = status.cost === undefined ? '' : `, ${status.cost} to send`;
    line(`${status.about ? '≈ ' : ''}${count(status.tokens)} tokens${limit}${model}${sample}${price}`);
  }
  text.appendMarkdown('[History](command:promptlsp.history) · [Preview](command:promptlsp.preview) · [Restart server](command:promptlsp.restart) · [Log](command:promptlsp.showLog)');
  return text;
}
