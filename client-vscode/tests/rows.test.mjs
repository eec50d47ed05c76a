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

const { driftOf, namesOf } = await load('environments/items.ts'), { placesOf } = await load('history/moves.ts'), { opensKeys } = await load('offering.ts');

test('prompts are called by their files, and by folders where two are called alike', () => {
  const names = paths => [...namesOf(paths).values()];
  assert.deepEqual(names(['support/reply.prompt', 'sales/offer.prompt']), ['reply.prompt', 'offer.prompt']);
  assert.deepEqual(names(['de/support/reply.prompt', 'fr/support/reply.prompt', 'reply.prompt']), ['de/support/reply.prompt', 'fr/support/reply.prompt', 'reply.prompt']);
});

test('drift is told with its numbers and how old the check is', () => {
  const drift = { since: '2026-03-14T12:00:00Z', checked: '2026-03-15T12:00:00Z', says: 'behaviour shifted', model: 'm', evaluation: 'e.yaml', p: 0.0004 };
  assert.equal(driftOf(drift, Date.parse('2026-03-15T13:00:00Z')), 'drift since 14 Mar: behaviour shifted (p < 0.001) · m, e.yaml, checked 1 hour ago');
  assert.match(driftOf({ ...drift, p: 0.004 }, Date.parse('2026-03-30T12:00:00Z')), /\(p = 0\.004\) .* checked 15 days ago: check again, that is long ago$/);
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
