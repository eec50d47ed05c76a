// What the views' rows say, and when Enter opens a list: plain functions of the extension's, with VS Code's classes in their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const vscode = { name: 'vscode', setup: b => {
  b.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'vscode' }));
  b.onLoad({ filter: /.*/, namespace: 'vscode' }, () => ({ contents: 'export class TreeItem {} export class ThemeIcon {} export class ThemeColor {}' }));
} };

async function load(file) {
  const source = fileURLToPath(new URL(`../src/${file}`, import.meta.url));
  const { outputFiles: [{ text }] } = await build({ entryPoints: [source], bundle: true, format: 'esm', write: false, plugins: [vscode], logLevel: 'error' });
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

const { namesOf } = await load('environments/items.ts'), { placesOf } = await load('history/moves.ts'), { opensKeys } = await load('offering.ts');

test('prompts are called by their files, and by folders where two are called alike', () => {
  const names = paths => [...namesOf(paths).values()];
  assert.deepEqual(names(['support/reply.prompt', 'sales/offer.prompt']), ['reply.prompt', 'offer.prompt']);
  assert.deepEqual(names(['de/support/reply.prompt', 'fr/support/reply.prompt', 'reply.prompt']), ['de/support/reply.prompt', 'fr/support/reply.prompt', 'reply.prompt']);
});

test('a version runs where it runs now', () => {
  const move = (kind, environment, now) => ({ kind, environment, ...(now && { now }) });
  assert.equal(placesOf({ environments: [move('promoted', 'staging', true), move('approved', 'production'), move('env-rolled-back', 'dev', true), move('promoted', 'dev')] }), 'runs in dev, staging');
  assert.equal(placesOf({ environments: [move('promoted', 'dev')] }), '');
  assert.equal(placesOf({}), '');
});

for (const [lines, opens] of [
  [['---', 'input:'], true], [['---', 'input:', '  schema: '], true], [['---', 'input:', '  schema:', '    order(object):'], true],
  [['---', 'name: reply'], false], [['---', '# note:'], false], [['---', '- a:'], false], [['---', 'input: {}', '---', 'Dear customer:'], false], [['Dear customer:'], false], [['---'], false],
]) test(`Enter behind ${JSON.stringify(lines.join('/'))} ${opens ? 'opens the list' : 'opens nothing'}`, () => assert.equal(opensKeys(lines), opens));
