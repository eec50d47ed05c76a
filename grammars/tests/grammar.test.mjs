import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { grammarJson, jsonFile } from '../build.mjs';
import { casesOf, scopesOf, wrongIn } from './colours.mjs';

const here = new URL('.', import.meta.url);
const read = file => readFileSync(new URL(file, here), 'utf8');

for (const file of readdirSync(here).filter(f => f.endsWith('.txt')))
  test(file.replace('.txt', ''), async t => {
    for (const annotated of casesOf(read(file)))
      await t.test(annotated.title, async () => {
        assert.notEqual(annotated.expected.length, 0, 'nothing is expected');
        assert.deepEqual((await wrongIn(annotated)).join('\n\n'), '');
      });
  });

test('a wrong expectation is found', async () => {
  const [scope, place, absence] = casesOf('=== a\nHi {{ name }}\n      ^^^^ string\n=== b\nHi\n   ^ variable\n=== c\n{{ a }}\n   ^ - variable\n');
  for (const wrong of [scope, place, absence]) assert.equal((await wrongIn(wrong)).length, 1);
});

test('prompt.tmLanguage.json is what prompt.tmLanguage.yaml says (else: npm run build)', () =>
  assert.equal(read('../prompt.tmLanguage.json'), grammarJson()));

test('every prompt of the examples, and every beginning of one, is read to its end', async () => {
  const folder = '../../examples/';
  const files = readdirSync(new URL(folder, here), { recursive: true, withFileTypes: true })
    .filter(f => f.isFile() && f.name.endsWith('.prompt')).map(f => path.join(f.parentPath, f.name));
  assert.ok(files.length > 5);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (let end = 0; end <= text.length; end += 61) await scopesOf(text.slice(0, end).split(/\r\n|\r|\n/));
    await scopesOf(text.split(/\r\n|\r|\n/));
  }
});

test('a line of many unclosed things is read in time', async () => {
  for (const piece of ['{{ ', '{% ', '**', '_', '`', '<a ', '[', '{{#', '"', '{{ "', '{{ {', '](', '---', '> '])
    await scopesOf([piece.repeat(2000), '{{ name }}']);
});

test('the patterns of the language configuration are ones', () => {
  const configuration = JSON.parse(read('../language-configuration.json'));
  const starts = new RegExp(configuration.folding.markers.start), ends = new RegExp(configuration.folding.markers.end);
  for (const line of ['{{ if a }}', '  {{- for x in xs ~}}', '{{#each xs}}', '{% if a %}', '{{ capture t }}']) assert.match(line, starts);
  for (const line of ['{{ if a }}x{{ end }}', '{{#if a}}x{{/if}}', '{% if a %}x{% endif %}', '{{ iffy }}', 'if', '{{ a }}']) assert.doesNotMatch(line, starts);
  for (const line of ['{{ end }}', '{{~ end ~}}', '{{/each}}', '{%- endif %}']) assert.match(line, ends);
  for (const line of ['{{ ending }}', '{{ a }}', 'end']) assert.doesNotMatch(line, ends);
  for (const rule of configuration.onEnterRules) new RegExp(rule.beforeText);
});

// VS Code makes a pattern of a word from a string without any flag, and knows no letter but ASCII's then.
test('a name with any letters is one word, in code and in front matter', () => {
  for (const [file, names] of [['language-configuration.json', ['straße', 'nom_été', '名前', 'x1', '$this']], ['front-matter-configuration.json', ['straße', 'user-id', '名前']]]) {
    const { pattern, flags } = JSON.parse(read(`../${file}`)).wordPattern;
    for (const name of names) assert.deepEqual(`a: ${name}, b`.match(new RegExp(pattern, `g${flags}`)), ['a', name, 'b']);
  }
});

test('Enter goes a level deeper behind a key of front matter that has no value yet, and only there', () => {
  const { onEnterRules } = JSON.parse(read('../front-matter-configuration.json'));
  const action = line => onEnterRules.find(rule => new RegExp(rule.beforeText).test(line))?.action;
  for (const line of ['input:', '  schema:', '    customer(object, who wrote):', '"a b":', 'description: >', '  text: |-']) assert.deepEqual(action(line), { indent: 'indent' }, line);
  for (const line of ['  - sample:', '- input: ']) assert.deepEqual(action(line), { indent: 'indent', appendText: '  ' }, line);
  for (const line of ['  - name: greets']) assert.deepEqual(action(line), { indent: 'none', appendText: '  ' }, line);
  for (const line of ['name: a', '# input:', 'a: b # c:', 'ticket: string', '  - ticket', 'description: "so:"', '']) assert.equal(action(line), undefined, line);
});
