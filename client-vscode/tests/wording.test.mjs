// Ages and changes are said as the server says them: the same words in the view as in lenses and hovers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { outputFiles: [{ text }] } = await build({
  entryPoints: [fileURLToPath(new URL('../src/wording.ts', import.meta.url))], bundle: true, format: 'esm', write: false,
});
const { age, allChanges } = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);

const minute = 60, hour = 60 * minute, day = 24 * hour;
const now = Date.parse('2026-03-01T12:00:00Z');

for (const [seconds, expected] of [
  [-300, 'just now'], [59, 'just now'], [119, '1 minute ago'], [130 * minute, '2 hours ago'], [26 * hour, 'yesterday'], [59 * day, '59 days ago'],
  [70 * day, '2 months ago'], [400 * day, '13 months ago'], [800 * day, '2 years ago'],
]) test(`${seconds} seconds: ${expected}`, () => assert.equal(age(new Date(now - seconds * 1000).toISOString(), now), expected));

test('a burst has the changes of all its saves', () => {
  assert.equal(allChanges([{ added: 1, removed: 2 }, { added: 3 }, {}]), '+4 −2');
  assert.equal(allChanges([{}]), '');
});
