/** The view of environments: what waits for the person on top, then what runs where. */
import * as vscode from 'vscode';
import { environmentsRequest, type Environments } from '../protocol';
import type { Server } from '../server';
import { CellItem, EnvironmentItem, namesOf, WaitingGroup, WaitingItem } from './items';
import { watchReleases } from './watching';

type Item = WaitingGroup | WaitingItem | EnvironmentItem | CellItem;

const settled = 250;

const block = `
environments:
  dev: {}
  staging: { require: { tests: pass, findings: error } }
  production: { require: { contract: compatible, why: true } }
`;

export class EnvironmentsTree implements vscode.TreeDataProvider<Item>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly owned: vscode.Disposable[] = [];
  private readonly view: vscode.TreeView<Item>;
  private roots: Environments[] = [];
  private names = new Map<string, string>();
  private soon: NodeJS.Timeout | undefined;
  private asked = 0;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView('promptlsp.environments', { treeDataProvider: this, showCollapseAll: true });
    this.owned.push(
      this.view, this.changed,
      this.view.onDidChangeVisibility(() => this.later()),
      server.onDidChangeState(() => this.later()),
      server.onDidChangePrompts(() => this.later()),
      server.onDidChangeEnvironments(() => void this.refresh()),
      watchReleases(() => void this.refresh()),
    );
  }

  async refresh(): Promise<void> {
    // An invisible view asks for nothing; it does when it is shown.
    if (!this.view.visible) return;
    const asked = ++this.asked;
    const roots = (await this.server.ask(environmentsRequest, {}))?.roots;
    // While the server starts, or is busy, what was known stays in sight.
    if (asked !== this.asked || (!roots && this.roots.length > 0)) return;
    this.roots = roots ?? [];
    this.names = namesOf([...new Set(this.roots.flatMap(root => root.prompts.map(p => p.path)))]);
    const waiting = this.roots.reduce((all, root) => all + root.waiting.length, 0);
    this.view.badge = waiting > 0 ? { value: waiting, tooltip: `${waiting} waiting for you` } : undefined;
    this.view.message = this.roots.map(r => r.problem).find(Boolean) ?? '';
    void vscode.commands.executeCommand('setContext', 'promptlsp.environments', this.roots.some(r => r.environments.length > 0) ? 'some' : roots ? 'none' : 'unknown');
    this.changed.fire();
  }

  getTreeItem(item: Item): vscode.TreeItem {
    return item;
  }

  getChildren(of?: Item): Item[] {
    if (of instanceof WaitingGroup) return of.items;
    if (of instanceof EnvironmentItem) return of.cells;
    if (of) return [];
    const waiting = this.roots.flatMap(root => root.waiting.map(w => new WaitingItem(w, this.names.get(w.path) ?? w.path)));
    return [...(waiting.length > 0 ? [new WaitingGroup(waiting)] : []), ...this.roots.flatMap(root => itemsOf(root, this.names, this.roots.length > 1))];
  }

  /** Writes a first block of environments into the settings, for the person to change. */
  begin = async (): Promise<void> => {
    const root = this.roots[0] ?? (await this.server.ask(environmentsRequest, {}))?.roots[0];
    if (!root) return void vscode.window.showInformationMessage('Open a folder first.');
    const uri = vscode.Uri.parse(root.settings), edit = new vscode.WorkspaceEdit();
    edit.createFile(uri, { ignoreIfExists: true });
    await vscode.workspace.applyEdit(edit);
    const document = await vscode.workspace.openTextDocument(uri), text = document.getText();
    const editor = await vscode.window.showTextDocument(document);
    if (/^environments:/m.test(text)) return;
    const end = document.positionAt(text.length);
    await editor.edit(e => e.insert(end, text === '' || text.endsWith('\n') ? block.slice(text === '' ? 1 : 0) : `\n${block}`));
    await document.save();
  };

  dispose(): void {
    clearTimeout(this.soon);
    for (const one of this.owned) one.dispose();
  }

  // Many files change at once.
  private later(): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.refresh(), settled);
  }
}

// The last environment first: it is what people ask about.
function itemsOf(root: Environments, names: Map<string, string>, isOneOfMany: boolean): EnvironmentItem[] {
  return root.environments.map((environment, i) => {
    const cells = root.prompts.flatMap(({ uri, path, cells }) => {
      const cell = cells[i];
      return cell && (cell.release !== undefined || cell.next !== undefined || cell.problem !== undefined) ? [new CellItem(uri, path, names.get(path) ?? path, cell, environment.approvals ?? 0)] : [];
    });
    return new EnvironmentItem(root, environment, cells, isOneOfMany);
  }).reverse();
}
