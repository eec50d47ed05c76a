// The portfolio's pages in a browser, from a folder: found, filtered, compared, by keyboard, dark, printed; and what a prompt says is never more than text.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const { PROMPTLSP_SERVER: server, CHROMIUM: executablePath = '/usr/bin/chromium', SHOTS: shots = tmpdir() } = process.env;
if (!server) throw new Error('PROMPTLSP_SERVER names the executable that writes the site');
const examples = new URL('../../../examples', import.meta.url).pathname;
const hostile = '</pre></script><script>document.title = "owned"</script><img src=x onerror="document.title = \'owned\'">';

const home = mkdtempSync(path.join(tmpdir(), 'site-')), folder = path.join(home, 'kestrel'), site = path.join(home, 'site');
const env = { ...process.env, HOME: home, XDG_STATE_HOME: path.join(home, 'state'), XDG_CACHE_HOME: path.join(home, 'cache') };
const promptlsp = (...args) => execFileSync(server, args, { cwd: folder, env, encoding: 'utf8' });
const write = (file, text) => writeFileSync(path.join(folder, file), text);
const read = file => readFileSync(path.join(folder, file), 'utf8');

let browser, page;
const outside = [], said = [];
before(async () => {
  cpSync(examples, folder, { recursive: true });
  rmSync(path.join(folder, 'broken'), { recursive: true });
  promptlsp('snapshot', '-m', 'begun');
  for (const [from, to, why] of [
    ['at most five points', 'at most four points', 'five was too long for a phone'],
    ['Sum up now.', 'Sum up now, in English.', 'the next agent reads it'],
  ]) {
    write('support/handover.prompt', read('support/handover.prompt').replace(from, to));
    promptlsp('snapshot', '-m', why);
  }
  promptlsp('tag', 'support/handover.prompt', 'stable', '--at', 'v2');
  const quoted = `'${hostile.replaceAll("'", "''")}'`, described = `"string, ${hostile.replaceAll('"', "'")}"`;
  const head = `name: ${quoted}\ndescription: ${quoted}\nowner: '"><b>x'\ninput: { schema: { a: ${described} } }\n`;
  write('zz-hostile.prompt', `---\n${head}---\n${hostile}\u2028\n`);
  promptlsp('snapshot', '-m', hostile);
  write('zz-hostile.prompt', read('zz-hostile.prompt') + hostile);
  promptlsp('snapshot', '-m', hostile);
  promptlsp('site', '--out', site);
  browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND'] });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('request', request => { if (!request.url().startsWith('file:')) outside.push(request.url()); });
  page.on('console', message => said.push(message.text()));
  page.on('pageerror', failure => said.push(String(failure)));
  page.on('dialog', dialog => { said.push(dialog.message()); void dialog.dismiss(); });
  await page.goto(`file://${site}/index.html`);
}, { timeout: 60_000 });
after(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

const rows = () => page.locator('tbody tr:visible');
const names = () => page.locator('tbody tr:visible td:first-child a').allInnerTexts();

test('all prompts are listed with owner, tests and cost', async () => {
  assert.match(await page.locator('tr', { hasText: 'support-reply' }).innerText(), /@kestrel\/support[^]*2 passed[^]*tokens[^]*\$/);
  await page.screenshot({ path: path.join(shots, 'site.png') });
});

test('words are found in names and texts, filters narrow', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('legal threats');
  assert.deepEqual(await names(), ['support-reply']);
  await page.keyboard.press('Escape');
  await page.getByLabel('owner').selectOption('@kestrel/support');
  assert.deepEqual(await names(), ['partials/_returns-policy.prompt', 'support-handover', 'support-reply', 'support-triage']);
  await page.getByLabel('state').selectOption('partial');
  assert.equal(await rows().count(), 1);
  await page.reload();
  assert.equal(await rows().count(), 1);
  await page.keyboard.press('Escape');
});

test('a prompt is reached by the keyboard alone, and the list again', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('handover');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: 'support-handover' }).waitFor();
  await page.keyboard.press('u');
  await page.locator('h1', { hasText: 'kestrel' }).waitFor();
});

test('its page shows what a model gets, the history with its whys, and the difference of any two versions', async () => {
  await page.goto(`file://${site}/prompts/support-handover.html`);
  await page.locator('pre', { hasText: 'in at most four points' }).first().waitFor();
  assert.match(await page.locator('.timeline').innerText(), /v3[^]*the next agent reads it[^]*v2[^]*stable[^]*five was too long for a phone[^]*v1[^]*begun/);
  const difference = () => page.locator('#difference span.old, #difference span.new').allInnerTexts();
  assert.deepEqual(await difference(), ['- Sum up now.', '+ Sum up now, in English.']);
  await page.getByLabel('old').selectOption({ label: 'v1' });
  assert.equal((await difference()).length, 4);
  await page.getByLabel('new').selectOption({ label: 'v1' });
  assert.equal(await page.locator('#difference').innerText(), 'No difference.');
  await page.getByLabel('new').selectOption({ label: 'v3' });
  await page.screenshot({ path: path.join(shots, 'site-prompt.png'), fullPage: true });
});

test('what a partial is used by is drawn, and leads there', async () => {
  await page.goto(`file://${site}/prompts/partials-_json-only.html`);
  assert.equal(await page.locator('svg a').count(), 4);
  await page.locator('svg a', { hasText: 'support/triage' }).click();
  await page.locator('h1', { hasText: 'support-triage' }).waitFor();
});

test('whatever a prompt says stays text', async () => {
  const live = () => {
    const isLive = ({ name, value }) => /^on|^style$/.test(name) || (/^(src|href)$/.test(name) && /:/.test(value));
    return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(isLive).map(a => a.name + a.value);
  };
  for (const file of ['index.html', 'prompts/zz-hostile.html']) {
    await page.goto(`file://${site}/${file}`);
    assert.notEqual(await page.title(), 'owned');
    assert.equal(await page.locator('img, b.x, iframe').count(), 0);
    assert.deepEqual(await page.evaluate(live), []);
    assert.equal(await page.locator('body script:not([type="application/json"])').count(), 0);
  }
  assert.equal(await page.locator('h1').innerText(), hostile);
  assert.deepEqual(await page.locator('#difference span.new').allInnerTexts(), [`+ ${hostile}`]);
});

test('the policy lets nothing else run, load or be sent', async () => {
  for (const file of ['index.html', ...readdirSync(path.join(site, 'prompts')).map(name => `prompts/${name}`)]) {
    const html = readFileSync(path.join(site, file), 'utf8');
    assert.match(html.replaceAll('&#39;', "'"), /Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"/);
  }
  const before = said.length;
  await page.goto(`file://${site}/index.html`);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "owned"';
    document.body.append(script);
  });
  assert.notEqual(await page.title(), 'owned');
  assert.match(said.splice(before).join(), /Content Security Policy/);
});

test('it is dark where the system is, and prints without its controls', async () => {
  await page.goto(`file://${site}/prompts/support-reply.html`);
  const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await back(), 'rgb(255, 255, 255)');
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await back(), 'rgb(23, 23, 26)');
  await page.screenshot({ path: path.join(shots, 'site-dark.png') });
  await page.emulateMedia({ colorScheme: 'light', media: 'print' });
  await page.goto(`file://${site}/prompts/support-handover.html`);
  assert.equal(await page.locator('.compare, nav').filter({ visible: true }).count(), 0);
  await page.emulateMedia({ media: 'screen' });
});

test('nothing outside is asked for, and the browser has no complaint', () => {
  assert.deepEqual(outside, []);
  assert.deepEqual(said, []);
});

test('written again it takes away what is gone, and it writes over nothing else', () => {
  rmSync(path.join(folder, 'zz-hostile.prompt'));
  promptlsp('site', '--out', site);
  assert.equal(readdirSync(path.join(site, 'prompts')).includes('zz-hostile.html'), false);
  assert.throws(() => execFileSync(server, ['site', '--out', 'support'], { cwd: folder, env, stdio: 'pipe' }), /`support` holds something else than a portfolio; name a new folder/);
});

test('a thousand prompts take less than ten megabytes', () => {
  const many = path.join(home, 'many'), text = read('support/reply.prompt');
  cpSync(folder, many, { recursive: true });
  rmSync(path.join(many, '.promptlsp'), { recursive: true });
  for (let i = 0; i < 1_000; i++) {
    const other = text.replace('support-reply', `support-reply-${i}`).replace('third complaint', `complaint number ${i}`);
    writeFileSync(path.join(many, `support/reply-${i}.prompt`), other);
  }
  const run = (...args) => execFileSync(server, args, { cwd: many, env, stdio: 'pipe' });
  run('snapshot');
  const begun = performance.now();
  run('site', '--out', path.join(home, 'large'));
  const took = performance.now() - begun, large = path.join(home, 'large');
  const size = readdirSync(large, { recursive: true }).reduce((sum, name) => sum + statSync(path.join(large, name)).size, 0);
  console.log(`${Math.round(took)} ms, ${(size / 1e6).toFixed(2)} MB`);
  assert.ok(size < 10e6, `${size} bytes`);
}, { timeout: 120_000 });
