/** What the history view's menu and the keys do that needs no answer from the server. */
import * as vscode from 'vscode';
import { promptOf, showDifference, shownRef, versionUri } from '../prompts';
import { statusRequest } from '../protocol';
import type { Server } from '../server';
import { VersionItem } from './tree';

export function openVersion({ prompt, version }: VersionItem): Thenable<unknown> {
  return vscode.window.showTextDocument(versionUri(prompt, `v${version.version}`));
}

export async function showSelected(item: VersionItem, selected: unknown[] = [item]): Promise<void> {
  const [older, newer, ...rest] = selected.filter(i => i instanceof VersionItem).sort((a, b) => a.version.version - b.version.version);
  if (!older || !newer || rest.length > 0) {
    void vscode.window.showInformationMessage('Select two versions to compare them.');
    return;
  }
  await showDifference(item.prompt, `v${older.version.version}`, `v${newer.version.version}`);
}

export async function copyFingerprint({ version }: VersionItem): Promise<void> {
  await vscode.env.clipboard.writeText(version.fingerprint);
  vscode.window.setStatusBarMessage(`$(check) Fingerprint of v${version.version} copied`, 3_000);
}

/** Compares the text with the version before or after the one it is compared with; at first with the one before the newest. */
export async function step(server: Server, by: -1 | 1): Promise<void> {
  const prompt = promptOf();
  const head = prompt && (await server.ask(statusRequest, { textDocument: { uri: prompt.toString() } }))?.head?.version;
  if (!prompt || !head) {
    void vscode.window.showInformationMessage('This prompt has no version yet.');
    return;
  }
  const shown = Number(/^v(\d+)$/.exec(shownRef() ?? `v${head + (by < 0 ? 0 : -1)}`)?.[1] ?? head);
  const wanted = Math.min(Math.max(shown + by, 1), head);
  if (wanted === shown && shownRef() !== undefined)
    vscode.window.setStatusBarMessage(by < 0 ? 'This is the first version.' : 'This is the newest version.', 3_000);
  await showDifference(prompt, `v${wanted}`, undefined);
}
