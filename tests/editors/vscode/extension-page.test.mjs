// What somebody sees of the extension before using it: its page, its walkthrough, and a rule's page.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;

let bench;
before(async () => { bench = await Workbench.start({ folder: examples }); }, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

test('no picture of the extension page is broken', async () => {
  await bench.run('Extensions: Show Installed Extensions');
  await bench.find('.extensions-list .monaco-list-row', { hasText: 'PromptLsp' }).first().click();
  await bench.preview.locator('h2').first().waitFor();
  const broken = await bench.preview.locator('img').evaluateAll(images => images.filter(image => image.naturalWidth === 0).map(image => image.alt));
  assert.deepEqual(broken, []);
});

test('the walkthrough speaks in words', async () => {
  await bench.run('Welcome: Open Walkthrough');
  await bench.row('Prompts as code').click();
  const page = bench.find('.gettingStartedContainer');
  await page.getByText('Write a prompt').first().waitFor();
  assert.doesNotMatch(await page.innerText(), /`/);
});

test('a finding leads to its rule, explained inside the editor', async () => {
  await bench.openFile('variables.prompt');
  await bench.squiggle('error').or(bench.squiggle('warning')).first().waitFor();
  await bench.until(() => bench.press('F8'), bench.find('.zone-widget').first());
  await bench.press('Escape');
  await bench.until(() => bench.press('Control+.'), bench.find('.action-widget .action', { hasText: 'Explain' }).first());
  const offers = await bench.find('.action-widget .action').allInnerTexts();
  assert.ok(offers.findIndex(o => o.includes('Turn ')) > offers.findIndex(o => o.includes('Explain ')), offers.join('; '));
  await bench.find('.action-widget .action', { hasText: 'Explain' }).first().click();
  await bench.preview.locator('h1').first().waitFor();
  await bench.preview.locator('h2', { hasText: 'Why' }).waitFor();
});

test('nothing outside this machine was asked for', () => assert.deepEqual(bench.outside, []));
