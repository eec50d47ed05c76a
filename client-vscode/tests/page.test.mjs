// The extension's page names no picture that an editor cannot show.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pageOf } from '../scripts/page.mjs';

const here = path => new URL(`../${path}`, import.meta.url);
const readme = readFileSync(here('README.md'), 'utf8');
const pictures = text => [...text.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(m => m[1]);

test('every picture that the page names is there', () => {
  assert.ok(pictures(readme).length >= 4);
  for (const picture of pictures(readme)) assert.ok(existsSync(here(picture)), picture);
});

test('without an address for them the page has no picture, and all its words', () => {
  assert.deepEqual(pictures(pageOf(readme)), []);
  assert.deepEqual(pageOf(readme).match(/^#.*$/gm), readme.match(/^#.*$/gm));
  assert.doesNotMatch(pageOf(readme), /\]\(\.\.?\//);
});

test('with an address they are at it', () => {
  const shown = pictures(pageOf(readme, 'https://example.org/promptlsp/pictures'));
  assert.equal(shown.length, pictures(readme).length);
  for (const picture of shown) assert.match(picture, /^https:\/\/example\.org\/promptlsp\/pictures\/[\w-]+\.png$/);
});

test('the pictures of the walkthrough are there', () => {
  const named = readFileSync(here('package.json'), 'utf8').match(/(?<=pictures\/)[\w-]+\.png/g);
  assert.equal(named.length, 3);
  for (const name of named) assert.ok(existsSync(here(`../docs/pictures/${name}`)), name);
});
