/** Keys of model providers in VS Code's secret storage: asked for here, given to the server as its environment, and shown nowhere. */
import * as vscode from 'vscode';
import { providersRequest, type Provider } from './protocol';
import type { Server } from './server';

// Secrets cannot be listed: the variables that they stand for are noted beside them.
const noted = 'promptlsp.keys';
const secretOf = (variable: string): string => `promptlsp.key.${variable}`;

export class Keys implements vscode.Disposable {
  private readonly owned: vscode.Disposable[];

  constructor(private readonly context: vscode.ExtensionContext, changed: () => void) {
    // By this window or another one.
    this.owned = [context.secrets.onDidChange(({ key }) => { if (key.startsWith(secretOf(''))) changed(); })];
  }

  /** What the server finds in its environment beside the user's own. */
  async environment(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const variable of this.variables()) {
      const key = await this.context.secrets.get(secretOf(variable));
      if (key) found[variable] = key;
    }
    return found;
  }

  /** Asks whose key, and for the key. */
  async ask(server: Server): Promise<void> {
    const told = await server.ask(providersRequest, {});
    if (told?.problem !== undefined) return void vscode.window.showErrorMessage(told.problem);
    const kept = new Set(Object.keys(await this.environment()));
    const providers = told?.providers ?? [];
    const offered = providers.flatMap(({ variable, ...provider }) => variable === undefined ? [] : [itemOf(provider, variable, kept.has(variable))]);
    const chosen = await vscode.window.showQuickPick(offered, { title: 'Set Key of a Model Provider', placeHolder: 'Whose key?', matchOnDescription: true });
    if (!chosen) return;
    const key = await vscode.window.showInputBox({
      title: `Key of ${chosen.label}`, password: true, ignoreFocusOut: true,
      prompt: `Kept in VS Code's secret storage, and sent to ${chosen.host} alone.${chosen.isKept ? ' Leave it empty to remove the one that is kept.' : ''}`,
      validateInput: typed => /\s/.test(typed.trim()) ? 'A key is one word without blanks.' : undefined,
    });
    if (key !== undefined) await this.keep(chosen, key.trim());
  }

  dispose(): void {
    for (const one of this.owned) one.dispose();
  }

  private async keep({ label, variable, isKept }: Item, key: string): Promise<void> {
    if (key === '' && !isKept) return;
    const others = this.variables().filter(v => v !== variable);
    await this.context.globalState.update(noted, key === '' ? others : [...others, variable]);
    if (key === '') await this.context.secrets.delete(secretOf(variable));
    else await this.context.secrets.store(secretOf(variable), key);
    vscode.window.setStatusBarMessage(`$(key) The key of ${label} is ${key === '' ? 'removed' : 'kept'}`, 5_000);
  }

  private variables(): string[] {
    return this.context.globalState.get<string[]>(noted, []);
  }
}

interface Item extends vscode.QuickPickItem { host: string; variable: string; isKept: boolean }

function itemOf({ name, host, key }: Omit<Provider, 'variable'>, variable: string, isKept: boolean): Item {
  return { label: name, description: host, detail: isKept ? 'kept here' : key, host, variable, isKept };
}
