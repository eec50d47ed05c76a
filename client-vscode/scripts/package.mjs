// Builds the native server for this machine and puts it, with the extension, into a .vsix:
//
//   npm run package                        for this machine
//   npm run package -- --target alpine-x64 for another one of its kind
//   npm run package -- --universal         with the portable server, which `dotnet` runs
//   npm run package -- --server FOLDER     with a server that is already published there
//   npm run package -- --pictures URL      for a marketplace: the page shows its pictures, which are at that https address
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unzipSync, zipSync } from 'fflate';
import { bundle } from './build.mjs';
import { pageOf } from './page.mjs';

const client = fileURLToPath(new URL('..', import.meta.url)), repository = path.dirname(path.resolve(client)), artifacts = path.join(repository, 'artifacts');
const runtimes = { 'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'alpine-x64': 'linux-musl-x64', 'win32-x64': 'win-x64', 'darwin-arm64': 'osx-arm64' };
const mostBytes = 13 * 1024 * 1024;

const { values: said } = parseArgs({ options: { target: { type: 'string' }, universal: { type: 'boolean' }, server: { type: 'string' }, pictures: { type: 'string' } } });
const target = said.universal ? 'universal' : said.target ?? `${process.platform}-${process.arch}`;
if (!said.universal && !runtimes[target]) fail(`There is no native server for ${target}; try --universal.`);

const { version } = JSON.parse(readFileSync(path.join(client, 'package.json'), 'utf8'));
const stage = path.join(artifacts, 'vsix', target), vsix = path.join(artifacts, `promptlsp-${target}-${version}.vsix`);

await bundle({ minify: true });
rmSync(stage, { recursive: true, force: true });
mkdirSync(stage, { recursive: true });
for (const part of ['package.json', 'CHANGELOG.md', 'dist', 'media', 'syntaxes']) cpSync(path.join(client, part), path.join(stage, part), { recursive: true });
cpSync(path.join(repository, 'LICENSE'), path.join(stage, 'LICENSE'));
const picturesIn = path.join(repository, 'docs/pictures');
writeFileSync(path.join(stage, 'README.md'), pageOf(readFileSync(path.join(client, 'README.md'), 'utf8'), said.pictures));
for (const picture of new Set(readFileSync(path.join(client, 'package.json'), 'utf8').match(/(?<=pictures\/)[\w-]+\.png/g))) cpSync(path.join(picturesIn, picture), path.join(stage, 'pictures', picture));
packServer(path.join(stage, 'server'));

const platform = said.universal ? [] : ['--target', target];
run(process.execPath, [path.join(client, 'node_modules/@vscode/vsce/vsce'), 'package', ...platform, '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '-o', vsix], stage);
packTighter(vsix);
const { size } = statSync(vsix);
console.log(`${path.relative(process.cwd(), vsix)}: ${(size / 1024 / 1024).toFixed(1)} MB`);
if (!said.universal && size > mostBytes) fail(`It is over ${mostBytes / 1024 / 1024} MB.`);

// The same files once more: the deflate of Node's zlib, which made the archive, is quick and leaves 3 % of the server.
function packTighter(archive) {
  const entry = ([name, bytes]) => {
    const file = path.join(stage, name.replace(/^extension\//, '')), mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0o100644;
    return [name, [bytes, { level: 9, mem: 12, os: 3, attrs: mode << 16 >>> 0 }]];
  };
  writeFileSync(archive, zipSync(Object.fromEntries(Object.entries(unzipSync(readFileSync(archive))).map(entry))));
}

function packServer(to) {
  const from = said.server ? path.resolve(said.server) : publish();
  for (const file of readdirSync(from)) if (!/\.(dbg|pdb|dSYM|xml)$/.test(file)) cpSync(path.join(from, file), path.join(to, file), { recursive: true });
}

function publish() {
  const out = path.join(artifacts, 'server', target);
  rmSync(out, { recursive: true, force: true });
  const kind = said.universal ? ['-p:PublishAot=false', '-p:UseAppHost=false'] : ['-r', runtimes[target]];
  run('dotnet', ['publish', 'server/PromptLsp.Cli', '-c', 'Release', ...kind, '-o', out, '-v', 'q', '-nologo'], repository);
  return out;
}

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' } });
  if (status !== 0) fail(`${command} ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
