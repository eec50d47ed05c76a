/** A new prompt, from one of the server's templates: asked for, written, opened. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { templatesRequest } from './protocol';
import type { Server } from './server';
import { messageOf } from './wording';

/** @param beside The folder or file of the explorer that the command was called on. */
export async function newPrompt(server: Server, beside?: vscode.Uri): Promise<void> {
  const folder = await folderFor(beside);
  const file = await askFile(folder);
  if (!file) return;
  const fileName = path.posix.basename(file.path, '.prompt'), isPartial = fileName.startsWith('_');
  const answer = await server.ask(templatesRequest, { name: fileName.replace(/^_+/, '') || 'prompt', ...(file.scheme === 'file' && { uri: file.toString() }) });
  if (!answer) {
    void vscode.window.showErrorMessage('The server does not answer; run “PromptLsp: Restart Server”, then try again.');
    return;
  }
  const items = answer.templates.map(template => ({ label: template.name, description: template.meaning, text: template.text }))
    .sort((a, b) => Number(isPartial && b.label === 'partial') - Number(isPartial && a.label === 'partial'));
  const chosen = await vscode.window.showQuickPick(items, { title: 'New Prompt', placeHolder: 'What to begin with', matchOnDescription: true });
  if (!chosen) return;
  try {
    await write(file, chosen.text);
  } catch (failure) {
    void vscode.window.showErrorMessage(`The prompt cannot be written: ${messageOf(failure)}`);
  }
}

// A file that has come there in the meantime stays as it is.
async function write(file: vscode.Uri, text: string): Promise<void> {
  if (file.scheme === 'untitled') {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'promptlsp', content: text }));
    return;
  }
  // Unlike what is written to the disk, the server is told of what an edit makes, and the prompt's history begins.
  const made = new vscode.WorkspaceEdit();
  made.createFile(file, { contents: new TextEncoder().encode(text), overwrite: false });
  if (!await vscode.workspace.applyEdit(made))
    throw new Error(await exists(file) ? `${path.posix.basename(file.path)} is there already.` : 'the folder or the disk does not allow it.');
  await vscode.window.showTextDocument(file, { preview: false });
}

async function askFile(folder: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (!folder) return vscode.Uri.from({ scheme: 'untitled', path: 'untitled.prompt' });
  const name = await vscode.window.showInputBox({
    title: 'New Prompt',
    prompt: `The name of the file in ${vscode.workspace.asRelativePath(folder)}, such as reply or support/reply; a partial begins with _`,
    ignoreFocusOut: true,
    validateInput: async name => {
      if (name === '') return undefined;
      const fault = faultOf(name);
      return fault ?? (await exists(fileOf(folder, name)) ? `${name} is there already.` : undefined);
    },
  });
  return name && !faultOf(name) ? fileOf(folder, name) : undefined;
}

function faultOf(name: string): string | undefined {
  const steps = name.split('/');
  if (steps.some(step => step === '' || step === '.' || step === '..')) return 'Folders and a file, with / between them.';
  return /[\\:*?"<>|\u0000-\u001f]/.test(name) ? 'A file’s name has none of \\ : * ? " < > |' : undefined;
}

function fileOf(folder: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, name.endsWith('.prompt') ? name : `${name}.prompt`);
}

// Where it was called, else beside what is edited, else the first folder there is; none without a folder.
async function folderFor(beside: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const at = beside ?? (active?.scheme === 'file' && vscode.workspace.getWorkspaceFolder(active) ? active : undefined);
  if (!at) return vscode.workspace.workspaceFolders?.[0]?.uri;
  const isFolder = beside !== undefined && (await vscode.workspace.fs.stat(beside)).type & vscode.FileType.Directory;
  return isFolder ? at : vscode.Uri.joinPath(at, '..');
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
