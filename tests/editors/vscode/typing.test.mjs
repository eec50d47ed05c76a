// What a newcomer meets who types: VS Code as it is shipped, key by key.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Workbench } from './workbench.mjs';

const reply = `---
name: reply
input:
  schema:
    customer(object): { name: string, straße: string }
    ticket: string, what they wrote
---
Hello {{ customer.straße }}, {{ ticket }}, {{ customer.straße }}

`;

let bench;
before(async () => {
  bench = await Workbench.start({ asShipped: true, files: { 'reply.prompt': reply, 'empty.prompt': '', 'thrown.prompt': 'Hello\n', 'promptlsp.yaml': 'template: scriban\n' } });
  await bench.openFile('reply.prompt');
  await bench.status.waitFor();
}, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

const offer = text => bench.find('.suggest-widget.visible .monaco-list-row', { hasText: text }).first();

// The last line, once it is coloured: VS Code closes nothing behind lines that it has yet to colour.
async function begin() {
  await bench.press('Escape');
  await bench.goTo(9);
  await bench.find('.view-line span', { hasText: /^straße$/ }).first().waitFor();
  await bench.press('Control+Shift+End');
  await bench.press('Delete');
}

async function choose(text) {
  await offer(text).waitFor();
  await bench.press('Enter');
}

async function lastLine(wanted) {
  await bench.sees(new RegExp(`\\n${wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`));
}

for (const text of ['Hi {{ ticket }}, yes', '{{ticket}}', '{{{ ticket }}}', '{{{ticket}}}', '{% if x %}', '{{- ticket -}}', '{{ role "user" }}', '{"a": {"b": [1, 2]}}', '{{ "a {{ b" }}', '{{ f({ a: 1 }) }}',
  '{{~ ticket ~}}', '{{~ticket~}}', '{{ if ticket }}', '{{if ticket}}', '{{#if ticket}}', '{{/if}}', '{{!-- a note --}}', '{{# a note }}', '{{> part}}'])
  test(`typing ${text} leaves just that`, async () => {
    await begin();
    await bench.typeByHand(text);
    await lastLine(text);
  });

for (const [rest, whole] of [
  ['{ ticket', /\n\{\{ ticket(?: \}\})?$/],
  ['{{ ticket', /\n\{\{\{ ticket(?: \}\}\})?$/],
  ['{ ticket }}, yes', /\n\{\{ ticket \}\}, yes$/],
])
  test(`braces that follow Enter at once are whole or none: {${rest}`, async () => {
    await begin();
    await bench.typeByHand('Hi');
    await bench.press('Enter');
    await bench.press('{');
    await bench.typeByHand(rest);
    await bench.sees(whole);
  });

test('the quote behind a role that was accepted is gone over', async () => {
  await begin();
  await bench.typeByHand('{{ ro');
  await choose('role');
  await choose('system');
  await bench.typeByHand('" }}, yes');
  await lastLine('{{ role "system" }}, yes');
});

test('letters open the list, and what is accepted has the blank before its braces', async () => {
  await begin();
  await bench.typeByHand('{{ tick');
  await choose('ticket');
  await lastLine('{{ ticket }}');
});

test('a dot takes no offer that begins otherwise', async () => {
  await begin();
  await bench.typeByHand('{{ c.name');
  await lastLine('{{ c.name }}');
});

test('the comment key makes a comment of a line with code, and brings the line back', async () => {
  await begin();
  await bench.typeByHand('Hi {{ ticket }} and {{ ticket }}.');
  await bench.press('Control+/');
  await lastLine('{{~ # Hi {{ ticket }\\} and {{ ticket }\\}. ~}}');
  await bench.press('Control+/');
  await lastLine('Hi {{ ticket }} and {{ ticket }}.');
});

for (const rest of [' }}', '}}'])
  test(`typing ${JSON.stringify(rest)} behind what was accepted goes over the braces`, async () => {
    await begin();
    await bench.typeByHand('{{ tick');
    await choose('ticket');
    await bench.typeByHand(rest);
    await lastLine('{{ ticket }}');
  });

test('typing on after undo and redo goes over the braces', async () => {
  await begin();
  await bench.typeByHand('{{ ticket');
  await bench.press('Control+Z');
  await bench.press('Control+Y');
  await lastLine('{{ ticket }}');
  await bench.typeByHand(' }}');
  await lastLine('{{ ticket }}');
});

for (const [begun, ...left] of [['{{', '{}', ''], ['{{ ', '{{}}', '{}', ''], ['{%', '{}', ''], ['{% ', '{%%}', '{}', '']])
  test(`taking back ${JSON.stringify(begun)} leaves nothing behind`, async () => {
    await begin();
    await bench.typeByHand(begun);
    for (const now of left) {
      await bench.press('Backspace');
      await lastLine(now);
    }
  });

test('what a prompt is given comes before messages and conditions', async () => {
  await begin();
  await bench.typeByHand('{{ ');
  await offer('role').waitFor();
  const labels = await bench.find('.suggest-widget.visible .monaco-list-row').evaluateAll(rows => rows.map(r => r.getAttribute('aria-label').split(',')[0]));
  assert.deepEqual(labels.slice(0, 4), ['customer', 'ticket', 'role', 'if']);
  await bench.picture('typing');
});

test('the first word of a line offers the code that it begins', async () => {
  await begin();
  await bench.typeByHand('rol');
  await choose('role');
  await offer('system').waitFor();
  await bench.press('Enter');
  await bench.sees('{{ role "system" }}');
});

test('the Enter at the end of a line of prose ends the line', async () => {
  await begin();
  await bench.typeByHand('Write for');
  await bench.press('Enter');
  await bench.typeByHand('whom to include');
  await bench.press('Enter');
  await bench.typeByHand('x');
  await bench.sees(/\nWrite for\nwhom to include\nx$/);
});

test('names with any letters are words: they are highlighted and chosen whole', async () => {
  await begin();
  await bench.goTo(8, 20);
  await bench.find('.wordHighlightText, .wordHighlight, .wordHighlightStrong').nth(2).waitFor();
  await bench.press('Control+D');
  await bench.find('.statusbar-item', { hasText: '(6 selected)' }).first().waitFor();
  await bench.press('Escape');
});

test('front matter goes deeper at Enter, typed and accepted', async () => {
  await bench.openFile('empty.prompt');
  await bench.typeByHand('---');
  await bench.press('Escape');
  await bench.press('Enter');
  await bench.typeByHand('inp');
  await choose('input');
  await bench.press('Enter');
  // Without a letter: Enter itself opens the list.
  await choose('schema');
  await bench.press('Enter');
  await bench.typeByHand('customer:');
  await bench.press('Enter');
  await bench.typeByHand('name: string');
  await bench.press('Enter');
  await bench.press('Backspace');
  await bench.press('Backspace');
  await bench.typeByHand('unt');
  await choose('untrusted');
  await bench.typeByHand('cus');
  await choose('customer');
  await bench.press('End');
  await bench.press('Enter');
  await bench.sees('---\ninput:\n  schema:\n    customer:\n      name: string\n  untrusted: [customer]\n  ');
});

test('throwing away what was typed is no mistake', async () => {
  await bench.run('File: Toggle Auto Save');
  await bench.openFile('thrown.prompt');
  await bench.typeByHand('Dear ');
  await bench.find('.tab.active.dirty').waitFor();
  await bench.run('View: Close Editor');
  await bench.find('.monaco-dialog-box button, .monaco-dialog-box .monaco-button', { hasText: "Don't Save" }).first().click();
  await bench.find('.tab', { hasText: 'thrown.prompt' }).waitFor({ state: 'detached' });
  await bench.openFile('reply.prompt');
  await begin();
});

test('nothing popped up', async () => assert.deepEqual(await bench.find('.notification-toast .notification-list-item-message').allInnerTexts(), []));
