/** The history view: the versions of the prompt that the person is looking at, newest first, bursts folded. */
import * as vscode from 'vscode';
import { promptOf, refOf, showChange, uriOf } from '../prompts';
import { historyRequest, statusRequest, type Argument, type Deleted, type History, type Version } from '../protocol';
import type { Server } from '../server';
import { age, allChanges, changes, firstLine, origin, shortFingerprint, theText, who } from '../wording';
import { placesOf, told } from './moves';

type Item = VersionItem | BurstItem | MoreItem | DeletedItem | GitItem;

export class HistoryTree implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly owned: vscode.Disposable[] = [];
  private readonly view: vscode.TreeView<Item>;
  private prompt: vscode.Uri | undefined;
  /** Whose rows are shown: those of the prompt before stay until the new ones are there. */
  private shown: vscode.Uri | undefined;
  private history: History | undefined;
  /** The version whose text the prompt has now. */
  private current: number | undefined;
  private items: Item[] = [];
  private wanted: string | undefined;

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

  /** Brings the view to the front, and to the version that is named. */
  show = async (argument?: Argument | vscode.Uri): Promise<void> => {
    const uri = uriOf(argument);
    this.turnTo(promptOf(uri) ?? this.prompt);
    await vscode.commands.executeCommand('promptlsp.history.focus');
    this.wanted = argument instanceof vscode.Uri ? undefined : argument?.ref;
    await this.refresh();
  };

  // Once the view is shown and its rows are known.
  private async revealWanted(): Promise<void> {
    const ref = this.wanted;
    if (ref === undefined) return;
    this.wanted = undefined;
    await this.getChildren();
    const item = this.items.flatMap(item => item instanceof BurstItem ? item.children : [item])
      .find(item => item instanceof VersionItem && refOf(item.version) === ref);
    if (item) await this.view.reveal(item, { select: true, focus: true });
  }

  async refresh(): Promise<void> {
    const prompt = this.prompt;
    // An invisible view asks for nothing; it does when it is shown.
    if (!this.view.visible) return;
    const textDocument = { uri: prompt?.toString() ?? '' };
    const [history, status] = await Promise.all(prompt ? [
      this.server.ask(historyRequest, { textDocument, limit: Math.max(100, this.shown === prompt ? this.history?.rows.length ?? 0 : 0) }), this.server.ask(statusRequest, { textDocument }),
    ] : []);
    if (prompt !== this.prompt) return;
    // While the server starts, or is busy, what was known stays in sight.
    if (prompt && !history && !status && this.shown?.toString() === prompt.toString()) return;
    this.shown = prompt;
    this.view.description = prompt ? vscode.workspace.asRelativePath(prompt) : '';
    this.history = history ?? undefined;
    this.current = status ? status.modified ? undefined : status.version?.version : history?.rows[0]?.[0]?.version;
    void vscode.commands.executeCommand('setContext', 'promptlsp.git', history?.git === true);
    void vscode.commands.executeCommand('setContext', 'promptlsp.historyState', history?.state ?? status?.state ?? 'on');
    this.view.message = (history ?? status)?.state === 'off' ? history?.reason ?? status?.reason ?? '' : '';
    this.changed.fire();
    await this.revealWanted();
  }

  getTreeItem(item: Item): vscode.TreeItem {
    return item;
  }

  getParent(item: Item): Item | undefined {
    return this.items.find(other => other instanceof BurstItem && other.children.some(child => child.id === item.id));
  }

  async getChildren(of?: Item): Promise<Item[]> {
    const { shown: prompt, history } = this;
    if (!prompt || !history) return [];
    if (of instanceof BurstItem) return of.children;
    if (of instanceof DeletedItem) {
      const gone = await this.server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, deleted: of.deleted.name, limit: 500 });
      return itemsOf(prompt, gone?.rows ?? []);
    }
    if (of) return [];
    const rows = itemsOf(prompt, history.rows, this.current), deleted = (history.deleted ?? []).map(deleted => new DeletedItem(prompt, deleted));
    // In an empty view there is a button for it.
    const git = history.git && rows.length + deleted.length > 0 ? [new GitItem(prompt)] : [];
    return this.items = [...rows, ...history.more ? [new MoreItem()] : git, ...deleted];
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
    void vscode.commands.executeCommand('setContext', 'promptlsp.hasPrompt', this.prompt !== undefined);
  }

  private turnTo(prompt: vscode.Uri | undefined): void {
    if (prompt?.toString() === this.prompt?.toString()) return;
    this.prompt = prompt;
    void this.refresh();
  }

  private async loadMore(): Promise<void> {
    const { shown: prompt, history } = this;
    const oldest = history?.rows.at(-1)?.at(-1);
    if (!prompt || !history || !oldest) return;
    const older = await this.server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, before: oldest.version });
    if (!older || this.history !== history) return;
    this.history = { ...history, rows: [...history.rows, ...older.rows], more: older.more };
    this.changed.fire();
  }
}

function itemsOf(prompt: vscode.Uri, rows: Version[][], current?: number): Item[] {
  return rows.flatMap((row): Item[] => {
    const [newest] = row, items = row.map(version => new VersionItem(prompt, version, version.version === current));
    return newest ? row.length === 1 ? items : [new BurstItem(prompt, row, items, newest)] : [];
  });
}

export class VersionItem extends vscode.TreeItem {
  constructor(readonly prompt: vscode.Uri, readonly version: Version, isCurrent: boolean) {
    super([`v${version.version}`, ...version.tags].join('  '), vscode.TreeItemCollapsibleState.None);
    this.id = `${prompt.toString()}?${refOf(version)}`;
    // What is short comes first: of the rest a narrow view shows what it can.
    this.description = [isCurrent ? theText : '', age(version.at), origin(version), placesOf(version), changes(version), who(version), firstLine(version.note)].filter(Boolean).join(' · ');
    this.iconPath = iconOf(version);
    this.tooltip = tooltipOf(version);
    const marks = ['version', isCurrent ? 'current' : '', version.tags.length > 0 ? 'tagged' : ''];
    this.contextValue = version.deleted !== undefined ? 'gone' : marks.filter(Boolean).join(' ');
    this.command = { command: 'promptlsp.showChange', title: 'Show What Changed', arguments: [this] };
  }
}

class BurstItem extends vscode.TreeItem {
  constructor(prompt: vscode.Uri, versions: Version[], readonly children: VersionItem[], newest: Version) {
    super(`v${versions.at(-1)!.version} – v${newest.version}`, vscode.TreeItemCollapsibleState.Collapsed);
    // By its oldest: an open one stays open when it grows.
    this.id = `burst ${prompt.toString()}?${refOf(versions.at(-1)!)}`;
    this.description = [age(newest.at), allChanges(versions), `${versions.length} saves`, who(newest)].filter(Boolean).join(' · ');
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

// `appendText` alone makes every blank one at which no line ends: a date is then broken in the middle of a number.
function say(text: vscode.MarkdownString, words: string): void {
  words.split(/[ \t]+/).forEach((word, i) => text.appendMarkdown(i === 0 ? '' : ' ').appendText(word));
}

function tooltipOf(version: Version): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  const when = new Date(version.at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const kind = version.source === undefined ? kinds[version.kind] : `${kinds[version.kind]} to v${version.source}`;
  say(text.appendMarkdown(`**v${version.version}** `), `${kind} by ${version.author}, ${when}`);
  if (version.tags.length > 0) text.appendMarkdown('\n\n$(tag) ').appendText(version.tags.join(', '));
  if (version.note) say(text.appendMarkdown('\n\n'), version.note);
  for (const move of version.environments ?? []) say(text.appendMarkdown('\n\n$(cloud-upload) '), told(move));
  text.appendMarkdown(`\n\n\`${shortFingerprint(version)}\` ${changes(version)}`);
  if (version.commit) text.appendMarkdown(` · commit \`${version.commit.slice(0, 8)}\``);
  return text;
}
