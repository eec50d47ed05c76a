/** What the history view's menu and the keys do that needs no answer from the server. */
import * as vscode from 'vscode';
import { askWhy } from '../asking';
import { nameOf, promptOf, refOf, showDifference, shownRef, versionUri } from '../prompts';
import { deletedRequest, historyRequest, statusRequest, type Argument } from '../protocol';
import type { Server } from '../server';
import { age } from '../wording';
import { chooseVersion } from './picker';
import { DeletedItem, VersionItem } from './tree';

export function openVersion({ prompt, version }: VersionItem): Thenable<unknown> {
  return vscode.window.showTextDocument(versionUri(prompt, refOf(version)));
}

export async function showSelected(item: VersionItem, selected: unknown[] = [item]): Promise<void> {
  const [older, newer, ...rest] = selected.filter(i => i instanceof VersionItem).sort((a, b) => a.version.version - b.version.version);
  if (!older || !newer || rest.length > 0) {
    void vscode.window.showInformationMessage('Select two versions to compare them.');
    return;
  }
  await showDifference(item.prompt, refOf(older.version), refOf(newer.version));
}

export async function copyFingerprint({ version }: VersionItem): Promise<void> {
  await vscode.env.clipboard.writeText(version.fingerprint);
  vscode.window.setStatusBarMessage(`$(check) Fingerprint of v${version.version} copied`, 3_000);
}

/** What the model would get from a version, beside what it would get now. */
export async function compareRendered(server: Server, argument?: Argument | VersionItem | vscode.Uri): Promise<void> {
  const given = argument instanceof VersionItem ? { uri: argument.prompt, ref: refOf(argument.version) }
    : argument && !(argument instanceof vscode.Uri) ? { uri: vscode.Uri.parse(argument.uri), ref: argument.ref } : { uri: argument, ref: undefined };
  const prompt = promptOf(given.uri);
  const ref = given.ref ?? (prompt && (await chooseVersion(server, prompt, 'Compare what the model gets with which version?')));
  if (!prompt || ref === undefined) return;
  await vscode.commands.executeCommand(
    'vscode.diff', versionUri(prompt, `rendered:${ref}`), versionUri(prompt, 'rendered'), `${nameOf(prompt)}, rendered: ${ref} ↔ now`, { preview: true });
}

/** Asks which deleted prompt is to be there again, and under which name where another one has its own. */
export async function restoreDeleted(server: Server, item?: DeletedItem | VersionItem): Promise<void> {
  const chosen = item instanceof VersionItem ? { uri: item.prompt.toString(), ref: refOf(item.version) }
    : item instanceof DeletedItem ? { uri: item.prompt.toString(), ref: `${item.deleted.name}:head` } : await chooseDeleted(server);
  if (!chosen) return;
  const file = vscode.Uri.parse(chosen.uri);
  const to = await exists(file) ? await vscode.window.showSaveDialog({ title: `${nameOf(file)} is there: restore the deleted prompt as`, defaultUri: file, filters: { Prompts: ['prompt'] } }) : file;
  if (!to) return;
  const note = await askWhy(`Restore ${nameOf(to)}`, `${nameOf(to)} is not restored`);
  if (note === undefined) return;
  const done = await vscode.commands.executeCommand('promptlsp.restore', { ...chosen, to: to.toString(), ...(note && { note }) });
  if (done) await vscode.window.showTextDocument(to);
}

async function chooseDeleted(server: Server): Promise<Argument | undefined> {
  const found = await server.ask(deletedRequest, {});
  const choices = found?.prompts.map(({ uri, name, at, head, tags }) => ({
    label: vscode.workspace.asRelativePath(vscode.Uri.parse(uri)),
    description: [`deleted ${age(at)}`, `up to v${head}`, ...tags.map(t => `$(tag) ${t}`)].join(' · '),
    chosen: { uri, ref: `${name}:head` },
  })) ?? [];
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(
      'The history knows of no deleted prompt here. One that was never saved since PromptLsp was installed may still be in git.');
    return undefined;
  }
  return (await vscode.window.showQuickPick(choices, { placeHolder: 'Which deleted prompt comes back?', matchOnDescription: true }))?.chosen;
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}

/** Compares the text with the version before or after the one it is compared with; at first with the one before the newest. */
export async function step(server: Server, by: -1 | 1): Promise<void> {
  const prompt = promptOf();
  const head = prompt && (await server.ask(statusRequest, { textDocument: { uri: prompt.toString() } }))?.head?.version;
  if (!prompt || !head) {
    void vscode.window.showInformationMessage('This prompt has no version yet.');
    return;
  }
  const shown = Number(/^v(-?\d+)$/.exec(shownRef() ?? `v${head + (by < 0 ? 0 : -1)}`)?.[1] ?? head);
  const wanted = Math.min(Math.max(shown + by, await firstOf(server, prompt)), head);
  if (wanted === shown && shownRef() !== undefined)
    vscode.window.setStatusBarMessage(by < 0 ? 'This is the first version.' : 'This is the newest version.', 3_000);
  await showDifference(prompt, `v${wanted}`, undefined);
}

// The oldest version's number: below 1 where git's past was taken over later.
async function firstOf(server: Server, prompt: vscode.Uri): Promise<number> {
  const oldest = await server.ask(historyRequest, { textDocument: { uri: prompt.toString() }, before: 1, limit: 500 });
  return oldest?.rows.at(-1)?.at(-1)?.version ?? 1;
}
