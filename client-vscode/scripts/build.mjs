// Bundles the extension and the pages into dist/, and takes the grammar over from grammars/.
import { build } from 'esbuild';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = path => fileURLToPath(new URL(`../${path}`, import.meta.url));

export async function bundle({ minify = false } = {}) {
  rmSync(here('dist'), { recursive: true, force: true });
  const pages = [['page', 'preview'], ['run', 'run'], ['promotion', 'environments']].flatMap(([out, folder]) => ['ts', 'css'].map(kind => ({ in: here(`src/${folder}/page.${kind}`), out })));
  const common = { bundle: true, minify, outdir: here('dist'), logLevel: 'warning', legalComments: 'none' };
  await build({ ...common, entryPoints: [here('src/extension.ts')], platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], mainFields: ['module', 'main'] });
  await build({ ...common, entryPoints: pages, platform: 'browser', format: 'iife', target: 'chrome120' });
  mkdirSync(here('syntaxes'), { recursive: true });
  for (const file of ['prompt.tmLanguage.json', 'language-configuration.json', 'front-matter-configuration.json']) cpSync(here(`../grammars/${file}`), here(`syntaxes/${file}`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
