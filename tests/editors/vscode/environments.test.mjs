// One person with a key takes a prompt from its draft through staging to production, and back, without a terminal.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Workbench } from './workbench.mjs';

const examples = new URL('../../../examples', import.meta.url).pathname;
const settings = readFileSync(path.join(examples, 'promptlsp.yaml'), 'utf8').replace(/^environments:.*\n/m, '');
const policy = `
environments:
  dev: {}
  staging: { require: { tests: pass, why: true } }
  production: { require: { contract: compatible, why: true, approvals: 1, approvers: [ada@example.com] } }
`;

let bench;
before(async () => {
  bench = await Workbench.start({
    folder: examples, files: { 'promptlsp.yaml': settings }, asShipped: true, settings: { 'files.autoSave': 'off' },
    setUp({ home, folder }) {
      const key = path.join(home, 'key'), run = (program, ...args) => execFileSync(program, args, { cwd: folder, stdio: 'pipe' });
      run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'ada', '-f', key);
      writeFileSync(path.join(folder, '.promptlsp-signers'), `ada@example.com namespaces="promptlsp" ${readFileSync(`${key}.pub`, 'utf8')}`);
      run('git', 'init', '-q', '-b', 'main', '.');
      for (const [name, value] of Object.entries({ 'user.name': 'Ada Lovelace', 'user.email': 'ada@example.com', 'user.signingKey': key, 'commit.gpgsign': 'false' }))
        run('git', 'config', name, value);
      run('git', 'add', '-A');
      run('git', 'commit', '-qm', 'Begin');
    },
  });
}, { timeout: 180_000 });
after(() => bench?.stop());
afterEach(t => bench?.pictureOfFailure(t));

const page = () => bench.preview;
const release = environment => JSON.parse(readFileSync(path.join(bench.folder, `releases/${environment}/support/reply.prompt/release.json`), 'utf8'));

/** Back to the prompt's own tab: by its name one finds the copies in the releases folder, too. */
async function toPrompt() {
  await bench.find('.tab[data-resource-name="reply.prompt"]:not(:has-text("↔"))').first().click();
  await bench.find('.tab.active[data-resource-name="reply.prompt"]').first().waitFor();
}

/** Opens the page of a promotion by the palette. */
async function promotionTo(environment) {
  await toPrompt();
  await bench.run('PromptLsp: Promote');
  await bench.row(environment).click();
  await page().locator('#title', { hasText: environment }).waitFor();
}

async function promote(why) {
  if (why) await page().locator('#why').fill(why);
  await page().locator('#promote:enabled').click();
  await page().locator('#done', { hasText: 'promoted' }).waitFor();
}

async function change(text) {
  await toPrompt();
  await bench.press('Control+End');
  await bench.type(text);
  await bench.save();
}

test('a folder without environments says so, and gets some', async () => {
  await bench.openFile('reply.prompt');
  await bench.run('Focus on Environments View');
  await bench.find('.pane-body .welcome-view-content', { hasText: 'No environments' }).waitFor();
  await bench.find('.welcome-view-content a, .welcome-view-content .monaco-button', { hasText: 'Add Environments' }).first().click();
  await bench.environment('production').waitFor();
  await bench.sees('contract: compatible');
  writeFileSync(path.join(bench.folder, 'promptlsp.yaml'), settings + policy);
});

test('a draft is promoted from its page, which says that nothing runs there yet', async () => {
  await promotionTo('dev');
  await page().locator('#about', { hasText: 'dev holds nothing of it yet' }).waitFor();
  await promote();
  await bench.environment('v1').waitFor();
  assert.equal(release('dev').prompt, 'support/reply.prompt');
});

test('from what runs there a way leads on: to its text, the history, and the next environment', async () => {
  await page().locator('#title', { hasText: 'dev holds v1 already' }).waitFor();
  await page().locator('#text', { hasText: 'Open what dev holds' }).click();
  // The page's own tab has the prompt's name too.
  await bench.find('.tab.active:not(:has-text("→"))', { hasText: 'reply.prompt' }).first().waitFor();
  const next = page().locator('#next button', { hasText: 'Promote to staging' });
  await bench.until(() => bench.find('.tab', { hasText: '→ dev' }).first().click(), next, 3);
  await next.click();
  await page().locator('#title', { hasText: 'v1 → staging' }).waitFor();
});

test('the button is off until the reason is given, and the keyboard alone does it', async () => {
  await bench.environment('v1 could come').click();
  await page().locator('#title', { hasText: 'staging' }).waitFor();
  await page().locator('#gates .shut', { hasText: 'why' }).waitFor();
  assert.equal(await page().locator('#promote').isDisabled(), true);
  await page().locator('#why').focus();
  await bench.type('tried on last week\'s tickets');
  await page().locator('#gates .open', { hasText: 'a reason is given' }).waitFor();
  await bench.press('Tab');
  await bench.press('Enter');
  await page().locator('#done', { hasText: 'promoted: staging' }).waitFor();
  assert.equal(release('staging').why, 'tried on last week\'s tickets');
});

test('what waits for the person is on top; a yes is signed, and opens the gate', async () => {
  await bench.environment('Waiting for me').waitFor();
  await bench.environment('Approve reply.prompt for production').click();
  await page().locator('#gates .shut', { hasText: '0 of 1 from ada@example.com' }).waitFor();
  assert.match(await page().locator('#missing').textContent(), /^Shut: why, approvals\./);
  await page().locator('#approve').click();
  await page().locator('#gates .open', { hasText: '1 of 1: ada@example.com (signed)' }).waitFor();
  await page().locator('#withdraw').waitFor();
  await promote('the first one');
  assert.equal(release('production').gates.find(g => g.gate === 'approvals').holds, true);
});

test('the next release is shown beside what it replaces', async () => {
  await change('Answer in the language of the customer.\n');
  await bench.environment('changed since').waitFor();
  await promotionTo('dev');
  await promote();
  await bench.environment('v1 could come').waitFor({ state: 'detached' });
  await promotionTo('staging');
  await promote('for the French tickets');
  await promotionTo('production');
  await page().locator('.sides .added', { hasText: 'Answer in the language of the customer.' }).waitFor();
  await page().locator('#about', { hasText: 'in the place of v1' }).waitFor();
  await page().locator('#why').fill('the French tickets');
  await bench.picture('promotion');
});

test('what is not saved is not promoted', async () => {
  await toPrompt();
  await bench.press('Control+End');
  await bench.type('Never mind.\n');
  await bench.run('PromptLsp: Promote');
  await bench.row('dev').click();
  await page().locator('#missing', { hasText: 'Save support/reply.prompt first' }).waitFor();
  assert.equal(await page().locator('#promote').isDisabled(), true);
  await toPrompt();
  await bench.run('File: Revert File');
});

test('production is compared in the workbench\'s own diff editor', async () => {
  await toPrompt();
  await bench.run('PromptLsp: Compare with Environment');
  await bench.row('production').click();
  await bench.find('.tab.active', { hasText: 'production ↔ now' }).waitFor();
  await bench.find('.monaco-diff-editor .line-insert, .monaco-diff-editor .insert-sign').first().waitFor();
});

test('approved and promoted, production goes back with a reason', async () => {
  await promotionTo('production');
  await page().locator('#approve').click();
  await page().locator('#gates .open', { hasText: '(signed)' }).waitFor();
  await promote('the French tickets');
  await toPrompt();
  await bench.run('PromptLsp: Roll Environment Back');
  await bench.row('production').click();
  await bench.answer('Roll production back', 'it answers in German');
  await bench.environment('rolled back').waitFor();
  assert.deepEqual([release('production').kind, release('production').why], ['rolled-back', 'it answers in German']);
});

test('a frozen environment says so, and lets nothing in', async () => {
  await bench.run('PromptLsp: Freeze Environment');
  await bench.row('production').click();
  await bench.answer('Freeze production', 'the sale');
  await bench.environment('frozen: the sale').waitFor();
  await bench.run('Notifications: Clear All Notifications');
  await bench.picture('environments', { x: 48, y: 386, width: 302, height: 170 });
  await promotionTo('production');
  await page().locator('#gates .shut', { hasText: 'frozen' }).waitFor();
  await bench.run('PromptLsp: Thaw Environment');
  await bench.row('production').click();
  await bench.answer('Thaw production', 'the sale is over');
  await bench.environment('frozen: the sale').waitFor({ state: 'detached' });
});

test('nothing outside this machine was asked for', () => assert.deepEqual(bench.outside, []));
