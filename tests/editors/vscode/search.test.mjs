// Prompts are found as a person types, and the one at hand is shown beside the list.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;

let bench;
before(async () => { bench = await Workbench.start({ folder: examples }); }, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

test('a word that stands in no name finds the prompt, and its line is shown', async () => {
  await bench.openFile('triage.prompt');
  await bench.run('PromptLsp: Search Prompts');
  await bench.input.fill('legal threats');
  await bench.row('support-reply').waitFor();
  await bench.find('.quick-input-list .monaco-list-row', { hasText: 'legal threats, or a third complaint' }).first().waitFor();
  await bench.find('.tab.active', { hasText: 'reply.prompt' }).first().waitFor();
  await bench.find('.view-line', { hasText: 'legal threats' }).first().waitFor();
  await bench.picture('search');
});

test('filters narrow, and one that there is not is told with what was meant', async () => {
  await bench.input.fill('owner:kestrel/finance');
  await bench.row('invoice-extraction').waitFor();
  assert.equal(await bench.find('.quick-input-list .monaco-list-row').count(), 1);
  await bench.input.fill('onwer:kestrel/finance');
  await bench.find('.quick-input-title', { hasText: 'did you mean `owner:`?' }).waitFor();
});

test('Escape leaves things as they were', async () => {
  await bench.press('Escape');
  await bench.find('.tab.active', { hasText: 'triage.prompt' }).first().waitFor();
  assert.equal(await bench.find('.tab', { hasText: 'invoice.prompt' }).count(), 0);
});

test('Enter opens the prompt at its line', async () => {
  await bench.run('PromptLsp: Search Prompts');
  await bench.input.fill('"legal threats"');
  await bench.row('support-reply').waitFor();
  await bench.press('Enter');
  await bench.find('.tab.active', { hasText: 'reply.prompt' }).first().waitFor();
  await bench.find('.statusbar-item', { hasText: 'selected' }).first().waitFor();
});
