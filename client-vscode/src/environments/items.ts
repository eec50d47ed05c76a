/** The rows of the view of environments. */
import * as vscode from 'vscode';
import type { Cell, Environment, Environments, Moment, Waiting } from '../protocol';
import { age, firstLine, who } from '../wording';

// A check every night is what is meant.
const oldCheck = 7 * 24 * 60 * 60 * 1000;

/** What waits for the person who looks. */
export class WaitingGroup extends vscode.TreeItem {
  constructor(readonly items: WaitingItem[]) {
    super('Waiting for me', vscode.TreeItemCollapsibleState.Expanded);
    this.id = 'waiting';
    this.description = `${items.length}`;
    this.iconPath = new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('charts.yellow'));
  }
}

export class WaitingItem extends vscode.TreeItem {
  constructor(readonly waiting: Waiting, name: string) {
    super(`${waiting.kind === 'approve' ? 'Approve' : 'Promote'} ${name} for ${waiting.environment}`, vscode.TreeItemCollapsibleState.None);
    this.id = `waiting ${waiting.uri} ${waiting.environment}`;
    this.description = waiting.says;
    this.tooltip = `${waiting.path}: ${waiting.says}`;
    this.iconPath = new vscode.ThemeIcon(waiting.kind === 'approve' ? 'verified' : 'cloud-upload');
    this.contextValue = 'waiting';
    this.command = { command: 'promptlsp.promotion', title: 'Show Promotion', arguments: [{ uri: waiting.uri, environment: waiting.environment }] };
  }
}

export class EnvironmentItem extends vscode.TreeItem {
  readonly root: string;

  constructor(root: Environments, readonly environment: Environment, readonly cells: CellItem[], isOneOfMany: boolean) {
    super(environment.name, cells.length > 0 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None);
    const { frozen, retired } = environment;
    this.root = root.uri;
    // A row that had nothing below it would stay closed when it gets something.
    this.id = `${root.uri} ${environment.name}${cells.length > 0 ? '' : ' empty'}`;
    const held = cells.filter(c => c.cell.release !== undefined).length, coming = cells.filter(c => isBehind(c.cell)).length;
    const folder = isOneOfMany ? vscode.workspace.asRelativePath(vscode.Uri.parse(root.uri)) : '';
    this.description = [
      folder, frozen ? `frozen: ${firstLine(frozen.why ?? null)}` : '', retired ? 'no longer in promptlsp.yaml' : '',
      held > 0 ? `${held} ${held === 1 ? 'prompt' : 'prompts'}` : 'nothing yet', coming > 0 ? `${coming} behind` : '',
    ].filter(Boolean).join(' · ');
    this.tooltip = frozen ? `${environment.name} is ${saidOf('frozen', frozen)}` : environment.from === undefined
      ? `${environment.name} takes prompts as they are` : `${environment.name} takes what ${environment.from} holds`;
    this.iconPath = frozen ? new vscode.ThemeIcon('lock', new vscode.ThemeColor('charts.blue')) : new vscode.ThemeIcon('server-environment');
    this.contextValue = retired ? 'retired' : frozen ? 'environment frozen' : 'environment thawed';
  }
}

export class CellItem extends vscode.TreeItem {
  constructor(readonly prompt: string, path: string, name: string, readonly cell: Cell, approvals: number) {
    super(name, vscode.TreeItemCollapsibleState.None);
    this.id = `${prompt} ${cell.environment}`;
    this.description = [cell.text ? behind(cell) : cell.problem === undefined ? 'nothing yet' : '', ...badges(cell, approvals), cell.since ? `${age(cell.since.at)} by ${who({ author: cell.since.by })}` : ''].filter(Boolean).join(' · ');
    this.tooltip = tooltipOf(path, cell);
    this.iconPath = iconOf(cell);
    this.accessibilityInformation = { label: `${path} in ${cell.environment}: ${this.description}` };
    const marks = ['cell', cell.release !== undefined ? 'held' : '', isBehind(cell) ? 'coming' : '', cell.next !== undefined && approvals > 0 ? 'asking' : '', cell.approvals !== undefined ? 'approved' : '', cell.drift ? 'drifting' : ''];
    this.contextValue = marks.filter(Boolean).join(' ');
    this.command = isBehind(cell) || cell.release !== undefined
      ? { command: 'promptlsp.promotion', title: 'Show Promotion', arguments: [{ uri: prompt, environment: cell.environment }] }
      : { command: 'vscode.open', title: 'Open Prompt', arguments: [vscode.Uri.parse(prompt)] };
  }
}

function isBehind(cell: Cell): boolean {
  return cell.next !== undefined || cell.changed === true;
}

function behind(cell: Cell): string {
  return cell.behind !== undefined && cell.behind > 0 ? `${cell.text} ▲${cell.behind}` : cell.text;
}

function badges(cell: Cell, approvals: number): string[] {
  return [
    cell.edited ? 'edited' : cell.problem !== undefined ? 'cannot be read' : '',
    cell.drift ? `⚠ drift since ${day(cell.drift.since)}` : '',
    cell.breaks !== undefined ? 'next one breaks callers' : '',
    cell.kind === 'overridden' ? 'overridden' : cell.kind === 'rolled-back' ? 'rolled back' : '',
    cell.next !== undefined ? `${cell.next} could come` : cell.changed ? 'changed since' : '',
    cell.next !== undefined && approvals > 0 ? `${cell.approvals ?? 0} of ${approvals} approvals` : '',
  ].filter(Boolean);
}

function iconOf(cell: Cell): vscode.ThemeIcon {
  if (cell.problem !== undefined) return new vscode.ThemeIcon('error', new vscode.ThemeColor('charts.red'));
  if (cell.drift || cell.breaks !== undefined) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('charts.orange'));
  if (cell.kind === 'overridden') return new vscode.ThemeIcon('shield', new vscode.ThemeColor('charts.orange'));
  if (isBehind(cell)) return new vscode.ThemeIcon('arrow-circle-up', new vscode.ThemeColor('charts.yellow'));
  return cell.release === undefined ? new vscode.ThemeIcon('circle-outline') : new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
}

function tooltipOf(path: string, cell: Cell): string {
  return [
    `${path} in ${cell.environment}`,
    cell.since && cell.kind ? `${cell.text} ${saidOf(cell.kind, cell.since)}` : cell.problem === undefined ? 'nothing yet' : '',
    cell.next === undefined ? '' : `${cell.next} could come`,
    cell.breaks === undefined ? '' : `callers would break: ${cell.breaks}`,
    cell.problem ?? '',
    cell.drift ? driftOf(cell.drift) : '',
  ].filter(Boolean).join('\n');
}

/** "drift since 14 Mar: behaviour shifted … (p = 0.003) · openai/gpt-4o-mini, evaluations/tickets.yaml, checked 2 days ago" */
export function driftOf({ since, checked, says, model, evaluation, p }: NonNullable<Cell['drift']>, now = Date.now()): string {
  const chance = p === undefined ? '' : p < 0.001 ? ' (p < 0.001)' : ` (p = ${p.toFixed(3)})`, isOld = now - Date.parse(checked) > oldCheck;
  return `drift since ${day(since)}: ${says}${chance} · ${model}, ${evaluation}, checked ${age(checked, now)}${isOld ? ': check again, that is long ago' : ''}`;
}

function day(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

function saidOf(what: string, { by, at, why }: Moment): string {
  return `${what} by ${by}, ${age(at)}${why === undefined ? '' : `: ${why}`}`;
}

/** What prompts are called in rows, by their paths: the file's name, with as many folders before it as tell it from the others. */
export function namesOf(paths: string[]): Map<string, string> {
  const last = (path: string, parts: number): string => path.split('/').slice(-parts).join('/');
  return new Map(paths.map(path => {
    let parts = 1;
    while (last(path, parts) !== path && paths.some(other => other !== path && last(other, parts) === last(path, parts))) parts++;
    return [path, last(path, parts)];
  }));
}
