/** Finds the server: the one of the settings, the one in the extension for this platform, the portable one that `dotnet` runs. */
import { execFile } from 'node:child_process';
import { access, chmod, constants } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';

export interface Executable { command: string; args: string[] }

/** Why there is none, in a sentence for the user. */
export class NoServer extends Error {}

const dotnetMajor = 10;

export async function findServer(configured: string, extensionPath: string): Promise<Executable> {
  if (configured !== '') return fromSettings(configured);
  const native = path.join(extensionPath, 'server', process.platform === 'win32' ? 'promptlsp.exe' : 'promptlsp');
  if (await exists(native)) return bundled(native);
  const portable = path.join(extensionPath, 'server', 'promptlsp.dll');
  if (!(await exists(portable)))
    throw new NoServer(`This build of the extension has no server for ${process.platform}-${process.arch}. Install the one for your platform, or say in \`promptlsp.server.path\` where a server is.`);
  if (!(await hasDotnet()))
    throw new NoServer(`On ${process.platform}-${process.arch} the server needs the .NET ${dotnetMajor} runtime: install it so that \`dotnet\` is on the PATH, then restart the server.`);
  return throughDotnet(portable);
}

async function fromSettings(configured: string): Promise<Executable> {
  if (!path.isAbsolute(configured)) throw new NoServer(`\`promptlsp.server.path\` must be a full path, not \`${configured}\`.`);
  if (!(await exists(configured))) throw new NoServer(`\`promptlsp.server.path\` says \`${configured}\`, and no such file is there.`);
  return configured.endsWith('.dll') ? throughDotnet(configured) : { command: configured, args: ['serve', '--stdio'] };
}

async function bundled(native: string): Promise<Executable> {
  // Some ways of installing an extension drop the mode of its files.
  if (process.platform !== 'win32' && !(await exists(native, constants.X_OK))) await chmod(native, 0o755);
  return { command: native, args: ['serve', '--stdio'] };
}

function throughDotnet(dll: string): Executable {
  return { command: 'dotnet', args: [dll, 'serve', '--stdio'] };
}

async function hasDotnet(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('dotnet', ['--list-runtimes'], { timeout: 10_000 });
    return stdout.split('\n').some(line => Number(/^Microsoft\.NETCore\.App (\d+)\./.exec(line)?.[1]) >= dotnetMajor);
  } catch {
    return false;
  }
}

async function exists(file: string, mode = constants.F_OK): Promise<boolean> {
  try {
    await access(file, mode);
    return true;
  } catch {
    return false;
  }
}
