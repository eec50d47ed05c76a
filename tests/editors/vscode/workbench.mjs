// A VS Code workbench of its own: new settings, a copy of a folder, the extension installed, shown by a headless browser. What a person does with
// it is a method. Nothing outside this machine is asked for anything, and a test can say so.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const { WORKBENCH_NODE: node, WORKBENCH_ENTRY: entry, CHROMIUM: browser, VSIX: vsix, SHOTS: shots = tmpdir() } = process.env;
if (!node || !entry || !vsix) throw new Error('tests/editors/vscode/run sets what this needs');

const patience = 30_000;

// What a machine without a network needs; all else is as a person has it.
const offline = {
  'telemetry.telemetryLevel': 'off', 'update.mode': 'none', 'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false, 'chat.disableAIFeatures': true,
};

const calm = {
  ...offline,
  'workbench.startupEditor': 'none', 'workbench.tips.enabled': false, 'workbench.reduceMotion': 'on', 'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden', 'workbench.layoutControl.enabled': false, 'window.commandCenter': false,
  'workbench.colorTheme': 'Default Light Modern', 'extensions.ignoreRecommendations': true, 'git.enabled': false,
  'editor.minimap.enabled': false, 'editor.hover.delay': 100, 'editor.cursorBlinking': 'solid', 'breadcrumbs.enabled': false, 'files.autoSave': 'off', 'files.simpleDialog.enable': true,
};

export class Workbench {
  outside = [];

  /**
   * `folder` is copied; `files` are written over the copy; `server` stands in for the one in the extension. `asShipped` has VS Code's own
   * settings, as a person who has just installed it. `setUp` does with the copied folder what a person did before.
   */
  static async start({ folder, files = {}, settings = {}, server, asShipped = false, setUp = () => {} }) {
    const self = new Workbench();
    self.home = mkdtempSync(path.join(tmpdir(), 'workbench-'));
    try {
      self.prepare(folder, files, { ...(asShipped ? offline : calm), ...settings, ...(server && { 'promptlsp.server.path': server }) });
      setUp(self);
      await self.serve();
      await self.open();
      return self;
    } catch (failure) {
      await self.stop();
      throw failure;
    }
  }

  prepare(folder, files, settings) {
    this.folder = path.join(this.home, 'bicycles');
    if (folder) cpSync(folder, this.folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    for (const part of ['data/User', 'data/Machine', 'extensions', 'tmp', 'browser']) mkdirSync(path.join(this.home, part), { recursive: true });
    writeFileSync(path.join(this.home, 'data/User/settings.json'), JSON.stringify(settings));
    // In a remote workbench a setting of the machine is read from the machine's own file.
    writeFileSync(path.join(this.home, 'data/Machine/settings.json'), JSON.stringify(settings));
    writeFileSync(path.join(this.home, 'config.yaml'), 'auth: none\n');
  }

  write(name, text) {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  async serve() {
    const args = ['--config', path.join(this.home, 'config.yaml'), '--user-data-dir', path.join(this.home, 'data'), '--extensions-dir', path.join(this.home, 'extensions')];
    const temporary = path.join(this.home, 'tmp');
    const env = {
      ...process.env, HOME: this.home, XDG_CONFIG_HOME: temporary, XDG_DATA_HOME: temporary, XDG_RUNTIME_DIR: temporary, TMPDIR: temporary,
      EXTENSIONS_GALLERY: '{"serviceUrl":""}', GIT_CONFIG_GLOBAL: path.join(this.home, 'gitconfig'),
    };
    writeFileSync(env.GIT_CONFIG_GLOBAL, '[user]\n  name = Ada Lovelace\n  email = ada@example.com\n');
    execFileSync(node, [entry, ...args, '--install-extension', vsix], { env, stdio: 'pipe' });
    this.process = spawn(node, [entry, ...args, '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust',
      '--disable-getting-started-override', '--idle-timeout-seconds', '600'], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', chunk => { said += chunk; });
    for (const end = Date.now() + patience; !this.url;) {
      if (Date.now() > end || this.process.exitCode !== null) throw new Error(`code-server did not start:\n${said}`);
      this.url = /HTTP server listening on (http:\S+?)\/?\s/.exec(said)?.[1];
      if (!this.url) await wait(50);
    }
  }

  async open() {
    this.browser = await chromium.launchPersistentContext(path.join(this.home, 'browser'), {
      executablePath: browser, headless: true, viewport: { width: 1280, height: 760 }, permissions: ['clipboard-read', 'clipboard-write'],
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    });
    this.page = this.browser.pages()[0] ?? await this.browser.newPage();
    this.page.setDefaultTimeout(patience);
    // A webview's own files have an address of VS Code's that its service worker answers; no name resolves here anyway.
    const isOwn = url => url.startsWith(this.url) || /^https:\/\/[\w+-]+\.vscode-resource\.vscode-cdn\.net\//.test(url);
    this.page.on('request', r => { if (/^(?:http|ws)s?:/.test(r.url()) && !isOwn(r.url())) this.outside.push(r.url()); });
    await this.page.goto(`${this.url}/?folder=${encodeURIComponent(this.folder)}`);
    await this.find('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 2 * patience });
  }

  async stop() {
    await this.browser?.close();
    if (this.process && this.process.exitCode === null) {
      const ended = once(this.process, 'exit');
      this.signal('SIGTERM');
      await Promise.race([ended, wait(3_000)]);
    }
    this.signal('SIGKILL');
    if (existsSync(this.home)) rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** All processes of the workbench, the language server among them, are one group. */
  signal(name) {
    try {
      if (this.process) process.kill(-this.process.pid, name);
    } catch {
      // It has ended.
    }
  }

  // ---- what a person does

  find(selector, options) {
    return this.page.locator(selector, options);
  }

  press(keys) {
    return this.page.keyboard.press(keys);
  }

  type(text) {
    return this.page.keyboard.type(text, { delay: 15 });
  }

  /** As fast as a person does. */
  typeByHand(text) {
    return this.page.keyboard.type(text, { delay: 80 });
  }

  /** Does a thing again until what it brings is there: a key pressed while the focus moves is lost, for a person too. */
  async until(action, target, tries = 6) {
    for (let left = tries; ; left--) {
      await action();
      try {
        return await target.waitFor({ timeout: patience / tries });
      } catch (failure) {
        if (left === 1) throw failure;
      }
    }
  }

  get input() {
    return this.find('.quick-input-widget input').first();
  }

  row(text) {
    return this.find('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  async openFile(name) {
    // Again where the list was drawn anew under the click.
    await this.until(() => this.pick('Control+P', name, path.basename(name)), this.find('.tab.active', { hasText: path.basename(name) }).first(), 3);
    await this.find('.editor-group-container.active .view-line').first().waitFor();
  }

  async run(command) {
    await this.pick('F1', `>${command}`, command);
  }

  /** Chooses a row of a list that keys open: again where the list closes as soon as it is there, since an editor takes the focus that it was about to get. */
  async pick(keys, typed, row) {
    for (let left = 3; ; left--) {
      await this.until(async () => {
        await this.press('Escape');
        await this.press(keys);
        await this.input.fill(typed, { timeout: 3_000 }).catch(() => {});
      }, this.row(row), 3);
      try {
        // Not Enter: it takes the first row, which is that of the last search until the new one has ended.
        return await this.row(row).click({ timeout: 5_000 });
      } catch (failure) {
        if (left === 1) throw failure;
      }
    }
  }

  /** Line and column from 1. */
  async goTo(line, column = 1) {
    await this.until(() => this.press('Control+G'), this.input);
    await this.input.fill(`:${line}:${column}`);
    await this.press('Enter');
    await this.find('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).first().waitFor();
  }

  /** Answers the input box that has this title. */
  async answer(title, text) {
    await this.find('.quick-input-widget', { hasText: title }).waitFor();
    await this.input.fill(text);
    await this.press('Enter');
  }

  async save() {
    await this.find('.tab.active.dirty').waitFor();
    await this.press('Control+S');
    await this.find('.tab.active:not(.dirty)').waitFor();
  }

  /** The lines that the active editor shows. */
  async lines() {
    const drawn = await this.find('.editor-group-container.active .editor-instance .view-lines').last().locator('.view-line').evaluateAll(lines =>
      lines.map(l => ({ top: parseFloat(l.style.top), text: l.textContent })).sort((a, b) => a.top - b.top).map(l => l.text));
    return drawn.map(text => text.replaceAll('\u00a0', ' ').replace(/[\u200b\u200c]/g, ''));
  }

  /** The text of the active editor, when it is as wanted. */
  async sees(wanted) {
    for (const end = Date.now() + patience; ; await wait(50)) {
      const text = (await this.lines()).join('\n');
      if (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) return text;
      if (Date.now() > end) throw new Error(`The editor does not show ${wanted}:\n${text}`);
    }
  }

  squiggle(kind) {
    return this.find(`.editor-group-container.active .squiggly-${kind}`);
  }

  notification(text) {
    return this.find('.notification-toast', { hasText: text });
  }

  get status() {
    return this.find('[id="promptlsp.promptlsp.promptlsp.status"], [id*="promptlsp.status"]').first();
  }

  /** Rows of the history view. */
  version(text) {
    return this.find('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  /** Rows of the view of environments. */
  environment(text) {
    return this.find('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  /** The page inside the preview panel. */
  get preview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** A copy of the extension's server outside it, for the setting that names one. */
  copyOfServer() {
    const extensions = path.join(this.home, 'extensions'), copy = path.join(this.home, 'server');
    cpSync(path.join(extensions, readdirSync(extensions).find(name => name.startsWith('promptlsp.')), 'server'), copy, { recursive: true });
    return path.join(copy, 'promptlsp');
  }

  /** The files of the workbench and of the folder in which a text stands: logs, settings, stores. */
  filesWith(text) {
    const files = readdirSync(this.home, { recursive: true, withFileTypes: true }).filter(f => f.isFile());
    return files.map(f => path.join(f.parentPath, f.name)).filter(f => !f.includes('/extensions/') && readFileSync(f).includes(text));
  }

  /** Changes a setting in the files, as somebody does who edits them by hand. */
  set(setting, value) {
    for (const part of ['data/User', 'data/Machine']) {
      const file = path.join(this.home, part, 'settings.json');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), [setting]: value }));
    }
  }

  setTheme(name) {
    this.set('workbench.colorTheme', name);
  }

  /** Shows what there was to see when a test failed. */
  async pictureOfFailure(context) {
    if (!context.passed) await this.picture(`failed-${context.name.replaceAll(/\W+/g, '-').slice(0, 60)}`);
  }

  /** Of the whole window, or of a part that can be read where it is shown small. */
  picture(name, clip) {
    return this.page.screenshot({ path: path.join(shots, `${name}.png`), ...(clip && { clip }) });
  }
}
