/** Which prompt the person is looking at, and the documents of its versions. */
import * as vscode from 'vscode';
import { versionScheme, type Argument, type Version } from './protocol';

/** The prompt of a file, of one of its versions, or of a difference between them; the active one where nothing is said. */
export function promptOf(uri: vscode.Uri | undefined = activeUri()): vscode.Uri | undefined {
  if (!uri || !/\.prompt$/i.test(uri.path)) return uri?.scheme === 'untitled' && languageOf(uri) === 'promptlsp' ? uri : undefined;
  if (uri.scheme === versionScheme) return uri.with({ scheme: 'file', query: '' });
  return uri.scheme === 'file' || uri.scheme === 'untitled' ? uri : undefined;
}

/** The file that a command is called on: by a lens or a key with an argument, by the explorer with the file itself. */
export function uriOf(argument: Argument | vscode.Uri | undefined): vscode.Uri | undefined {
  return argument instanceof vscode.Uri ? argument : argument && vscode.Uri.parse(argument.uri);
}

/** The read-only document of a version; `ref` is what the server takes for one. */
export function versionUri(prompt: vscode.Uri, ref: string): vscode.Uri {
  return prompt.with({ scheme: versionScheme, query: ref });
}

/** The version that a document or the left side of the difference shows: `v11`. */
export function shownRef(): string | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = input instanceof vscode.TabInputTextDiff ? input.original : input instanceof vscode.TabInputText ? input.uri : undefined;
  return shown?.scheme === versionScheme ? shown.query : undefined;
}

/** A prompt's file name, for titles. */
export function nameOf(prompt: vscode.Uri): string {
  return prompt.path.slice(prompt.path.lastIndexOf('/') + 1);
}

export function showDifference(prompt: vscode.Uri, ref: string, other: string | undefined, how: vscode.TextDocumentShowOptions = {}): Thenable<unknown> {
  const title = other === undefined ? `${nameOf(prompt)}: ${ref} ↔ now` : `${nameOf(prompt)}: ${ref} ↔ ${other}`;
  const right = other === undefined ? prompt : versionUri(prompt, other);
  return vscode.commands.executeCommand('vscode.diff', versionUri(prompt, ref), right, title, { preview: true, ...how });
}

/** What the server takes for a version: `v11`, of a deleted prompt `deleted-41:v11`. */
export function refOf({ version, deleted }: Pick<Version, 'version' | 'deleted'>): string {
  return deleted === undefined ? `v${version}` : `${deleted}:v${version}`;
}

/** What a version brought: the difference to the one before; the first one is shown as it is. */
export function showChange(prompt: vscode.Uri, version: Version, how: vscode.TextDocumentShowOptions = {}): Thenable<unknown> {
  // Line counts are against the version before: the first one has none.
  return version.added !== undefined || version.version > 1
    ? showDifference(prompt, refOf({ ...version, version: version.version - 1 }), refOf(version), how)
    : vscode.window.showTextDocument(versionUri(prompt, refOf(version)), { preview: true, ...how });
}

function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputTextDiff) return input.modified;
  return vscode.window.activeTextEditor?.document.uri;
}

function languageOf(uri: vscode.Uri): string | undefined {
  return vscode.workspace.textDocuments.find(d => d.uri.toString() === uri.toString())?.languageId;
}
