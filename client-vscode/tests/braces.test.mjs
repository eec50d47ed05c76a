// What closing braces twice, or taking them back, leaves behind the cursor, and what of it goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { outputFiles: [{ text }] } = await build({
  entryPoints: [fileURLToPath(new URL('../src/braces.ts', import.meta.url))], bundle: true, format: 'esm', write: false,
  // What is held here needs nothing of VS Code.
  plugins: [{ name: 'vscode', setup: plugins => {
    plugins.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'none' }));
    plugins.onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: '' }));
  } }],
});
const braces = await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
const { afterClosing, afterOpening, afterQuote, afterTakingBack, closing, isLeftOver } = braces;

/** The line after the mend; `|` is the cursor. */
function mended(mend, line) {
  const [before, behind] = line.split('|'), done = mend(before, behind);
  if (!done) return line;
  const { cut, add, blankBefore } = done, at = before.length - (blankBefore ?? 0);
  const left = blankBefore ? `${before.slice(0, at)} ${before.slice(at)}` : before;
  return add ? `${left}|${behind.slice(0, cut)}${add}${behind.slice(cut)}` : `${left}|${behind.slice(cut)}`;
}

for (const [line, expected] of [
  ['{{ name }}| }}', '{{ name }}|'],
  ['{{ name}}| }}', '{{ name }}|'],
  ['{{ name }}|}}', '{{ name }}|'],
  ['{{ name }}|}', '{{ name }}|'],
  ['{{{ name }}}|}}', '{{{ name }}}|'],
  ['{% if x %}| %}', '{% if x %}|'],
  ['{"a": {{ name }}|}', '{"a": {{ name }}|}'],
  ['{"a": {{ name }}|}}', '{"a": {{ name }}|}'],
  ['{"a": {{ name }}| }}}', '{"a": {{ name }}|}'],
  ['{{ a }} and {{ b }}|', '{{ a }} and {{ b }}|'],
  ['{{ f {x: 1}}}|', '{{ f {x: 1}}}|'],
  ['} |}', '} |}'],
]) test(`closed: ${line}`, () => assert.equal(mended(afterClosing, line), expected));

for (const [line, expected] of [['{{| }', '{{| }}'], ['{{|', '{{|'], ['{{ |}', '{{ |}}'], ['{| }', '{| }']])
  test(`opened: ${line}`, () => assert.equal(mended(afterOpening, line), line === '{{|' ? '{{|}}' : expected));

for (const [line, expected] of [['{{ role "system"|" }}', '{{ role "system"| }}'], ['{{ role "a"| }}', '{{ role "a"| }}'], ['say "x"|"', 'say "x"|"']])
  test(`quoted: ${line}`, () => assert.equal(mended(afterQuote, line), expected));

for (const [line, expected] of [['{{| }}', '{{|}}'], ['{|%}', '{|}'], ['{{|x }}', '{{|x }}']])
  test(`taken back: ${line}`, () => assert.equal(mended(afterTakingBack, line), expected));

for (const [before, behind, expected] of [
  ['{{', '}}', '}}'], ['{{ ', ' }}', ' }}'], ['{{- ', ' }}}', ' }}'], ['{{{', '}}}', '}}}'], ['{% ', ' %}', ' %}'],
  ['{{', '}', undefined], ['{', '}}', undefined],
]) test(`brought: ${before}|${behind}`, () => assert.equal(closing(before, behind), expected));

for (const [before, text, behind, expected] of [
  ['{{ role "system" }}, y', '}}', '', true], ['{{ name }} and', ' }}', '', true], ['{{ name ', '}}', '', false], ['{"a": {{ name }},', ' }}', '}', true],
  ['{"a": {{ name }},', '}}', '', false], ['{{ "a }}', ' }}', '', false], ['{{ a }} {{ b ', ' }}', '', false], ['{% if x %} y', ' %}', '', true],
]) test(`left over: ${before}|${text}|${behind}`, () => assert.equal(isLeftOver(before, text, behind), expected));
