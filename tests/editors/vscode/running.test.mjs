// Prompts are sent to a model, which is a server on this machine, and what comes is shown; evaluations are written, and run in the Testing view.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Models } from './models.mjs';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;
const key = 'sk-test-0123456789';

let bench, models;
before(async () => {
  models = await Models.start(() => ({ text: '{"queue": "warranty", "urgent": false}' }));
  bench = await Workbench.start({ folder: examples, asShipped: true });
  const folder = path.join(bench.home, 'tmp/promptlsp');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'providers.yaml'), `openai: { endpoint: "${models.endpoint}", key: ${key} }\n`, { mode: 0o600 });
}, { timeout: 180_000 });
after(async () => {
  await bench?.stop();
  models?.stop();
});
afterEach(t => bench?.pictureOfFailure(t));

const lens = title => bench.find('.codelens-decoration a', { hasText: new RegExp(`^${title}$`) }).first();

test('the lens sends the prompt, and the answer streams beside it with its price', async () => {
  let release;
  models.answer = () => ({ text: '{"queue": "warranty", "urgent": false}', hold: new Promise(go => { release = go; }) });
  // It takes a third of the window, and has nothing to say here.
  await bench.run('View: Hide Secondary Side Bar');
  await bench.openFile('support/triage.prompt');
  await lens('Run').click();
  await bench.preview.locator('.going .answer', { hasText: '{"queue":' }).waitFor();
  await bench.preview.locator('#stop').waitFor();
  release();
  await bench.preview.locator('.run .summary', { hasText: /openai\/gpt-4o-mini.*412 tokens in, 24 out · \$/ }).waitFor();
  assert.equal(await bench.preview.locator('.run .answer').innerText(), '{"queue": "warranty", "urgent": false}');
  assert.match(models.questions.at(-1).said, /Mein Rahmen ist gebrochen/);
  assert.equal(models.questions.at(-1).key, `Bearer ${key}`);
  await bench.picture('run');
});

test('what does not fit the schema is marked, and two runs stand side by side', async () => {
  models.answer = () => ({ text: 'It belongs to returns.' });
  await bench.preview.locator('#run', { hasText: 'Run again' }).click();
  await bench.preview.locator('.misfit', { hasText: 'does not fit output.schema: the answer is no JSON' }).waitFor();
  await bench.preview.locator('#other').selectOption({ index: 1 });
  await bench.preview.locator('.beside .run').nth(1).waitFor();
  assert.deepEqual(await bench.preview.locator('.run .answer').allInnerTexts(), ['It belongs to returns.', '{"queue": "warranty", "urgent": false}']);
  await bench.picture('run-beside');
});

test('nothing in an answer is live', async () => {
  const hostile = '<img src="http://127.0.0.1:9/x.png" onerror="alert(1)"> ![a](http://127.0.0.1:9/y.png) \u001b[2J\u202Etxet <script>alert(1)</script>';
  models.answer = () => ({ text: hostile });
  await bench.preview.locator('#run').click();
  await bench.preview.locator('.run .answer', { hasText: '![a](http://127.0.0.1:9/y.png)' }).first().waitFor();
  await bench.preview.locator('.run .answer', { hasText: '‹U+001B›[2J‹U+202E›' }).first().waitFor();
  assert.equal(await bench.preview.locator('main img, main script, main a').count(), 0);
  assert.deepEqual(bench.outside, []);
});

test('stop hangs up', async () => {
  models.answer = () => ({ endless: true });
  const left = models.left;
  await bench.preview.locator('#run').click();
  await bench.preview.locator('.going .answer', { hasText: 'word 5' }).waitFor();
  await bench.preview.locator('#stop').click();
  await bench.preview.locator('#failure', { hasText: 'Stopped.' }).waitFor();
  for (const end = Date.now() + 10_000; models.left === left; await wait(50)) assert.ok(Date.now() < end, 'the connection is still open');
});

test('a provider that cannot be reached is one line', async () => {
  const file = path.join(bench.home, 'tmp/promptlsp/providers.yaml');
  writeFileSync(file, `openai: { endpoint: "http://127.0.0.1:9/v1", key: ${key} }\n`);
  await bench.preview.locator('#run').click();
  await bench.preview.locator('#failure', { hasText: 'cannot be reached' }).waitFor();
  assert.doesNotMatch(await bench.preview.locator('body').innerText(), new RegExp(key));
  writeFileSync(file, `openai: { endpoint: "${models.endpoint}", key: ${key} }\n`);
});

test('an answer becomes what an evaluation expects', async () => {
  models.answer = () => ({ text: '{"queue": "warranty", "urgent": false}' });
  await bench.preview.locator('#run').click();
  const card = bench.preview.locator('.run', { hasText: '"urgent": false' }).first();
  await card.getByText('Expect this answer…').click();
  await bench.answer('Expect this answer', 'broken frame');
  await bench.find('.tab.active', { hasText: 'triage.yaml' }).first().waitFor();
  await bench.sees(/- \{"id":"broken frame","input":\{"ticket":"Mein Rahmen ist gebrochen\."/);
});

test('an evaluation completes, explains itself and says what is wrong', async () => {
  await bench.goTo(5);
  await bench.press('End');
  await bench.press('Enter');
  await bench.type('- cont');
  await bench.find('.suggest-widget.visible .monaco-list-row', { hasText: 'contains' }).first().waitFor();
  await bench.press('Escape');
  await bench.press('Control+Backspace');
  await bench.type('contians: x');
  await bench.squiggle('error').first().waitFor();
  await bench.picture('evaluation');
  // Findings that come while the workbench looks for actions make it say that there are none.
  await bench.until(() => bench.press('Control+.'), bench.find('.action-widget .monaco-list-row', { hasText: 'Change to `contains`' }).first());
  await bench.press('Enter');
  await bench.sees('- contains: x');
  await bench.press('Control+Shift+K');
  await bench.sees(/json-schema: output\nmust-pass/);
  await bench.find('.tab.active:not(.dirty)', { hasText: 'triage.yaml' }).waitFor();
});

test('tests run from their lens, and failures stand at their line', async () => {
  await bench.openFile('support/triage.prompt');
  await lens('Run tests').click();
  await bench.find('.test-explorer .monaco-list-row', { hasText: 'support/triage.prompt' }).first().waitFor();
  await bench.find('.testing-run-glyph.codicon-testing-passed-icon, .codicon-testing-passed-icon').first().waitFor();
});

test('an evaluation runs in the Testing view, row by row', async () => {
  const queueOf = said => /brakes failed/.test(said) ? 'other' : /helmet/.test(said) ? 'returns' : /colis/.test(said) ? 'shipping' : 'warranty';
  models.answer = said => ({ text: `{"queue": "${queueOf(said)}", "urgent": false}`, pause: 5 });
  const row = bench.find('.test-explorer .monaco-list-row', { hasText: 'evaluations/triage.yaml' }).first();
  await row.click();
  await bench.run('Test: Refresh Tests');
  await row.hover();
  await row.locator('.codicon-testing-run-icon, [aria-label*="Run Test"]').first().click();
  await bench.find('.test-explorer .codicon-testing-failed-icon').first().waitFor();
  await bench.openFile('triage.yaml');
  await bench.goTo(19);
  await bench.picture('testing');
  await bench.run('PromptLsp: Show Evaluation Report');
  await bench.page.frameLocator('iframe.webview.ready >> nth=-1').frameLocator('#active-frame').getByText('passed (95 % interval)').waitFor();
  await bench.picture('evaluation-report');
  await bench.run('View: Close Editor');
});

test('an older version runs from the history', async () => {
  models.answer = said => ({ text: /Be quick/.test(said) ? '{"queue": "other", "urgent": true}' : '{"queue": "warranty", "urgent": false}' });
  await bench.openFile('support/triage.prompt');
  await bench.goTo(26);
  await bench.press('End');
  await bench.type(' Be quick.');
  await bench.press('Control+S');
  await bench.run('PromptLsp: Show History');
  await bench.version('v2').waitFor();
  const card = bench.preview.locator('.run', { has: bench.preview.locator('h2', { hasText: 'v1' }) }).first();
  // A menu takes no click in the moment in which it opens.
  await bench.until(async () => {
    await bench.press('Escape');
    await bench.version('v1').click({ button: 'right' });
    await bench.find('.monaco-menu .action-label', { hasText: 'Run This Version' }).first().waitFor();
    await new Promise(calm => setTimeout(calm, 500));
    await bench.find('.monaco-menu .action-label', { hasText: 'Run This Version' }).first().click();
  }, card, 3);
  await card.locator('.answer', { hasText: '"queue": "warranty"' }).waitFor();
  assert.doesNotMatch(models.questions.at(-1).said, /Be quick/);
});

test('a key is asked for where it is missing, kept by the workbench, and shown nowhere', async () => {
  const hidden = 'sk-hidden-987654321', file = path.join(bench.home, 'tmp/promptlsp/providers.yaml');
  writeFileSync(file, `openai: { endpoint: "${models.endpoint}", key-from: TEST_KEY }\n`, { mode: 0o600 });
  await bench.preview.locator('#run').click();
  await bench.preview.locator('#failure', { hasText: 'There is no key for `openai`: TEST_KEY, which is not set.' }).waitFor();
  await bench.preview.locator('#failure button', { hasText: 'Set key…' }).click();
  await bench.row('TEST_KEY, which is not set').click();
  await bench.find('.quick-input-widget', { hasText: 'Key of openai' }).waitFor();
  assert.equal(await bench.input.getAttribute('type'), 'password');
  await bench.answer('Key of openai', hidden);
  await bench.find('.statusbar-item', { hasText: 'The key of openai is kept' }).first().waitFor();
  await bench.until(() => bench.preview.locator('#run:enabled').click(), bench.preview.locator('body:has(#failure[hidden])'), 6);
  await bench.preview.locator('.run .summary').first().waitFor();
  assert.equal(models.questions.at(-1).key, `Bearer ${hidden}`);
  assert.deepEqual(bench.filesWith(hidden), []);

  await bench.run('PromptLsp: Set Key of a Model Provider');
  await bench.row('kept here').click();
  await bench.answer('Key of openai', '');
  await bench.find('.statusbar-item', { hasText: 'The key of openai is removed' }).first().waitFor();
  await bench.until(() => bench.preview.locator('#run:enabled').click(), bench.preview.locator('#failure', { hasText: 'There is no key for `openai`' }), 6);
});

test('nothing outside this machine was asked for', () => assert.deepEqual(bench.outside, []));
