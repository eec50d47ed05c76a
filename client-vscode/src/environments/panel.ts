/** The page of a promotion before it is made: what is replaced, what the model would get then, which gates are open, and why. */
import * as vscode from 'vscode';
import { nameOf, uriOf, versionUri } from '../prompts';
import { promotionRequest, type EnvironmentArgument } from '../protocol';
import type { Server } from '../server';
import { showPage, type Page } from '../webview';
import { messageOf } from '../wording';
import { compareWith, page as asking, reaching } from './asking';
import type { FromPromotionPage, ToPromotionPage } from './messages';
import { watchReleases } from './watching';

const viewType = 'promptlsp.promotion';

export class Promotions implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: { prompt: vscode.Uri; environment: string } | undefined;
  private looking: vscode.CancellationTokenSource | undefined;
  private isReady = false;
  private isWorking = false;
  private readonly owned: vscode.Disposable[] = [];

  constructor(private readonly server: Server, private readonly extension: vscode.Uri) {
    asking.show = (prompt, environment) => this.show(prompt, environment);
    this.owned.push(
      vscode.workspace.onDidSaveTextDocument(() => this.look()),
      watchReleases(() => void this.look()),
      server.onDidChangeState(state => { if (state === 'running') void this.look(); }),
    );
  }

  /** For a row of the view, whose row says which. */
  open = (argument: EnvironmentArgument): void => {
    const prompt = uriOf({ uri: argument.uri ?? '' });
    if (prompt) this.show(prompt, argument.environment);
  };

  show(prompt: vscode.Uri, environment: string): void {
    this.shown = { prompt, environment };
    if (!this.panel) this.create();
    this.panel!.title = `${nameOf(prompt)} → ${environment}`;
    this.panel!.reveal();
    void this.look();
  }

  dispose(): void {
    this.looking?.cancel();
    this.panel?.dispose();
    for (const one of this.owned) one.dispose();
  }

  private create(): void {
    const panel = this.panel = vscode.window.createWebviewPanel(viewType, 'Promotion', vscode.ViewColumn.Active);
    panel.webview.onDidReceiveMessage((said: FromPromotionPage) => this.obey(said));
    panel.onDidDispose(() => {
      this.panel = this.shown = undefined;
      this.isReady = false;
    });
    panel.onDidChangeViewState(() => { if (panel.visible) void this.look(); else this.isReady = false; });
    this.isReady = false;
    showPage(panel, this.extension, page);
  }

  private obey(said: FromPromotionPage): void {
    const { shown } = this;
    if (!shown) return;
    switch (said.kind) {
      case 'ready':
        this.isReady = true;
        return void this.look();
      case 'again':
        return void this.look();
      case 'compare':
        return void compareWith(shown.prompt, shown.environment);
      case 'text':
        return void vscode.window.showTextDocument(versionUri(shown.prompt, shown.environment));
      case 'history':
        return void vscode.commands.executeCommand('promptlsp.history', { uri: shown.prompt.toString() });
      case 'rollBack':
        return void vscode.commands.executeCommand('promptlsp.rollBackEnvironment', { uri: shown.prompt.toString(), environment: shown.environment });
      case 'next':
        return this.show(shown.prompt, said.environment);
      case 'promote':
        return void this.carryOut('promptlsp.promote', `Promoting to ${shown.environment}…`, said);
      case 'approve':
        return void this.carryOut('promptlsp.approve', 'Signing… your key may ask for its passphrase, or to be touched.', said);
      case 'withdraw':
        return void this.carryOut('promptlsp.withdraw', 'Signing…', said);
    }
  }

  private async look(): Promise<void> {
    const { shown } = this;
    if (!shown || !this.panel?.visible || !this.isReady || this.isWorking) return;
    this.looking?.cancel();
    const looking = this.looking = new vscode.CancellationTokenSource();
    try {
      const promotion = await this.server.request(promotionRequest, { textDocument: { uri: shown.prompt.toString() }, environment: shown.environment }, looking.token);
      if (!looking.token.isCancellationRequested) this.say({ kind: 'promotion', promotion });
    } catch (failure) {
      if (!looking.token.isCancellationRequested) this.say({ kind: 'failed', text: messageOf(failure) });
    }
  }

  // By the server's own command, with what was shown: what moved meanwhile is refused.
  private async carryOut(command: string, what: string, { why, seen }: { why: string; seen?: string }): Promise<void> {
    const { shown } = this;
    if (!shown || this.isWorking) return;
    this.isWorking = true;
    this.say({ kind: 'working', what });
    try {
      const argument = { uri: shown.prompt.toString(), environment: shown.environment, ...(why.trim() && { why }), ...(seen !== undefined && { seen }) };
      const done = await this.server.does<{ said: string }>(command, argument);
      this.isWorking = false;
      await this.look();
      this.say({ kind: 'done', text: `${done.said}. ${reaching}` });
    } catch (failure) {
      this.isWorking = false;
      await this.look();
      this.say({ kind: 'failed', text: messageOf(failure) });
    }
  }

  private say(message: ToPromotionPage): void {
    if (this.isReady) void this.panel?.webview.postMessage(message);
  }
}

const page: Page = {
  title: 'Promotion',
  file: 'promotion',
  body: `  <header>
    <h1 id="title" tabindex="-1">…</h1>
    <p id="about"></p>
  </header>
  <div id="failure" role="alert" hidden></div>
  <div id="done" role="status" hidden></div>
  <main id="main" hidden>
    <section id="asked" aria-labelledby="gates-title"><h2 id="gates-title">Gates</h2><ul id="gates"></ul></section>
    <section id="deciding" aria-labelledby="why-label">
      <label id="why-label" for="why">Why</label>
      <textarea id="why" rows="2" placeholder="It stays with the release, for ever"></textarea>
      <div class="buttons">
        <button id="promote" class="main" aria-describedby="missing">Promote</button>
        <button id="approve" class="tool">Approve…</button>
        <button id="withdraw" class="tool" hidden>Withdraw approval</button>
        <button id="again" class="tool">Look again</button>
      </div>
      <p id="missing" role="status"></p>
    </section>
    <section id="onwards" class="buttons" aria-label="What runs there" hidden>
      <span id="next" class="buttons"></span>
      <button id="text" class="tool">Open what it holds</button>
      <button id="compare" class="tool">Compare with the prompt now</button>
      <button id="history" class="tool">Show history</button>
      <button id="rollBack" class="tool">Roll back…</button>
    </section>
    <section id="calling" aria-labelledby="contract-title" hidden><h2 id="contract-title">For those who call it</h2><ul id="contract"></ul></section>
    <section aria-labelledby="diff-title"><h2 id="diff-title">What changes</h2><p id="files"></p><div id="diff"></div></section>
  </main>`,
};
