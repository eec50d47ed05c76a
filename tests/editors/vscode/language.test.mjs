// What a prompt's author sees of the language server, in a workbench with nothing but the extension.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;

const welcome = `---
name: support-welcome
description: Greets a new customer.
owner: "@kestrel/support"
tags: [support]
model: openai/gpt-4o-mini
input:
  schema:
    customer(object, who has just signed up):
      name: string, how they sign
      plan(enum, what they pay for): [free, plus, fleet]
    question?: string, what they asked first
  untrusted: [question]
samples:
  first: { customer: { name: Ada, plan: plus } }
---
{{ role "system" }}
You write for {{ brand.name }}. {{ brand.voice }}
{{ if customer.plan == "fleet" }}Offer a call.{{ end }}
{{ role "user" }}
Greet {{ custmer.name }} and thank them for choosing the {{ customer.plan }} plan.

`;

let bench;
before(async () => { bench = await Workbench.start({ folder: examples, files: { 'support/welcome.prompt': welcome } }); }, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

test('a file of the examples has nothing to complain of', async () => {
  await bench.openFile('reply.prompt');
  await bench.status.waitFor();
  await bench.openFile('welcome.prompt');
  await bench.squiggle('warning').first().waitFor();
  await bench.press('Control+Shift+M');
  await bench.find('.markers-panel-action-filter input, .panel .monaco-inputbox input').first().fill('support');
  await bench.find('.markers-panel .monaco-list-row', { hasText: 'custmer' }).first().waitFor();
  assert.deepEqual(await bench.find('.markers-panel .monaco-list-row', { hasText: 'reply.prompt' }).allTextContents(), []);
  await bench.press('Control+J');
});

test('a misspelt variable is underlined and says what it should have been', async () => {
  await bench.find('.view-line span', { hasText: /^custmer$/ }).hover();
  const hover = bench.find('.monaco-hover:visible', { hasText: 'did you mean' });
  await hover.waitFor();
  assert.match(await hover.textContent(), /`?custmer`? .*`?customer`?/);
  await bench.picture('problems');
  await bench.picture('walkthrough-problems', { x: 375, y: 280, width: 850, height: 170 });
  await bench.press('Escape');
});

test('its quick fix mends it', async () => {
  await bench.goTo(21, 12);
  const fix = bench.find('.action-widget .monaco-list-row', { hasText: 'customer' }).first();
  await bench.until(() => bench.press('Control+.'), fix);
  await bench.picture('quick-fix');
  await bench.press('Enter');
  await bench.sees('Greet {{ customer.name }}');
  await bench.squiggle('warning').first().waitFor({ state: 'detached' });
});

test('completion after a dot offers what the schema declares', async () => {
  await bench.goTo(22, 1);
  await bench.type('Hello {{ customer.');
  const rows = bench.find('.suggest-widget.visible .monaco-list-row');
  await rows.filter({ hasText: 'plan' }).first().waitFor();
  await rows.filter({ hasText: 'name' }).first().waitFor();
  await bench.picture('completion');
  await bench.type('na');
  await rows.filter({ hasText: 'plan' }).first().waitFor({ state: 'detached' });
  await bench.press('Enter');
  await bench.sees('Hello {{ customer.name');
  await bench.press('Escape');
});

test('braces close themselves, and completion inside them offers the inputs', async () => {
  await bench.press('End');
  await bench.type('\n');
  // VS Code closes nothing behind lines that it has yet to colour, and it colours them when it is idle: a slow machine needs another try.
  await bench.until(async () => {
    await bench.goTo(23, 1);
    await bench.press('Shift+End');
    await bench.press('Delete');
    await bench.type('{{');
  }, bench.find('.view-line', { hasText: /^\{\{\}\}$/ }));
  await bench.find('.suggest-widget.visible .monaco-list-row', { hasText: 'question' }).first().waitFor();
  await bench.press('Escape');
  for (let i = 0; i < 3; i++) await bench.press('Control+Z');
});

test('hover explains an input', async () => {
  await bench.goTo(1);
  await bench.find('.view-line span', { hasText: /^plan$/ }).last().hover();
  await bench.find('.monaco-hover:visible', { hasText: 'what they pay for' }).waitFor();
  await bench.picture('hover');
  await bench.press('Escape');
});

test('roles, variables and text have colours of their own', async () => {
  const classes = await bench.find('.editor-group-container.active .view-line span span').evaluateAll(spans =>
    Object.fromEntries(spans.map(s => [s.textContent.replaceAll('\u00a0', ' ').trim(), s.className])));
  assert.equal(new Set([classes.role, classes.system, classes.customer, classes['You write for']]).size, 4);
});

test('renaming a variable renames it in the schema and wherever it is read', async () => {
  await bench.run('File: Revert File');
  await bench.sees('custmer');
  await bench.goTo(19, 9);
  const box = bench.find('.rename-box input');
  await bench.until(() => bench.press('F2'), box);
  await box.fill('client');
  await bench.press('Enter');
  const text = await bench.sees('{{ if client.plan');
  assert.match(text, /client\(object, who has just signed up\)/);
  assert.match(text, /the \{\{ client\.plan \}\} plan/);
  assert.match(text, /first: \{ client: /);
  await bench.run('File: Revert File');
  await bench.sees('{{ if customer.plan');
});

test('a server that falls is started again, and goes on', async () => {
  const servers = () => execFileSync('pgrep', ['-f', `${bench.home}/.*promptlsp serve`]).toString().split('\n').filter(Boolean);
  const [before, ...others] = servers();
  assert.deepEqual(others, []);
  process.kill(Number(before), 'SIGKILL');
  await bench.squiggle('warning').first().waitFor({ state: 'detached' }).catch(() => {});
  await bench.squiggle('warning').first().waitFor();
  const [now] = servers();
  assert.notEqual(now, before);
  await bench.goTo(21, 12);
  await bench.until(() => bench.press('Control+.'), bench.find('.action-widget .monaco-list-row', { hasText: 'customer' }).first());
  await bench.press('Enter');
  await bench.sees('Greet {{ customer.name }}');
});

test('saving writes the file as it is on the screen', async () => {
  await bench.save();
  assert.match(readFileSync(path.join(bench.folder, 'support/welcome.prompt'), 'utf8'), /Greet \{\{ customer\.name \}\} and thank them/);
});

test('nothing outside this machine was asked for', () => assert.deepEqual(bench.outside, []));
