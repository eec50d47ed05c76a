/** The extension: what it starts, and which command does what. */
import * as vscode from 'vscode';
import { answersFor } from './asking';
import { mendBraces } from './braces';
import { toggleComment } from './comments';
import { keepCopies } from './copies';
import { Promotions } from './environments/panel';
import { EnvironmentsTree } from './environments/tree';
import { HistoryTree, VersionItem } from './history/tree';
import { compareRendered, copyFingerprint, openVersion, restoreDeleted, showSelected, step } from './history/commands';
import { pickVersion } from './history/picker';
import { Keys } from './keys';
import { LineHistoryDecoration } from './lineHistory';
import { newPrompt } from './newPrompt';
import { offerBehindEnter } from './offering';
import { Previews } from './preview/panel';
import { refOf } from './prompts';
import { Runs } from './run/panel';
import { searchPrompts } from './search';
import { Server } from './server';
import { StatusItem } from './status';
import { Tests } from './testing';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const keys = new Keys(context, () => void server.restart());
  const server: Server = new Server(context, {
    executeCommand: (command, args, next) => answersFor(server, command, args, next),
    provideCodeLenses: (document, token, next) => setting('codeLens.enabled') ? next(document, token) : [],
  }, () => keys.environment());
  const tree = new HistoryTree(server);
  const previews = new Previews(server, context.extensionUri);
  const lines = new LineHistoryDecoration(server);
  const runs = new Runs(server, context.extensionUri), tests = new Tests(server);
  const environments = new EnvironmentsTree(server), promotions = new Promotions(server, context.extensionUri);
  const views = [tree, previews, lines, runs, tests, environments, promotions, new StatusItem(server, previews)];
  context.subscriptions.push(keys, server, ...views, mendBraces(), offerBehindEnter(), keepCopies());

  const commands: Record<string, (...args: never[]) => unknown> = {
    'promptlsp.restart': () => server.restart(),
    'promptlsp.showLog': () => server.showLog(),
    'promptlsp.new': (beside?: vscode.Uri) => newPrompt(server, beside),
    'promptlsp.search': () => searchPrompts(server),
    'promptlsp.toggleComment': () => toggleComment(server),
    'promptlsp.preview': previews.show,
    'promptlsp.run': runs.run,
    'promptlsp.runVersion': (item?: unknown) => { if (item instanceof VersionItem) void runs.run({ uri: item.prompt.toString(), ref: refOf(item.version) }); },
    'promptlsp.setKey': () => keys.ask(server),
    'promptlsp.runTests': tests.runOf,
    'promptlsp.evaluationReport': tests.showReport,
    'promptlsp.rule': openRule,
    'promptlsp.history': tree.show,
    'promptlsp.refreshHistory': () => tree.refresh(),
    'promptlsp.pickVersion': () => pickVersion(server),
    'promptlsp.openVersion': openVersion,
    'promptlsp.compareSelected': showSelected,
    'promptlsp.copyFingerprint': copyFingerprint,
    'promptlsp.compareRendered': (argument?: Parameters<typeof compareRendered>[1]) => compareRendered(server, argument),
    'promptlsp.restoreDeleted': (item?: Parameters<typeof restoreDeleted>[1]) => restoreDeleted(server, item),
    'promptlsp.promotion': promotions.open,
    'promptlsp.refreshEnvironments': () => environments.refresh(),
    'promptlsp.beginEnvironments': environments.begin,
    'promptlsp.previousVersion': () => step(server, -1),
    'promptlsp.nextVersion': () => step(server, +1),
    'promptlsp.toggleLineHistory': () => vscode.workspace.getConfiguration('promptlsp')
      .update('lineHistory.enabled', !setting('lineHistory.enabled'), vscode.ConfigurationTarget.Global),
  };
  for (const [id, run] of Object.entries(commands)) context.subscriptions.push(vscode.commands.registerCommand(id, run));

  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('promptlsp.server') || change.affectsConfiguration('promptlsp.history')) void server.restart();
    }),
  );
  if (!isVirtual()) await server.restart();
}

/** A rule's page is a document that the server holds; package.json says that it opens as rendered Markdown. */
function openRule({ uri }: { uri: string }): Thenable<unknown> {
  return vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri), { preview: true });
}

function setting(name: string): boolean {
  return vscode.workspace.getConfiguration('promptlsp').get(name, true);
}

// Without a file on a disk there is nothing that the server could read.
function isVirtual(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 0 && folders.every(f => f.uri.scheme !== 'file');
}
