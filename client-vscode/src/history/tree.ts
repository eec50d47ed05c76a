/** The history view: the versions of the prompt that the person is looking at, newest first, bursts folded. */
import * as vscode from 'vscode';
import { promptOf, refOf, showChange } from '../prompts';
import { historyRequest, type Argument, type Deleted, type History, type Version } from '../protocol';
import type { Server } from '../server';
import { age, changes, firstLine, shortFingerprint, who } from '../wording';

type Item = VersionItem | BurstItem | MoreItem | DeletedItem | GitItem;

export class HistoryTree implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly owned: vscode.Disposable[] = [];
  private readonly view: vscode.TreeView<Item>;
  private prompt: vscode.Uri | undefined;
  private history: History | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView('promptlsp.history', { treeDataProvider: this, canSelectMany: true, showCollapseAll: true });
    this.owned.push(
      this.view, this.changed,
      this.view.onDidChangeVisibility(() => this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => this.follow()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.follow()),
      server.onDidChangeState(() => this.refresh()),
      server.onDidChangePrompts(prompts => { if (this.prompt && prompts.has(this.prompt.toString())) void this.refresh(); }),
      vscode.commands.registerCommand('promptlsp.olderVersions', () => this.loadMore()),
      vscode.commands.registerCommand('promptlsp.showChange', (item: VersionItem) => showChange(item.prompt, item.version, { preserveFocus: true })),
    );
    this.follow();
  }

  show = async (argument?: Argument | vscode.Uri): Promise<void> => {
    const uri = argument instanceof vscode.Uri ? argument : argument && vscode.Uri.parse(argument.uri);
    this.turnTo(promptOf(uri) ?? this.prompt);
    await vscode.commands.executeCommand('promptlsp.history.focus');
  };

  async refresh(): Promise<void> {
    const prompt = this.prompt;
    // An invisible view asks for nothing; it does when it is shown.
    if (!this.view.visible) return;
    const history = prompt && await this.server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, limit: Math.max(100, this.history?.rows.length ?? 0) });
    if (prompt !== this.prompt) return;
    this.history = history ?? undefined;
    void vscode.commands.executeCommand('setContext', 'promptlsp.historyState', history?.state ?? 'on');
    this.view.message = history?.state === 'off' && history.rows.length > 0 ? history.reason ?? '' : '';
    this.changed.fire();
  }

  getTreeItem(item: Item): vscode.TreeItem {
    return item;
  }

  async getChildren(of?: Item): Promise<Item[]> {
    const { prompt, history } = this;
    if (!prompt || !history) return [];
    if (of instanceof BurstItem) return of.versions.map(v => new VersionItem(prompt, v, false));
    if (of instanceof DeletedItem) {
      const gone = await this.server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, deleted: of.deleted.name, limit: 500 });
      return itemsOf(prompt, gone?.rows ?? []);
    }
    if (of) return [];
    return [
      ...itemsOf(prompt, history.rows, history.rows[0]?.[0]),
      ...history.more ? [new MoreItem()] : history.git ? [new GitItem(prompt)] : [],
      ...(history.deleted ?? []).map(deleted => new DeletedItem(prompt, deleted)),
    ];
  }

  dispose(): void {
    for (const one of this.owned) one.dispose();
  }

  // The view keeps its prompt while the person looks at something else than an editor.
  private follow(): void {
    const shown = promptOf();
    const isOther = !shown && vscode.window.activeTextEditor !== undefined;
    if (shown || isOther) this.turnTo(shown);
    void vscode.commands.executeCommand('setContext', 'promptlsp.isPrompt', shown !== undefined);
  }

  private turnTo(prompt: vscode.Uri | undefined): void {
    if (prompt?.toString() === this.prompt?.toString()) return;
    this.prompt = prompt;
    this.history = undefined;
    this.view.description = prompt ? vscode.workspace.asRelativePath(prompt) : '';
    this.changed.fire();
    void this.refresh();
  }

  private async loadMore(): Promise<void> {
    const { prompt, history } = this;
    const oldest = history?.rows.at(-1)?.at(-1);
    if (!prompt || !history || !oldest) return;
    const older = await this.server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, before: oldest.version });
    if (!older || this.history !== history) return;
    this.history = { ...history, rows: [...history.rows, ...older.rows], more: older.more };
    this.changed.fire();
  }
}

function itemsOf(prompt: vscode.Uri, rows: Version[][], head?: Version): Item[] {
  return rows.flatMap(row => {
    const [newest] = row;
    return newest ? [row.length === 1 ? new VersionItem(prompt, newest, newest === head) : new BurstItem(row, newest)] : [];
  });
}

export class VersionItem extends vscode.TreeItem {
  constructor(readonly prompt: vscode.Uri, readonly version: Version, isHead: boolean) {
    super([`v${version.version}`, ...version.tags].join('  '), vscode.TreeItemCollapsibleState.None);
    this.id = `${prompt.toString()}?${refOf(version)}`;
    this.description = [firstLine(version.note), who(version), age(version.at), changes(version)].filter(Boolean).join(' · ');
    this.iconPath = iconOf(version);
    this.tooltip = tooltipOf(version);
    this.contextValue = version.deleted !== undefined ? 'gone' : ['version', ...(isHead ? ['head'] : []), ...(version.tags.length > 0 ? ['tagged'] : [])].join(' ');
    this.command = { command: 'promptlsp.showChange', title: 'Show What Changed', arguments: [this] };
  }
}

class BurstItem extends vscode.TreeItem {
  constructor(readonly versions: Version[], newest: Version) {
    super(`v${versions.at(-1)!.version} – v${newest.version}`, vscode.TreeItemCollapsibleState.Collapsed);
    this.id = `burst ${newest.fingerprint} ${refOf(newest)}`;
    this.description = [`${versions.length} saves`, who(newest), age(newest.at)].join(' · ');
    this.iconPath = new vscode.ThemeIcon('layers');
  }
}

/** Another prompt that was at this path before. */
export class DeletedItem extends vscode.TreeItem {
  constructor(readonly prompt: vscode.Uri, readonly deleted: Deleted) {
    super('A prompt that was here before', vscode.TreeItemCollapsibleState.Collapsed);
    this.id = `${prompt.toString()} ${deleted.name}`;
    this.description = [`deleted ${age(deleted.at)}`, `up to v${deleted.head}`, ...deleted.tags].join(' · ');
    this.iconPath = new vscode.ThemeIcon('trash');
    this.contextValue = 'deleted';
  }
}

class GitItem extends vscode.TreeItem {
  constructor(prompt: vscode.Uri) {
    super('Take over from git what came before…');
    this.iconPath = new vscode.ThemeIcon('git-commit');
    this.command = { command: 'promptlsp.importGit', title: 'Take Over from Git', arguments: [{ uri: prompt.toString() }] };
  }
}

class MoreItem extends vscode.TreeItem {
  constructor() {
    super('Older versions…');
    this.iconPath = new vscode.ThemeIcon('ellipsis');
    this.command = { command: 'promptlsp.olderVersions', title: 'Older Versions' };
  }
}

/** The version that an argument's reference names, where it is one of the newest. */
export async function toVersion(server: Server, { uri, ref }: Argument): Promise<Version | undefined> {
  const history = await server.ask(historyRequest, { textDocument: { uri }, limit: 500 });
  return history?.rows.flat().find(v => ref === `v${v.version}` || v.tags.includes(ref ?? '') || v.fingerprint.startsWith(ref ?? ' '));
}

function iconOf(version: Version): vscode.ThemeIcon {
  if (version.tags.length > 0) return new vscode.ThemeIcon('tag', new vscode.ThemeColor('charts.yellow'));
  switch (version.kind) {
    case 'rolled-back': return new vscode.ThemeIcon('discard', new vscode.ThemeColor('charts.orange'));
    case 'observed': return new vscode.ThemeIcon('eye');
    case 'imported': return new vscode.ThemeIcon('git-commit');
    case 'saved': return new vscode.ThemeIcon('circle-small-filled');
  }
}

const kinds: Record<Version['kind'], string> = {
  saved: 'Saved', observed: 'Changed outside the editor', 'rolled-back': 'Rolled back', imported: 'Imported from git',
};

function tooltipOf(version: Version): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.appendMarkdown(`**v${version.version}** · `).appendText(`${kinds[version.kind]} by ${version.author}, ${new Date(version.at).toLocaleString()}`);
  if (version.tags.length > 0) text.appendMarkdown('\n\n$(tag) ').appendText(version.tags.join(', '));
  if (version.note) text.appendMarkdown('\n\n').appendText(version.note);
  text.appendMarkdown(`\n\n\`${shortFingerprint(version)}\` ${changes(version)}`);
  if (version.commit) text.appendMarkdown(` · commit \`${version.commit.slice(0, 8)}\``);
  return text;
}
