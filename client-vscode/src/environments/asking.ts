/** What only a person knows of a promotion, an approval, a way back: asked before the command goes to the server. */
import * as vscode from 'vscode';
import { nameOf, promptOf, versionUri } from '../prompts';
import { environmentsRequest, type Cell, type Environment, type EnvironmentArgument, type Environments } from '../protocol';
import type { Server } from '../server';
import { messageOf } from '../wording';
import { CellItem, EnvironmentItem, WaitingItem } from './items';

type Asked = Partial<EnvironmentArgument>;
type Question = (server: Server, asked: Asked) => Promise<EnvironmentArgument | undefined>;

const questions: Record<string, Question> = {
  // The page shows it first, and sends what was seen along.
  'promptlsp.promote': showFirst,
  'promptlsp.approve': showFirst,
  'promptlsp.withdraw': async (server, asked) => withWhy(await whichCell(server, asked, 'Take back your approval for', c => c.approvals !== undefined), 'Withdraw', false),
  'promptlsp.rollBackEnvironment': async (server, asked) => {
    const cell = await whichCell(server, asked, 'Roll back', c => c.release !== undefined);
    if (!cell) return undefined;
    // Where there is no way back, nobody is asked for a reason first.
    const { said } = await server.does<{ said: string }>('promptlsp.rollBackEnvironment', { ...cell, dryRun: true });
    return withWhy(cell, `Roll ${cell.environment} back`, true, `${said}. `);
  },
  'promptlsp.compareWithEnvironment': async (server, asked) => {
    const cell = await whichCell(server, asked, 'Compare with', c => c.release !== undefined);
    if (cell?.uri !== undefined) await compareWith(vscode.Uri.parse(cell.uri), cell.environment);
    return undefined;
  },
  'promptlsp.showDrift': (server, asked) => whichCell(server, asked, 'Show the drift in', c => c.drift !== undefined),
  'promptlsp.freeze': async (server, asked) => {
    const environment = await whichEnvironment(server, asked, 'Freeze', e => !e.frozen && !e.retired);
    return withWhy(environment, `Freeze ${environment?.environment}: nothing but rollbacks gets in`, true);
  },
  'promptlsp.thaw': async (server, asked) => {
    const environment = await whichEnvironment(server, asked, 'Thaw', e => e.frozen !== undefined);
    return withWhy(environment, `Thaw ${environment?.environment}: promotions get in again`, false);
  },
};

/** Shows the page of a promotion; the extension says how. */
export const page: { show: (prompt: vscode.Uri, environment: string) => void } = { show: () => {} };

export function isOfEnvironment(command: string): boolean {
  return command in questions;
}

export async function answersForEnvironment(server: Server, command: string, args: unknown[]): Promise<unknown> {
  if (!vscode.workspace.isTrusted && command !== 'promptlsp.showDrift') return void vscode.window.showWarningMessage('Nothing is promoted or signed in a folder that you do not trust.');
  try {
    const answered = await questions[command]!(server, argumentFrom(args));
    if (!answered) return undefined;
    const result = await server.does<{ said: string } | null>(command, answered);
    if (result) void vscode.window.showInformationMessage(`${result.said}. ${reaching}`);
    return result;
  } catch (failure) {
    void vscode.window.showErrorMessage(messageOf(failure));
    return undefined;
  }
}

/** Said of all that was done. */
export const reaching = 'Commit the releases folder for it to count for others.';

/** What runs in an environment, on the left of what is open. */
export function compareWith(prompt: vscode.Uri, environment: string): Thenable<unknown> {
  return vscode.commands.executeCommand('vscode.diff', versionUri(prompt, environment), prompt, `${nameOf(prompt)}: ${environment} ↔ now`, { preview: true });
}

// From a row of the view, from an action of the server's, or from the palette with nothing.
function argumentFrom([given]: unknown[]): Asked {
  if (given instanceof CellItem) return { uri: given.prompt, environment: given.cell.environment, ...(given.cell.release !== undefined && { seen: given.cell.release }) };
  if (given instanceof EnvironmentItem) return { uri: given.root, environment: given.environment.name };
  if (given instanceof WaitingItem) return { uri: given.waiting.uri, environment: given.waiting.environment };
  if (given && typeof given === 'object' && !(given instanceof vscode.Uri) && 'environment' in given) return given as EnvironmentArgument;
  // A lens above the prompt is of no environment.
  if (given && typeof given === 'object' && !(given instanceof vscode.Uri) && 'uri' in given) return { uri: (given as { uri: string }).uri, environment: '' };
  const prompt = promptOf(given instanceof vscode.Uri ? given : undefined);
  return prompt ? { uri: prompt.toString() } : {};
}

async function showFirst(server: Server, asked: Asked): Promise<EnvironmentArgument | undefined> {
  if (asked.uri !== undefined && asked.environment !== undefined && asked.seen !== undefined && asked.why !== undefined) return asked as EnvironmentArgument;
  if (asked.uri === undefined) return void vscode.window.showInformationMessage('Open the prompt that you mean, or choose it in the Environments view.');
  const environment = asked.environment ?? (await choose(server, asked.uri, 'Promote to which environment?', () => true))?.environment;
  if (environment !== undefined) page.show(vscode.Uri.parse(asked.uri), environment);
  return undefined;
}

async function whichCell(server: Server, asked: Asked, verb: string, fits: (cell: Cell) => boolean): Promise<EnvironmentArgument | undefined> {
  if (asked.uri === undefined) return void vscode.window.showInformationMessage('Open the prompt that you mean, or choose it in the Environments view.');
  if (asked.environment !== undefined) return asked as EnvironmentArgument;
  const uri = asked.uri, root = await rootOf(server, uri);
  const cells = root?.prompts.find(p => p.uri === uri)?.cells.filter(fits) ?? [];
  if (cells.length === 0) return void vscode.window.showInformationMessage('There is no environment of which this can be done with the prompt.');
  const chosen = cells.length === 1 ? cells[0] : (await vscode.window.showQuickPick(
    cells.map(cell => ({ label: cell.environment, description: cell.text, cell })), { placeHolder: `${verb} which environment?` }))?.cell;
  return chosen && { uri, environment: chosen.environment, ...(chosen.release !== undefined && { seen: chosen.release }) };
}

async function whichEnvironment(server: Server, asked: Asked, verb: string, fits: (environment: Environment) => boolean): Promise<EnvironmentArgument | undefined> {
  if (asked.environment !== undefined) return { environment: asked.environment, ...(asked.uri !== undefined && { uri: asked.uri }) };
  return choose(server, asked.uri, `${verb} which environment?`, fits);
}

async function choose(server: Server, uri: string | undefined, placeHolder: string, fits: (environment: Environment) => boolean): Promise<EnvironmentArgument | undefined> {
  const root = await rootOf(server, uri), offered = root?.environments.filter(fits) ?? [];
  if (!root || offered.length === 0) {
    void vscode.window.showInformationMessage(root?.environments.length ? 'There is no environment of which this can be done.' : 'promptlsp.yaml names no environments.');
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(offered.map(({ name, from }) => ({ label: name, description: from === undefined ? '' : `takes what ${from} holds` })), { placeHolder });
  return chosen && { environment: chosen.label, uri: uri ?? root.uri };
}

async function rootOf(server: Server, uri: string | undefined): Promise<Environments | undefined> {
  const roots = (await server.ask(environmentsRequest, {}))?.roots ?? [];
  return uri === undefined ? roots[0] : roots.filter(r => uri === r.uri || uri.startsWith(`${r.uri}/`)).sort((a, b) => b.uri.length - a.uri.length)[0] ?? roots[0];
}

async function withWhy(asked: EnvironmentArgument | undefined, title: string, isNeeded: boolean, first = ''): Promise<EnvironmentArgument | undefined> {
  if (!asked || asked.why !== undefined) return asked;
  const why = await vscode.window.showInputBox({
    title, prompt: `${first}Why? It stays on record.`, ignoreFocusOut: true, validateInput: text => !isNeeded || text.trim() ? undefined : 'A reason is needed.',
  });
  return why === undefined ? undefined : { ...asked, ...(why.trim() && { why }) };
}
