// What the model would get, beside the prompt, while it is typed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;

let bench;
before(async () => { bench = await Workbench.start({ folder: examples }); }, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

test('the preview shows the messages as cards', async () => {
  await bench.openFile('reply.prompt');
  await bench.run('PromptLsp: Show Preview');
  await bench.preview.getByText('system', { exact: false }).first().waitFor();
  await bench.preview.getByText('user', { exact: false }).first().waitFor();
});

test('it follows what is typed, saved or not', async () => {
  await bench.run('View: Focus First Editor Group');
  await bench.goTo(74);
  await bench.press('Control+End');
  await bench.type('\nSign as the bicycle shop.');
  await bench.preview.getByText('Sign as the bicycle shop.').first().waitFor();
  await bench.picture('preview');
  await bench.picture('walkthrough-preview', { x: 815, y: 5, width: 460, height: 640 });
});

test('tokens stand with their cost, in the panel, the status bar and the lens', async () => {
  await bench.preview.locator('#tokens', { hasText: /\d+ of 1,200 tokens · \$0\.\d+/ }).waitFor();
  await bench.find('[id*="promptlsp.status"]', { hasText: /tokens · \$/ }).first().waitFor();
});

test('items of a loop have the colour and the chip of their input', async () => {
  await bench.preview.locator('.chip', { hasText: 'orders' }).waitFor();
  const [chip, item] = [bench.preview.locator('.chip', { hasText: 'orders' }), bench.preview.locator('.value', { hasText: 'K-1042' })];
  const colour = element => element.evaluate(e => /colour-\d/.exec(e.className)[0]);
  assert.equal(await colour(item), await colour(chip));
});

test('another sample is counted and previewed everywhere', async () => {
  await bench.preview.locator('#sample').selectOption('new customer');
  await bench.preview.getByText('Do you ship to Norway?').first().waitFor();
  const shown = /^\d+/.exec(await bench.preview.locator('#tokens', { hasText: 'tokens' }).innerText())[0];
  await bench.find('[id*="promptlsp.status"]', { hasText: `${shown} tokens` }).first().waitFor();
});

test('inputs are changed in the panel and saved as a sample, comments and order kept', async () => {
  await bench.preview.locator('#edit').click();
  await bench.preview.locator('#input-ticket').fill('My bell is broken.');
  await bench.preview.locator('.message', { hasText: 'My bell is broken.' }).waitFor();
  await bench.preview.locator('.save').click();
  await bench.answer('Save as a sample', 'bell');
  await bench.preview.locator('#sample option[value=bell]').waitFor({ state: 'attached' });
  assert.equal(await bench.preview.locator('#sample').inputValue(), 'bell');
  await bench.run('View: Focus First Editor Group');
  await bench.goTo(38, 1);
  await bench.sees(/bell:\n\s+customer: .+\n\s+ticket: My bell is broken\./);
});

test('the messages are copied as Markdown', async () => {
  await bench.preview.locator('#copy').selectOption('markdown');
  await bench.find('.statusbar-item', { hasText: 'Copied as Markdown' }).first().waitFor();
  assert.match(await bench.page.evaluate(() => navigator.clipboard.readText()), /^### system\n\nYou answer support tickets\.[^]+### user\n\nTicket from/);
});

test('the preview comes back when the window is loaded anew', async () => {
  await bench.run('View: Focus First Editor Group');
  await bench.press('Control+S');
  await reload();
  await bench.preview.getByText('My bell is broken.').first().waitFor({ timeout: 60_000 });
});

test('it comes back with the inputs that were tried, also where the settings name a server', async () => {
  const server = bench.copyOfServer();
  bench.set('promptlsp.server.path', server);
  await runs(server);
  await bench.preview.locator('#edit').click();
  await bench.preview.locator('#input-ticket').fill('My saddle squeaks.');
  await bench.preview.locator('.message', { hasText: 'My saddle squeaks.' }).waitFor();
  await reload();
  await bench.preview.locator('.message', { hasText: 'My saddle squeaks.' }).waitFor({ timeout: 60_000 });
  await runs(server);
});

test('chips have borders in a high contrast theme', async () => {
  await bench.setTheme('Default High Contrast');
  await bench.preview.locator('body.vscode-high-contrast').waitFor();
  const border = await bench.preview.locator('.chip').first().evaluate(e => getComputedStyle(e).borderTopWidth + ' ' + getComputedStyle(e).borderTopColor);
  assert.match(border, /^1px rgb\((?!0, 0, 0)/);
  await bench.setTheme('Default Light Modern');
});

test('what cannot be rendered says so in the preview and in the status bar', async () => {
  await bench.run('View: Focus First Editor Group');
  await bench.openFile('other-format.prompt');
  await bench.preview.getByText('which PromptLsp neither checks nor renders').waitFor();
  await bench.find('[id*="promptlsp.status"]', { hasText: 'not rendered' }).first().waitFor();
  await bench.openFile('reply.prompt');
});

test('what fails is said in place', async () => {
  await bench.press('Control+End');
  await bench.type(' {{ 1 | string.nonsense }}');
  await bench.preview.getByText('nonsense', { exact: false }).first().waitFor();
  await bench.preview.locator('#tokens', { hasText: 'does not render' }).waitFor();
  await bench.find('[id*="promptlsp.status"]', { hasText: 'fails' }).first().waitFor();
});

test('what is half typed leaves in view what it gave before', async () => {
  await bench.type(' {{ if ');
  await bench.preview.locator('#messages.stale .message').first().waitFor();
  await bench.preview.getByText('Below is what it gave before').waitFor();
});

// In a browser VS Code writes down every five seconds what a window shows, and cannot while it closes.
async function reload() {
  await wait(12_000);
  await bench.page.reload();
}

async function runs(server) {
  for (const end = Date.now() + 30_000; spawnSync('pgrep', ['-f', server]).status !== 0; await wait(200)) assert.ok(Date.now() < end, `${server} was not started`);
}

test('nothing outside this machine was asked for', () => assert.deepEqual(bench.outside, []));
