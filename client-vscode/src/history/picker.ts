/** Chooses a version from a list, and shows for the one at hand how it differs from the text. */
import * as vscode from 'vscode';
import { nameOf, promptOf, showDifference } from '../prompts';
import { historyRequest, statusRequest, versionScheme, type Version } from '../protocol';
import type { Server } from '../server';
import { age, allChanges, changes, firstLine, origin, theText, who } from '../wording';
import { placesOf, told } from './moves';

interface Choice extends vscode.QuickPickItem { version: Version; folded: Version[] }

const rollBack: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('discard'), tooltip: 'Roll back to this version' };
const tag: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('tag'), tooltip: 'Tag this version' };
const unfold: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('unfold'), tooltip: 'Show each of these saves' };

/** `PromptLsp: History…`: browse, then compare, tag or roll back. */
export async function pickVersion(server: Server): Promise<void> {
  const prompt = promptOf();
  if (prompt) await choose(server, prompt, 'Versions: Enter keeps the comparison open', [tag, rollBack]);
}

/** A version's reference, or nothing. */
export async function chooseVersion(server: Server, prompt: vscode.Uri, question: string): Promise<string | undefined> {
  const chosen = await choose(server, prompt, question, []);
  return chosen && `v${chosen.version}`;
}

async function choose(server: Server, prompt: vscode.Uri, question: string, buttons: vscode.QuickInputButton[]): Promise<Version | undefined> {
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title = `${nameOf(prompt)}: history`;
  picker.placeholder = question;
  picker.matchOnDescription = picker.matchOnDetail = true;
  picker.busy = true;
  const before = vscode.window.activeTextEditor?.viewColumn;
  const comparison = new Comparison(prompt, before);
  let current: number | undefined;
  picker.onDidChangeActive(([at]) => { if (at) comparison.show(`v${at.version.version}`); });
  picker.onDidTriggerItemButton(({ item, button }) => {
    if (button === unfold) {
      const opened = item.folded.map(version => choiceOf([version], buttons, current));
      picker.items = picker.items.flatMap(other => other === item ? opened : [other]);
      picker.activeItems = opened.slice(0, 1);
      return;
    }
    picker.hide();
    void vscode.commands.executeCommand(button === rollBack ? 'promptlsp.rollback' : 'promptlsp.tag', { uri: prompt.toString(), ref: `v${item.version.version}` });
  });
  const chosen = new Promise<Version | undefined>(resolve => {
    picker.onDidAccept(() => {
      resolve(picker.activeItems[0]?.version);
      picker.hide();
    });
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  const textDocument = { uri: prompt.toString() };
  const [history, status] = await Promise.all([server.ask(historyRequest, { textDocument, limit: 500 }), server.ask(statusRequest, { textDocument })]);
  current = status?.modified === false ? status.version?.version : undefined;
  picker.busy = false;
  picker.items = history?.rows.map(row => choiceOf(row, buttons, current)) ?? [];
  if (picker.items.length === 0) picker.placeholder = history?.reason ?? 'This prompt has no version yet.';
  const result = await chosen;
  picker.dispose();
  // Thinking better of it, or choosing for something else, leaves the text as it was before.
  await comparison.end(result !== undefined && buttons.length > 0 ? `v${result.version}` : undefined);
  return result;
}

/** The difference that goes along with the list: one at a time, also where VS Code keeps each because the text is not saved. */
class Comparison {
  private readonly there: ReadonlySet<string>;
  private wanted: string | undefined;
  // One that comes after the choice would cover the text again.
  private showing: Promise<void> = Promise.resolve();

  constructor(private readonly prompt: vscode.Uri, private readonly column: vscode.ViewColumn | undefined) {
    this.there = new Set(this.tabs().map(refOn));
  }

  show(ref: string): void {
    this.wanted = ref;
    this.showing = this.showing.then(async () => {
      if (this.wanted !== ref) return;
      await showDifference(this.prompt, ref, undefined, { preserveFocus: true, ...(this.column && { viewColumn: this.column }) });
      await this.closeAllBut(ref);
    });
  }

  /** Leaves that of a version, or none. */
  async end(ref: string | undefined): Promise<void> {
    this.wanted = ref;
    await this.showing;
    await this.closeAllBut(ref);
  }

  private async closeAllBut(ref: string | undefined): Promise<void> {
    await vscode.window.tabGroups.close(this.tabs().filter(tab => !this.there.has(refOn(tab)) && refOn(tab) !== ref), true);
  }

  private tabs(): ComparisonTab[] {
    return vscode.window.tabGroups.all.flatMap(g => g.tabs).filter((tab): tab is ComparisonTab => tab.input instanceof vscode.TabInputTextDiff
      && tab.input.original.scheme === versionScheme && tab.input.modified.toString() === this.prompt.toString());
  }
}

type ComparisonTab = vscode.Tab & { input: vscode.TabInputTextDiff };

function refOn(tab: ComparisonTab): string {
  return tab.input.original.query;
}

// A burst of saves is one choice, its newest version, as in the history view.
function choiceOf(row: Version[], buttons: vscode.QuickInputButton[], current: number | undefined): Choice {
  const version = row[0]!, oldest = row.at(-1)!;
  const detail = firstLine(version.note) || (version.environments ?? []).slice(0, 1).map(told).join();
  const isBurst = version !== oldest;
  return {
    label: [isBurst ? `v${oldest.version} – v${version.version}` : `v${version.version}`, ...version.tags.map(t => `$(tag) ${t}`)].join('  '),
    description: [
      version.version === current ? theText : '', age(version.at), origin(version), placesOf(version), isBurst ? allChanges(row) : changes(version),
      isBurst ? `${row.length} saves` : '', who(version),
    ].filter(Boolean).join(' · '),
    ...(detail && { detail }),
    buttons: isBurst ? [unfold, ...buttons] : buttons,
    version,
    folded: row,
  };
}
