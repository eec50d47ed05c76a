/** The preview beside the editor: asks the server as the person types, and shows the answer in a page that can reach nothing. */
import * as vscode from 'vscode';
import { nameOf, promptOf, uriOf } from '../prompts';
import { previewRequest, type Argument, type Preview } from '../protocol';
import type { Server } from '../server';
import { showPage, type Page } from '../webview';
import { copied } from './copied';
import type { CopyFormat, FromPage, PageState, Place, Target, ToPage } from './messages';

const viewType = 'promptlsp.preview';

export class Previews implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private prompt: vscode.Uri | undefined;
  private readonly samples = new Map<string, string>();
  private readonly changed = new Map<string, Record<string, string>>();
  private shown: Preview | undefined;
  private isAsking = false;
  private isStale = false;
  private isReady = false;
  private readonly activeChanged = new vscode.EventEmitter<void>();
  private readonly owned: vscode.Disposable[] = [this.activeChanged];

  /** The panel has come to the front, or has left it. */
  readonly onDidChangeActive = this.activeChanged.event;

  constructor(private readonly server: Server, private readonly extension: vscode.Uri) {
    this.owned.push(
      vscode.workspace.onDidChangeTextDocument(({ document }) => { if (this.isShown(document.uri)) this.update(); }),
      vscode.window.onDidChangeActiveTextEditor(editor => this.follow(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.point(textEditor)),
      server.onDidChangePrompts(prompts => { if (this.prompt && prompts.has(this.prompt.toString())) this.update(); }),
      server.onDidChangeState(() => this.update()),
    );
    // A window that comes back shows its preview again; in a workspace that is not trusted nothing is rendered unless it is asked for.
    if (vscode.workspace.isTrusted)
      this.owned.push(vscode.window.registerWebviewPanelSerializer(viewType, { deserializeWebviewPanel: (panel, state) => this.restore(panel, state as PageState | undefined) }));
  }

  /** The prompt that is shown, while the person is in the panel. */
  get active(): vscode.Uri | undefined {
    return this.panel?.active ? this.prompt : undefined;
  }

  show = (argument?: Argument | vscode.Uri): void => {
    const prompt = promptOf(uriOf(argument)) ?? this.prompt;
    if (!prompt) return void vscode.window.showInformationMessage('Open a .prompt file to preview it.');
    if (argument && !(argument instanceof vscode.Uri) && argument.sample !== undefined) this.samples.set(prompt.toString(), argument.sample);
    if (this.panel) this.panel.reveal(undefined, true);
    else this.adopt(vscode.window.createWebviewPanel(viewType, 'Preview', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }));
    this.turnTo(prompt);
  };

  dispose(): void {
    this.panel?.dispose();
    for (const one of this.owned) one.dispose();
  }

  private restore(panel: vscode.WebviewPanel, state: PageState | undefined): Promise<void> {
    if (!state || this.panel) panel.dispose();
    else {
      if (state.sample !== null) this.samples.set(state.uri, state.sample);
      this.changed.set(state.uri, state.inputs ?? {});
      this.adopt(panel);
      this.turnTo(vscode.Uri.parse(state.uri));
    }
    return Promise.resolve();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.webview.onDidReceiveMessage((said: FromPage) => this.hear(said));
    panel.onDidDispose(() => {
      this.panel = this.prompt = undefined;
      this.isReady = false;
    });
    panel.onDidChangeViewState(() => {
      this.update();
      this.activeChanged.fire();
    });
    this.isReady = false;
    showPage(panel, this.extension, page);
  }

  private hear(said: FromPage): void {
    switch (said.kind) {
      case 'ready':
        this.isReady = true;
        return this.update();
      case 'sample':
        if (this.prompt) this.choose(this.prompt.toString(), said.name);
        return this.update();
      case 'input':
        if (this.prompt) this.change(this.prompt.toString(), said.name, said.text);
        return this.update();
      case 'save':
        return void this.save();
      case 'copy':
        return void this.copy(said.as);
      case 'go':
        return void this.go(said.target);
    }
  }

  private choose(uri: string, sample: string): void {
    this.samples.set(uri, sample);
    this.changed.delete(uri);
  }

  private change(uri: string, input: string, text: string | null): void {
    const { [input]: _, ...others } = this.changed.get(uri) ?? {};
    this.changed.set(uri, text === null ? others : { ...others, [input]: text });
  }

  // The edit is the server's, and the editor's undo takes it back.
  private async save(): Promise<void> {
    const uri = this.prompt?.toString(), now = this.shown;
    if (!uri || !now) return;
    const name = await vscode.window.showInputBox({
      title: 'Save as a sample', value: now.sample ?? 'first', ignoreFocusOut: true,
      prompt: 'Its name. A sample of that name gets these values; any other stays as it is.',
      validateInput: typed => typed.trim() ? undefined : 'A sample needs a name.',
    });
    if (!name) return;
    const argument = { uri, name: name.trim(), ...(now.sample !== null && { sample: now.sample }), inputs: this.changed.get(uri) ?? {} };
    if (await this.server.run('promptlsp.saveSample', argument)) {
      this.choose(uri, argument.name);
      vscode.window.setStatusBarMessage(`$(check) Saved as the sample ${argument.name}; undo takes it back`, 5_000);
      this.update();
    }
  }

  private async copy(as: CopyFormat): Promise<void> {
    if (!this.shown) return;
    await vscode.env.clipboard.writeText(copied(this.shown.messages, as));
    vscode.window.setStatusBarMessage(`$(check) Copied as ${as === 'json' ? 'JSON' : as === 'markdown' ? 'Markdown' : 'text'}`, 5_000);
  }

  private turnTo(prompt: vscode.Uri): void {
    this.prompt = prompt;
    if (this.panel) this.panel.title = `Preview ${nameOf(prompt)}`;
    this.update();
  }

  // One question at a time; while it is being answered, the newest text waits.
  private update(): void {
    if (!this.panel?.visible || !this.isReady || !this.prompt) return;
    this.isStale = true;
    if (!this.isAsking) void this.ask();
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    try {
      while (this.isStale && this.prompt) {
        this.isStale = false;
        const uri = this.prompt.toString(), sample = this.samples.get(uri), inputs = this.changed.get(uri) ?? {};
        const preview = await this.server.ask(previewRequest, { textDocument: { uri }, ...(sample !== undefined && { sample }), inputs });
        if (uri !== this.prompt?.toString()) continue;
        // We can hear of a change before the client library has told the server: then the answer is of the text before it.
        const open = vscode.workspace.textDocuments.find(d => d.uri.toString() === uri);
        if (preview && preview.documentVersion !== null && open && preview.documentVersion < open.version) {
          this.isStale = true;
          await new Promise(soon => setTimeout(soon, 10));
        }
        this.shown = preview && preview.unavailable === undefined ? preview : undefined;
        this.say(this.shown ? { kind: 'preview', uri, name: nameOf(this.prompt), preview: this.shown, changed: inputs } : { kind: 'nothing', uri, text: preview?.unavailable ?? this.whyNothing() });
        const editor = vscode.window.activeTextEditor;
        if (editor) this.point(editor);
      }
    } finally {
      this.isAsking = false;
    }
  }

  private whyNothing(): string {
    switch (this.server.state) {
      case 'running': return 'This file cannot be previewed: it is no prompt that the server could read.';
      case 'starting': return 'The server is starting.';
      default: return 'The server is not running.';
    }
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    const prompt = editor && promptOf(editor.document.uri);
    if (this.panel && prompt && prompt.toString() !== this.prompt?.toString()) this.turnTo(prompt);
  }

  private point({ document, selection }: vscode.TextEditor): void {
    if (!this.panel?.visible || !this.isReady || document.uri.scheme === 'output') return;
    const follow = vscode.workspace.getConfiguration('promptlsp').get('preview.followCursor', true);
    const { line, character } = selection.active;
    this.say({ kind: 'cursor', uri: document.uri.toString(), at: { line, character }, follow });
  }

  private async go({ uri, range }: Target): Promise<void> {
    const target = vscode.Uri.parse(uri);
    const open = vscode.window.visibleTextEditors.find(e => e.document.uri.toString() === target.toString());
    const place = (at: Place): vscode.Position => new vscode.Position(at.line, at.character);
    await vscode.window.showTextDocument(target, {
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
      selection: new vscode.Range(place(range.start), place(range.end)),
    });
  }

  private isShown(uri: vscode.Uri): boolean {
    return this.prompt?.toString() === uri.toString();
  }

  private say(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }
}

const page: Page = {
  title: 'Preview',
  file: 'page',
  hasPictures: true,
  body: `  <header>
    <div class="bar">
      <label id="picker" hidden>Sample <select id="sample"></select></label>
      <span id="tools" hidden>
        <button id="edit" class="tool" aria-expanded="false" aria-controls="inputs" title="Change the values that this preview is made with">Inputs</button>
        <label class="tool">Copy <select id="copy" aria-label="Copy the messages"><option value="">as…</option><option value="text">text</option><option value="markdown">Markdown</option><option value="json">JSON</option></select></label>
      </span>
      <span id="tokens" role="status"></span>
    </div>
    <div id="meter" hidden><div></div></div>
    <div id="legend" aria-label="Inputs"></div>
    <section id="inputs" aria-label="Values of the inputs" hidden></section>
  </header>
  <div id="failure" role="alert" hidden></div>
  <main id="messages"></main>`,
};
