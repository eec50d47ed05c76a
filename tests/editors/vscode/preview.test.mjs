// What the model would get, beside the prompt, while it is typed.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
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
});

test('what fails is said in place', async () => {
  await bench.type(' {{ 1 | string.nonsense }}');
  await bench.preview.getByText('nonsense', { exact: false }).first().waitFor();
});

test('nothing outside this machine was asked for', () => assert.deepEqual(bench.outside, []));
