// An hour with a prompt: saved, tagged, broken, compared and brought back, without the keyboard leaving the editor.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;

let bench;
before(async () => { bench = await Workbench.start({ folder: examples, files: { 'farewell.prompt': 'Goodbye!\n' } }); }, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

const lens = text => bench.find('.codelens-decoration', { hasText: text }).first();
const onDisk = () => readFileSync(path.join(bench.folder, 'support/triage.prompt'), 'utf8');

/** Adds a line and saves. */
async function writeLast(text) {
  await bench.press('Control+End');
  await bench.type(`${text}\n`);
  await bench.save();
  await bench.press('Control+Home');
}

test('a prompt without a past says so above its first line', async () => {
  await bench.openFile('triage.prompt');
  await lens('no version yet').waitFor();
  await lens('Preview').waitFor();
});

test('saving makes a version, and keeps what was there before', async () => {
  await writeLast('Keep to one paragraph.');
  await lens('v2 · Ada Lovelace, just now').waitFor();
});

test('a tag is asked for, checked while it is typed, and stands in the lens', async () => {
  await bench.run('PromptLsp: Tag This Version');
  await bench.find('.quick-input-widget', { hasText: 'Tag' }).waitFor();
  await bench.input.fill('two words');
  await bench.find('.quick-input-message', { hasText: 'letters, digits' }).waitFor();
  await bench.picture('tag');
  await bench.input.fill('triage-stable');
  await bench.find('.quick-input-message', { hasText: 'letters, digits' }).waitFor({ state: 'detached' });
  await bench.press('Enter');
  await bench.answer('Tag', 'checked with the team');
  await lens('triage-stable').waitFor();
});

test('the distance from the tag is in the lens', async () => {
  await writeLast('Never use a list.');
  await lens('v3 · Ada Lovelace').waitFor();
  await lens('+1 −0 since triage-stable').waitFor();
});

test('the history view lists the versions with tags and notes', async () => {
  await bench.run('PromptLsp: Show History');
  await bench.version('v3').waitFor();
  await bench.version('triage-stable').waitFor();
  await bench.picture('history');
  await bench.picture('walkthrough-history', { x: 50, y: 0, width: 640, height: 260 });
});

test('the line under the cursor tells who changed it last', async () => {
  await bench.run('View: Focus Active Editor Group');
  await bench.goTo(40);
  // Such a decoration is drawn behind the line by the style sheet.
  await bench.page.waitForFunction(() => [...document.querySelectorAll('.view-line span')].some(e => /Ada Lovelace.*v3/.test(getComputedStyle(e, '::after').content)));
  await bench.press('Control+Home');
});

test('the lens opens the difference in the workbench\'s own diff editor', async () => {
  // Again where the lens was drawn anew under the click.
  const lensOfTag = bench.find('.codelens-decoration a', { hasText: 'since triage-stable' });
  await bench.until(() => lensOfTag.click(), bench.find('.tab.active', { hasText: '↔' }), 3);
  await bench.press('Control+End');
  await bench.find('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert, .monaco-diff-editor .insert-sign').first().waitFor();
  await bench.picture('compare');
  await bench.find('.tab.active .tab-actions .action-label').click();
  await bench.find('.tab.active', { hasText: /^triage.prompt$/ }).waitFor();
});

test('rolling back is an edit: asked for, undone by undo, and done again', async () => {
  await bench.openFile('triage.prompt');
  await bench.run('PromptLsp: Roll Back');
  await bench.row('triage-stable').waitFor();
  await bench.row('triage-stable').click();
  await bench.answer('Roll back to', 'lists were fine after all');
  await bench.find('.tab.active.dirty').waitFor();
  await bench.press('Control+End');
  assert.doesNotMatch((await bench.lines()).join('\n'), /Never use a list/);
  await bench.press('Control+Z');
  await bench.press('Control+End');
  await bench.sees('Never use a list.');
  await bench.press('Control+Y');
  await bench.find('.tab.active.dirty').waitFor();
  await bench.save();
  await bench.press('Control+Home');
  assert.doesNotMatch(onDisk(), /Never use a list/);
  assert.match(onDisk(), /Keep to one paragraph/);
  await lens('v4 · Ada Lovelace').waitFor();
});

test('Escape where the reason is asked for changes nothing and says so', async () => {
  await bench.run('PromptLsp: Tag This Version');
  await bench.answer('Tag', 'on-second-thought');
  await bench.find('.quick-input-widget', { hasText: 'as on-second-thought' }).waitFor();
  await bench.press('Escape');
  await bench.notification('v4 is not tagged').waitFor();
  await bench.run('Notifications: Clear All Notifications');
});

test('browsing the versions of an unsaved text leaves no tab behind', async () => {
  await bench.openFile('triage.prompt');
  await bench.press('Control+End');
  await bench.type('Not saved. ');
  const tabs = await bench.find('.tab').count();
  await bench.press('Control+Alt+H');
  await bench.row('v4').waitFor();
  for (const version of ['v3', 'v2']) {
    await bench.press('ArrowDown');
    await bench.find('.tab.active', { hasText: `${version} ↔ now` }).waitFor();
  }
  await bench.press('Escape');
  await bench.find('.tab.active', { hasText: /^triage.prompt$/ }).waitFor();
  assert.equal(await bench.find('.tab').count(), tabs);
  await bench.run('File: Revert File');
  await bench.find('.tab.active:not(.dirty)').waitFor();
});

test('a click on the version brings its row to the front', async () => {
  await bench.status.click();
  await bench.find('.pane-body .monaco-list-row.selected', { hasText: 'back to v2' }).waitFor();
});

test('what the model gets from an older version stands beside what it gets now', async () => {
  await bench.openFile('triage.prompt');
  await bench.run('PromptLsp: Compare Rendered with');
  await bench.row('v3').click();
  await bench.find('.tab.active', { hasText: 'rendered: v3 ↔ now' }).waitFor();
  await bench.run('View: Close Editor');
});

test('a new prompt stays open and has its first version at once', async () => {
  await bench.run('PromptLsp: New Prompt');
  await bench.answer('New Prompt', 'greeting');
  await bench.until(() => bench.press('Enter'), bench.find('.tab.active', { hasText: 'greeting.prompt' }));
  await bench.find('.tab.active:not(:has(.italic))', { hasText: 'greeting.prompt' }).waitFor();
  await lens('v1 · Ada Lovelace').waitFor();
});

test('a deleted prompt comes back with its history', async () => {
  const file = ['support', ''].map(folder => path.join(bench.folder, folder, 'greeting.prompt')).find(existsSync), text = readFileSync(file, 'utf8');
  await bench.run('View: Close Editor');
  rmSync(file);
  await bench.openFile('triage.prompt');
  // What goes outside the editor is seen a moment later.
  await bench.until(() => bench.run('PromptLsp: Restore Deleted Prompt'), bench.row('greeting.prompt'));
  await bench.row('greeting.prompt').click();
  await bench.answer('Restore greeting.prompt', 'needed after all');
  await bench.find('.tab.active', { hasText: 'greeting.prompt' }).waitFor();
  assert.equal(readFileSync(file, 'utf8'), text);
});

test('a prompt that git knows offers the past that git has', async () => {
  const git = (...args) => execFileSync('git', ['-c', 'user.name=Alan Turing', '-c', 'user.email=alan@example.com', ...args], { cwd: bench.folder });
  git('init', '-q');
  git('add', 'farewell.prompt');
  git('commit', '-qm', 'Say goodbye', '--date', '2024-01-01T12:00:00Z');
  await bench.openFile('farewell.prompt');
  await bench.run('PromptLsp: Show History');
  await bench.find('.pane-body a, .pane-body .monaco-button', { hasText: 'Take Over History from Git' }).first().click();
  await bench.version('Alan Turing').waitFor();
  await bench.version('Say goodbye').waitFor();
  await lens('v1 · Alan Turing').waitFor();
});

test('the command line tells the same story, and the chain holds', () => {
  const server = execFileSync('pgrep', ['-af', `${bench.home}/.*promptlsp serve`]).toString().split(' ')[1];
  const versions = JSON.parse(execFileSync(server, ['log', 'support/triage.prompt', '--format', 'json'], { cwd: bench.folder }).toString());
  assert.deepEqual(versions.map(v => `${v.version} ${v.kind} ${v.tags.join()}`), ['4 rolled-back ', '3 saved ', '2 saved triage-stable', '1 observed ']);
  assert.equal(versions[0].note, 'lists were fine after all');
  execFileSync(server, ['audit', 'verify'], { cwd: bench.folder });
});
