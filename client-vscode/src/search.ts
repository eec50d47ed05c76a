/** Finds prompts as one types, and shows the one at hand beside the list. */
import * as vscode from 'vscode';
import { searchRequest, type Found } from './protocol';
import type { Server } from './server';

interface Choice extends vscode.QuickPickItem { found: Found }

/** `PromptLsp: Search Prompts…`: Enter opens, Escape leaves things as they were. */
export async function searchPrompts(server: Server): Promise<void> {
  const picker = vscode.window.createQuickPick<Choice>();
  picker.title = 'Search prompts';
  picker.placeholder = 'Words, "phrases", owner: tag: model: uses: input: name: finding: stale:90d';
  const shown = new Shown();
  let asking: vscode.CancellationTokenSource | undefined;
  picker.onDidChangeValue(async query => {
    asking?.cancel();
    const mine = asking = new vscode.CancellationTokenSource();
    picker.busy = true;
    const answer = query.trim() ? await server.ask(searchRequest, { query }, mine.token) : { prompts: [] };
    if (mine !== asking || !answer) return;
    picker.busy = false;
    picker.items = answer.prompts.map(choiceOf);
    picker.title = answer.problem ?? (query.trim() && answer.prompts.length === 0 ? 'Search prompts: nothing is found' : 'Search prompts');
  });
  picker.onDidChangeActive(([at]) => { if (at) shown.show(at.found); });
  const chosen = new Promise<Found | undefined>(resolve => {
    picker.onDidAccept(() => {
      resolve(picker.activeItems[0]?.found);
      picker.hide();
    });
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  const result = await chosen;
  asking?.cancel();
  picker.dispose();
  await shown.end(result);
}

// The server has found it by its text: VS Code is not to leave it out because the words are not in its name.
function choiceOf(found: Found): Choice {
  return {
    label: found.name ?? found.path,
    description: [found.name ? found.path : '', ...found.owner, found.model ?? ''].filter(Boolean).join(' · '),
    ...(found.text && { detail: found.text }),
    alwaysShow: true,
    found,
  };
}

/** The prompt that goes along with the list, in a tab that is gone again when nothing is chosen. */
class Shown {
  private readonly before = vscode.window.activeTextEditor;
  private readonly there = new Set(tabs().map(tab => tab.input.uri.toString()));
  private wanted: string | undefined;
  private showing: Promise<unknown> = Promise.resolve();

  show(found: Found): void {
    this.wanted = found.uri;
    this.showing = this.showing.then(async () => {
      if (this.wanted === found.uri) await open(found, true);
    }).catch(() => undefined);
  }

  async end(chosen: Found | undefined): Promise<void> {
    this.wanted = chosen?.uri;
    await this.showing;
    if (chosen) return void await open(chosen, false);
    await vscode.window.tabGroups.close(tabs().filter(tab => tab.isPreview && !this.there.has(tab.input.uri.toString())), true);
    if (this.before) await vscode.window.showTextDocument(this.before.document, { ...(this.before.viewColumn && { viewColumn: this.before.viewColumn }) });
  }
}

function open(found: Found, preserveFocus: boolean): Thenable<vscode.TextEditor> {
  const line = new vscode.Range(found.line, 0, found.line, 10_000);
  return vscode.window.showTextDocument(vscode.Uri.parse(found.uri), { preview: true, preserveFocus, selection: line });
}

type TextTab = vscode.Tab & { input: vscode.TabInputText };

function tabs(): TextTab[] {
  return vscode.window.tabGroups.all.flatMap(group => group.tabs).filter((tab): tab is TextTab => tab.input instanceof vscode.TabInputText);
}
