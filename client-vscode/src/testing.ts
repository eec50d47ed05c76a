/** The Testing view: the tests that prompts carry with them, and evaluations, whose rows are asked of a model. */
import * as vscode from 'vscode';
import { promptOf, uriOf } from './prompts';
import { evaluateRequest, runTestsRequest, testsRequest, type Argument, type TestFile, type TestResults } from './protocol';
import type { Server } from './server';
import { messageOf } from './wording';

const looked = '**/{*.prompt,evaluations/**/*.{yaml,yml,jsonl}}';

export class Tests implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController('promptlsp', 'Prompts');
  private readonly kinds = new WeakMap<vscode.TestItem, TestFile['kind']>();
  private readonly owned: vscode.Disposable[] = [this.controller];
  private report: { name: string; page: string } | undefined;
  private panel: vscode.WebviewPanel | undefined;
  private soon: NodeJS.Timeout | undefined;
  private last = 0;
  private isFound = false;

  constructor(private readonly server: Server) {
    const tested = new vscode.TestTag('tested'), asked = new vscode.TestTag('asked');
    this.tags = { prompt: tested, evaluation: asked };
    // Two profiles, so that "run all" asks no model and costs nothing.
    const { Run } = vscode.TestRunProfileKind;
    this.controller.createRunProfile('Run tests', Run, (request, token) => this.run(request, token, 'prompt'), true, tested);
    this.controller.createRunProfile('Ask the model', Run, (request, token) => this.run(request, token, 'evaluation'), false, asked);
    this.controller.createRunProfile('Compare with the newest tag', Run, (request, token) => this.run(request, token, 'evaluation', true), false, asked);
    this.controller.resolveHandler = async item => { if (!item) await this.find(); };
    this.controller.refreshHandler = () => this.find();
    const watcher = vscode.workspace.createFileSystemWatcher(looked);
    this.owned.push(
      watcher, watcher.onDidChange(uri => this.later(uri)), watcher.onDidCreate(uri => this.later(uri)), watcher.onDidDelete(() => this.later()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => { if (vscode.languages.match({ pattern: looked }, document)) this.later(document.uri); }),
      vscode.workspace.onDidOpenTextDocument(document => { if (vscode.languages.match({ pattern: looked }, document)) this.later(document.uri); }),
      server.onDidChangeState(state => { if (state === 'running' && this.isFound) void this.find(); }),
    );
  }

  private readonly tags: Record<TestFile['kind'], vscode.TestTag>;

  /** Runs the tests of one prompt: by its lens, or by name. */
  runOf = async (argument?: Argument | vscode.Uri): Promise<void> => {
    const prompt = promptOf(uriOf(argument));
    if (!prompt) return void vscode.window.showInformationMessage('Open a .prompt file to run its tests.');
    await this.findIn(prompt);
    const item = this.controller.items.get(prompt.toString());
    if (!item) return void vscode.window.showInformationMessage('This prompt has no test; tests stand in the front matter, under tests.');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await this.run(new vscode.TestRunRequest([item]), new vscode.CancellationTokenSource().token, 'prompt');
  };

  /** The last evaluation as a page. */
  showReport = (): void => {
    if (!this.report) return void vscode.window.showInformationMessage('No evaluation has been run in this window; run one in the Testing view.');
    if (this.panel) this.panel.reveal();
    else {
      // The page has a policy of its own, by which it loads and runs nothing.
      const inert = { enableScripts: false, enableForms: false, enableCommandUris: false, localResourceRoots: [] };
      this.panel = vscode.window.createWebviewPanel('promptlsp.report', 'Evaluation', vscode.ViewColumn.Beside, inert);
      this.panel.onDidDispose(() => { this.panel = undefined; });
    }
    this.panel.title = this.report.name;
    this.panel.webview.html = this.report.page;
  };

  dispose(): void {
    clearTimeout(this.soon);
    this.panel?.dispose();
    for (const one of this.owned) one.dispose();
  }

  private async find(): Promise<void> {
    const found = await this.server.ask(testsRequest, {});
    if (!found) return;
    this.isFound = true;
    const uris = new Set(found.files.map(f => vscode.Uri.parse(f.uri).toString()));
    this.controller.items.forEach(item => { if (!uris.has(item.id)) this.controller.items.delete(item.id); });
    for (const file of found.files) this.show(file);
  }

  private async findIn(uri: vscode.Uri): Promise<void> {
    const found = await this.server.ask(testsRequest, { textDocument: { uri: uri.toString() } });
    if (!found) return;
    const [file] = found.files;
    if (file) this.show(file);
    else this.controller.items.delete(uri.toString());
  }

  // What somebody types is looked at when they rest.
  private later(uri?: vscode.Uri): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void (uri && !/\.jsonl$/.test(uri.path) ? this.findIn(uri) : this.find()), 500);
  }

  private show(file: TestFile): void {
    const uri = vscode.Uri.parse(file.uri), id = uri.toString();
    const item = this.controller.items.get(id) ?? this.controller.createTestItem(id, file.name, uri);
    item.tags = [this.tags[file.kind]];
    if (file.kind === 'evaluation') item.description = 'asks a model';
    this.kinds.set(item, file.kind);
    item.children.replace(file.items.map(one => {
      const child = this.controller.createTestItem(one.id, one.id, vscode.Uri.parse(one.uri));
      child.range = rangeOf(one.range);
      // A row alone is not asked: an evaluation is whole.
      child.tags = file.kind === 'prompt' ? item.tags : [];
      return child;
    }));
    this.controller.items.add(item);
  }

  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken, kind: TestFile['kind'], compare = false): Promise<void> {
    const run = this.controller.createTestRun(request);
    const files = new Set<vscode.TestItem>();
    if (request.include) for (const item of request.include) files.add(item.parent ?? item);
    else this.controller.items.forEach(item => files.add(item));
    const named = (item: vscode.TestItem | undefined): boolean => item !== undefined && request.include?.includes(item) !== false;
    const chosen = (item: vscode.TestItem): boolean => !request.exclude?.includes(item) && (named(item) || named(item.parent));
    try {
      for (const file of files) {
        if (token.isCancellationRequested) break;
        if (this.kinds.get(file) !== kind || request.exclude?.includes(file)) continue;
        const children: vscode.TestItem[] = [];
        file.children.forEach(child => { if (kind === 'evaluation' || chosen(child)) children.push(child); });
        const ask = (): Promise<TestResults> => kind === 'evaluation' ? this.evaluate(file, run, token, compare)
          : this.server.request(runTestsRequest, { textDocument: { uri: file.uri!.toString() } }, token);
        await this.runFile(file, children, run, ask, token);
      }
    } finally {
      run.end();
    }
  }

  private async runFile(
    file: vscode.TestItem, children: vscode.TestItem[], run: vscode.TestRun, ask: () => Promise<TestResults>, token: vscode.CancellationToken,
  ): Promise<void> {
    for (const child of children) run.started(child);
    const begun = Date.now();
    try {
      const told = await ask();
      if (told.error !== undefined) {
        run.appendOutput(`${told.error}\r\n`, undefined, file);
        return run.errored(file, new vscode.TestMessage(told.error));
      }
      if (told.text !== undefined) run.appendOutput(told.text.replaceAll('\n', '\r\n'));
      for (const child of children) this.conclude(child, told, run, (Date.now() - begun) / children.length);
    } catch (failure) {
      for (const child of children) run.skipped(child);
      if (!token.isCancellationRequested) run.errored(file, new vscode.TestMessage(messageOf(failure)));
    }
  }

  private async evaluate(file: vscode.TestItem, run: vscode.TestRun, token: vscode.CancellationToken, compare: boolean): Promise<TestResults> {
    const name = `${++this.last}`;
    return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: `Asking ${file.label}` }, async progress => {
      const heard = this.server.onDidEvaluate(so => { if (so.run === name) progress.report({ message: `${so.done} of ${so.total} · ${so.cost}` }); });
      try {
        const told = await this.server.request(evaluateRequest, { textDocument: { uri: file.uri!.toString() }, run: name, compare }, token);
        if (told.page !== undefined) {
          this.report = { name: file.label, page: told.page };
          if (this.panel) this.showReport();
          run.appendOutput('The command “PromptLsp: Show Evaluation Report” shows this as a page.\r\n\r\n');
        }
        return told;
      } finally {
        heard.dispose();
      }
    });
  }

  private conclude(child: vscode.TestItem, told: TestResults, run: vscode.TestRun, time: number): void {
    const result = told.results.find(r => r.id === child.id);
    if (!result || result.outcome === 'not-run') return run.skipped(child);
    if (result.outcome === 'passed') return run.passed(child, time);
    run.failed(child, result.messages.map(({ text, uri, range }) => {
      const message = new vscode.TestMessage(text);
      message.location = new vscode.Location(vscode.Uri.parse(uri), rangeOf(range));
      return message;
    }), time);
  }
}

function rangeOf({ start, end }: { start: { line: number; character: number }; end: { line: number; character: number } }): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
