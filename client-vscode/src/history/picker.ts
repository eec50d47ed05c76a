/** Chooses a version from a list, and shows for the one at hand how it differs from the text. */
import * as vscode from 'vscode';
import { nameOf, promptOf, showDifference } from '../prompts';
import { historyRequest, type Version } from '../protocol';
import type { Server } from '../server';
import { age, changes, firstLine, who } from '../wording';

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
  // The comparison on its way: one that comes after the choice would cover the text again.
  let comparing: Thenable<unknown> | undefined;
  picker.onDidChangeActive(([at]) => {
    if (at) comparing = showDifference(prompt, `v${at.version.version}`, undefined, { preserveFocus: true, ...(before && { viewColumn: before }) });
  });
  picker.onDidTriggerItemButton(({ item, button }) => {
    if (button === unfold) {
      const opened = item.folded.map(version => choiceOf([version], buttons));
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
  const history = await server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, limit: 500 });
  picker.busy = false;
  picker.items = history?.rows.map(row => choiceOf(row, buttons)) ?? [];
  if (picker.items.length === 0) picker.placeholder = history?.reason ?? 'This prompt has no version yet.';
  const result = await chosen;
  picker.dispose();
  await comparing;
  // Thinking better of it, or choosing for something else, leaves the text as it was before.
  if (comparing && (result === undefined || buttons.length === 0)) await closeComparison(prompt);
  return result;
}

// A burst of saves is one choice, its newest version, as in the history view.
function choiceOf(row: Version[], buttons: vscode.QuickInputButton[]): Choice {
  const version = row[0]!, oldest = row.at(-1)!;
  const note = firstLine(version.note);
  const isBurst = version !== oldest;
  return {
    label: [isBurst ? `v${oldest.version} – v${version.version}` : `v${version.version}`, ...version.tags.map(t => `$(tag) ${t}`)].join('  '),
    description: [isBurst ? `${row.length} saves` : '', who(version), age(version.at), isBurst ? '' : changes(version)].filter(Boolean).join(' · '),
    ...(note && { detail: note }),
    buttons: isBurst ? [unfold, ...buttons] : buttons,
    version,
    folded: row,
  };
}

async function closeComparison(prompt: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(g => g.tabs).filter(({ isPreview, input }) =>
    isPreview && input instanceof vscode.TabInputTextDiff && promptOf(input.original)?.toString() === prompt.toString());
  await vscode.window.tabGroups.close(tabs);
}
