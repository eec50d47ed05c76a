/** The running server: started, restarted, asked. Everything else of the extension reaches it through this. */
import * as vscode from 'vscode';
import {
  CloseAction, ErrorAction, LanguageClient, State,
  type ErrorHandler, type LanguageClientOptions, type Middleware, type RequestType, type StaticFeature,
} from 'vscode-languageclient/node';
import { findServer, NoServer } from './executable';
import { changedNotification, evaluatingNotification, pieceNotification } from './protocol';
import { messageOf } from './wording';

export type ServerState = 'starting' | 'running' | 'stopped' | 'missing';

const mostCrashes = 4, crashWindow = 3 * 60_000;

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly log = vscode.window.createOutputChannel('PromptLsp', { log: true });
  private readonly trace = vscode.window.createOutputChannel('PromptLsp Trace', { log: true });
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly promptsChanged = new vscode.EventEmitter<ReadonlySet<string>>();
  private readonly environmentsChanged = new vscode.EventEmitter<void>();
  private readonly pieceCame = new vscode.EventEmitter<{ run: string; text: string }>();
  private readonly evaluated = new vscode.EventEmitter<{ run: string; done: number; total: number; cost: string }>();
  private running: Promise<void> = Promise.resolve();

  readonly onDidChangeState = this.stateChanged.event;

  /** What the server said of these prompts (URIs as strings) no longer holds. */
  readonly onDidChangePrompts = this.promptsChanged.event;

  /** Something was done to what runs where, here: nobody need wait until the files are seen to have changed. */
  readonly onDidChangeEnvironments = this.environmentsChanged.event;

  /** A piece of an answer has come. */
  readonly onDidReceivePiece = this.pieceCame.event;

  /** An evaluation is so far. */
  readonly onDidEvaluate = this.evaluated.event;

  state: ServerState = 'stopped';

  constructor(
    private readonly context: vscode.ExtensionContext, private readonly middleware: Middleware, private readonly keys: () => Promise<Record<string, string>>,
  ) {}

  /** Starts anew; several calls at once are one after the other. */
  restart(): Promise<void> {
    return this.running = this.running.then(() => this.stop()).then(() => this.start());
  }

  showLog(): void {
    this.log.show(true);
  }

  /** The answer, or nothing where there is no server, it does not know the request, or the request was cancelled. */
  async ask<P, R>(request: RequestType<P, R, void>, params: P, token?: vscode.CancellationToken): Promise<R | undefined> {
    const client = this.client;
    if (!client || !this.speaks(client)) return undefined;
    try {
      // A token that is not there would go over the wire as a second parameter.
      return await (token ? client.sendRequest<R>(request.method, params, token) : client.sendRequest<R>(request.method, params));
    } catch (failure) {
      if (!token?.isCancellationRequested) this.log.debug(`${request.method}: ${String(failure)}`);
      return undefined;
    }
  }

  /** The answer of a request that a person made and waits for; what keeps the server from it is thrown, as a line for that person. */
  async request<P, R>(request: RequestType<P, R, void>, params: P, token: vscode.CancellationToken): Promise<R> {
    const client = this.client;
    if (!client || !this.speaks(client)) throw new Error('The server is not running.');
    return client.sendRequest<R>(request.method, params, token);
  }

  /** What a command of the server's gives; what keeps the server from it is thrown, as a line for the person who gave it. */
  async does<R>(command: string, argument: object): Promise<R> {
    if (!this.client) throw new Error('The server is not running.');
    const done = await this.client.sendRequest<R>('workspace/executeCommand', { command, arguments: [argument] });
    this.environmentsChanged.fire();
    return done;
  }

  /** What a command of the server's gives; nothing where it fails, which is then said. */
  async command<R>(command: string, argument: object): Promise<R | undefined> {
    try {
      return await this.client?.sendRequest<R>('workspace/executeCommand', { command, arguments: [argument] });
    } catch (failure) {
      void vscode.window.showErrorMessage(messageOf(failure));
      return undefined;
    }
  }

  /** Runs a command of the server's; false where it fails, which is then said. */
  async run(command: string, argument: object): Promise<boolean> {
    try {
      if (!this.client) return false;
      await this.client.sendRequest('workspace/executeCommand', { command, arguments: [argument] });
      return true;
    } catch (failure) {
      void vscode.window.showErrorMessage(messageOf(failure));
      return false;
    }
  }

  dispose(): void {
    void this.stop();
    for (const owned of [this.log, this.trace, this.stateChanged, this.promptsChanged, this.environmentsChanged, this.pieceCame, this.evaluated]) owned.dispose();
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    try {
      await client.dispose(2_000);
    } catch {
      // It is gone already.
    }
    this.become('stopped');
  }

  private async start(): Promise<void> {
    this.become('starting');
    try {
      const settings = vscode.workspace.getConfiguration('promptlsp');
      const found = await findServer(settings.get('server.path', ''), this.context.extensionPath);
      const run = { ...found, options: { env: { ...process.env, ...(vscode.workspace.isTrusted && await this.keys()) } } };
      this.log.info(`Starting ${run.command} ${run.args.join(' ')}`);
      const client = new LanguageClient('promptlsp', 'PromptLsp', { run, debug: run }, this.options(settings));
      client.registerFeature(asks);
      client.onDidChangeState(({ newState }) => this.follow(client, newState));
      client.onNotification(changedNotification, ({ uris }) => this.promptsChanged.fire(new Set(uris.map(u => vscode.Uri.parse(u).toString()))));
      client.onNotification(pieceNotification, piece => this.pieceCame.fire(piece));
      client.onNotification(evaluatingNotification, progress => this.evaluated.fire(progress));
      this.client = client;
      await client.start();
    } catch (failure) {
      this.client = undefined;
      this.become(failure instanceof NoServer ? 'missing' : 'stopped');
      void this.tellWhy(failure);
    }
  }

  private options(settings: vscode.WorkspaceConfiguration): LanguageClientOptions {
    return {
      // By pattern: another extension's language for `.prompt` does not switch us off, and old versions are no files of ours.
      documentSelector: [
        { scheme: 'file', pattern: '**/*.prompt' },
        { scheme: 'untitled', pattern: '**/*.prompt' },
        { scheme: 'untitled', language: 'promptlsp' },
        { scheme: 'file', pattern: '**/promptlsp.yaml' },
        { scheme: 'file', pattern: '**/evaluations/**/*.{yaml,yml}' },
      ],
      initializationOptions: { trusted: vscode.workspace.isTrusted, history: settings.get('history.enabled', true), importGit: settings.get('history.importGit', true) },
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      middleware: this.middleware,
      errorHandler: this.afterCrash(),
    };
  }

  // A server that fell is started again, unless it keeps falling.
  private afterCrash(): ErrorHandler {
    const crashes: number[] = [];
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        const now = Date.now();
        crashes.push(now);
        while (now - crashes[0]! > crashWindow) crashes.shift();
        if (crashes.length <= mostCrashes) return { action: CloseAction.Restart, handled: true };
        void this.tellWhy(new Error(`The server ended ${crashes.length} times in three minutes and is not started again.`));
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  private follow(client: LanguageClient, state: State): void {
    if (client !== this.client) return;
    this.become(state === State.Running ? 'running' : state === State.Starting ? 'starting' : 'stopped');
  }

  private become(state: ServerState): void {
    this.state = state;
    const speaks = state === 'running' && this.client !== undefined && this.speaks(this.client);
    void vscode.commands.executeCommand('setContext', 'promptlsp.running', speaks);
    this.stateChanged.fire(state);
  }

  private speaks(client: LanguageClient): boolean {
    const own = (client.initializeResult?.capabilities.experimental as { promptlsp?: { protocol?: number } } | undefined)?.promptlsp;
    return own?.protocol === 1;
  }

  private async tellWhy(failure: unknown): Promise<void> {
    const text = messageOf(failure);
    this.log.error(text);
    const settings = 'Open Settings', again = 'Restart', log = 'Show Log';
    const chosen = await vscode.window.showErrorMessage(`PromptLsp: ${text}`, ...(failure instanceof NoServer ? [settings, again] : [again, log]));
    if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'promptlsp.server.path');
    if (chosen === again) await this.restart();
    if (chosen === log) this.showLog();
  }
}

/** Tells the server that there is a person to ask. */
const asks: StaticFeature = {
  fillClientCapabilities: capabilities => {
    capabilities.experimental = { ...capabilities.experimental as object | undefined, promptlsp: { asks: true } };
  },
  initialize: () => {},
  getState: () => ({ kind: 'static' }),
  clear: () => {},
};
