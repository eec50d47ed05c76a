/** What only a person knows: asked before a command goes to the server. */
import * as vscode from 'vscode';
import { answersForEnvironment, isOfEnvironment } from './environments/asking';
import { toVersion, VersionItem } from './history/tree';
import { chooseVersion } from './history/picker';
import { promptOf, refOf, showDifference } from './prompts';
import { checkTagRequest, historyRequest, statusRequest, type Argument, type Version } from './protocol';
import type { Server } from './server';
import { messageOf } from './wording';

export type Next = (command: string, args: unknown[]) => unknown;

/** Runs one of the server's commands, with its questions answered; nothing where the person thinks better of it. */
export async function answersFor(server: Server, command: string, args: unknown[], next: Next): Promise<unknown> {
  if (isOfEnvironment(command)) return answersForEnvironment(server, command, args);
  const question = questions[command];
  const argument = argumentFrom(args);
  if (!argument) return undefined;
  const answered = question ? await question(server, argument) : argument;
  if (!answered) return undefined;
  try {
    const result = await next(command, [answered]);
    const said = confirmations[command]?.(answered, (result as { version?: Version } | null)?.version, result);
    if (said) vscode.window.setStatusBarMessage(`$(check) ${said}`, 5_000);
    return result;
  } catch (failure) {
    void vscode.window.showErrorMessage(messageOf(failure));
    return undefined;
  }
}

type Question = (server: Server, argument: Argument) => Promise<Argument | undefined>;

const questions: Record<string, Question> = {
  'promptlsp.tag': askTag,
  'promptlsp.untag': askWhichTag,
  'promptlsp.describe': askNote,
  'promptlsp.rollback': askRollback,
  'promptlsp.compare': async (server, argument) => {
    const asked = await askVersion(server, argument, 'Compare with which version?');
    if (asked) await showDifference(vscode.Uri.parse(asked.uri), asked.ref, asked.with);
    return undefined;
  },
};

const confirmations: Record<string, (argument: Argument, version: Version | undefined, result: unknown) => string> = {
  'promptlsp.restore': (_, version) => `There again${version ? ` as v${version.version}` : ''}`,
  'promptlsp.importGit': (_, __, result) => {
    const { versions } = result as { versions: number };
    return versions === 0 ? 'Git knows nothing from before the first version' : `${versions} ${versions === 1 ? 'version' : 'versions'} taken over from git`;
  },
  'promptlsp.tag': ({ name }, version) => `${name} is on ${version ? `v${version.version}` : 'this version'}`,
  'promptlsp.untag': ({ name }) => `${name} is removed`,
  'promptlsp.describe': (_, version) => `Noted${version ? ` on v${version.version}` : ''}`,
  'promptlsp.rollback': ({ ref }) => `Rolled back to ${ref}; undo takes it back`,
};

async function askTag(server: Server, argument: Argument): Promise<Argument | undefined> {
  if (argument.name !== undefined) return argument;
  const textDocument = { uri: argument.uri };
  const shown = argument.ref === undefined ? (await server.ask(statusRequest, { textDocument }))?.version : undefined;
  const at = argument.ref ?? (shown ? `v${shown.version}` : 'this version');
  const name = await vscode.window.showInputBox({
    title: `Tag ${at}`,
    prompt: 'A name for this version, such as support-v2-stable',
    ignoreFocusOut: true,
    validateInput: async name => {
      if (name === '') return undefined;
      const check = await server.ask(checkTagRequest, { textDocument, name });
      if (check?.problem !== undefined) return check.problem;
      return check?.at === undefined ? undefined : { message: `${name} is on v${check.at} now and will move here.`, severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  if (!name) return undefined;
  const moved = (await server.ask(checkTagRequest, { textDocument, name }))?.at;
  const [title, undone] = moved === undefined ? [`Tag ${at} as ${name}`, `${at} is not tagged`]
    : [`Move ${name} from v${moved} to ${at}`, `${name} stays on v${moved}`];
  const note = await askWhy(title, undone);
  if (note === undefined) return undefined;
  return { ...argument, name, ...(note && { note }), ...(moved !== undefined && { expected: moved }) };
}

async function askWhichTag(server: Server, argument: Argument): Promise<Argument | undefined> {
  if (argument.name !== undefined) return argument;
  const history = await server.ask(historyRequest, { textDocument: { uri: argument.uri }, limit: 500 });
  const tagged = history?.rows.flat().flatMap(version => version.tags.map(tag => ({ label: `$(tag) ${tag}`, description: `v${version.version}`, tag, version }))) ?? [];
  const offered = argument.ref === undefined ? tagged : tagged.filter(t => `v${t.version.version}` === argument.ref);
  if (offered.length === 0) {
    void vscode.window.showInformationMessage('This prompt has no tag.');
    return undefined;
  }
  const chosen = offered.length === 1 && argument.ref !== undefined ? offered[0] : await vscode.window.showQuickPick(offered, { placeHolder: 'Which tag goes? Its past stays on record.' });
  return chosen && { uri: argument.uri, name: chosen.tag };
}

async function askNote(server: Server, argument: Argument): Promise<Argument | undefined> {
  if (argument.note !== undefined) return argument;
  const now = argument.ref === undefined ? (await server.ask(statusRequest, { textDocument: { uri: argument.uri } }))?.version
    : await toVersion(server, argument);
  const note = await askText(`Describe ${argument.ref ?? (now ? `v${now.version}` : 'this version')}`, 'Why does this version exist?', now?.note ?? '');
  return note ? { ...argument, note } : undefined;
}

async function askRollback(server: Server, argument: Argument): Promise<Argument | undefined> {
  const asked = await askVersion(server, argument, 'Roll back to which version?');
  if (!asked || asked.note !== undefined) return asked;
  const note = await askWhy(`Roll back to ${asked.ref}`, 'Nothing was rolled back');
  return note === undefined ? undefined : { ...asked, ...(note && { note }) };
}

async function askVersion(server: Server, argument: Argument, question: string): Promise<Argument & { ref: string } | undefined> {
  const ref = argument.ref ?? (await chooseVersion(server, vscode.Uri.parse(argument.uri), question));
  return ref === undefined ? undefined : { ...argument, ref };
}

/** Escape does nothing, says so, and offers to go on without a reason: what was chosen before need not be chosen again. */
export async function askWhy(title: string, undone: string): Promise<string | undefined> {
  const note = await askText(title, 'Why? Enter goes on, also without a reason; Escape does nothing.');
  if (note !== undefined) return note;
  const goOn = 'Go On without a Reason';
  return await vscode.window.showInformationMessage(`${undone}: the question why was left with Escape.`, goOn) === goOn ? '' : undefined;
}

function askText(title: string, prompt: string, value = ''): Thenable<string | undefined> {
  return vscode.window.showInputBox({ title, prompt, value, ignoreFocusOut: true });
}

/** A command comes with the server's own argument, from a row of the tree, from a menu with a file, or from a key without anything. */
function argumentFrom(args: unknown[]): Argument | undefined {
  const given = args[0];
  if (given instanceof VersionItem) return { uri: given.prompt.toString(), ref: refOf(given.version) };
  if (given && typeof given === 'object' && !(given instanceof vscode.Uri) && 'uri' in given) return given as Argument;
  const prompt = promptOf(given instanceof vscode.Uri ? given : undefined);
  return prompt && { uri: prompt.toString() };
}
