// Reads annotated texts and asks the engine that VS Code has for the scopes of each character.
//
//   === what holds
//   Hi {{ name }}
//         ^^^^ variable.other
//      ^^ punctuation - variable
//
// Carets under a line say which scopes the characters above them all have (a scope stands for the longer ones that begin with it, too) and,
// after a minus, which none of them has. `$` and carets mean all the line.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { grammars as known } from 'tm-grammars';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { grammarJson } from '../build.mjs';

const require = createRequire(import.meta.url);

const engine = (async () => {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
      createOnigString: text => new oniguruma.OnigString(text),
    }),
    loadGrammar: async scope => {
      if (scope === 'text.prompt') return JSON.parse(grammarJson());
      const other = known.find(g => g.scopeName === scope);
      return other ? JSON.parse(readFileSync(require.resolve(`tm-grammars/grammars/${other.name}.json`), 'utf8')) : null;
    },
  });
  return registry.loadGrammar('text.prompt');
})();

/** For each line, for each character, its scopes but the root's. */
export async function scopesOf(lines) {
  const grammar = await engine;
  let state = textmate.INITIAL;
  return lines.map(line => {
    const { tokens, ruleStack, stoppedEarly } = grammar.tokenizeLine(line, state, 2000);
    if (stoppedEarly) throw new Error(`took over two seconds: ${line.slice(0, 200)}`);
    state = ruleStack;
    const scopes = Array.from({ length: line.length }, () => []);
    for (const token of tokens)
      for (let i = token.startIndex; i < Math.min(token.endIndex, line.length); i++) scopes[i] = token.scopes.slice(1);
    return scopes;
  });
}

/** The cases of an annotated file: their titles, lines, and what is expected of which characters. */
export function casesOf(text) {
  return text.split(/^=== /m).slice(1).map(part => {
    const [title, ...rest] = part.replace(/\n+$/, '').split('\n');
    const lines = [], expected = [];
    for (const row of rest) {
      const [, blank, carets, scopes] = /^(\s*|\$)(\^+) ([a-z].*|- .*)$/.exec(row) ?? [];
      if (!carets) { lines.push(row); continue; }
      const [has, hasNot = ''] = ` ${scopes}`.split(' - ');
      const whole = blank === '$';
      expected.push({
        line: lines.length - 1, start: whole ? 0 : blank.length, end: whole ? lines.at(-1).length : blank.length + carets.length,
        has: has.split(' ').filter(Boolean), hasNot: hasNot.split(' ').filter(Boolean), row,
      });
    }
    return { title: title.trim(), lines, expected };
  });
}

/** What of a case does not hold; empty where all does. */
export async function wrongIn({ lines, expected }) {
  const scopes = await scopesOf(lines);
  const isA = (scope, wanted) => scope === wanted || scope.startsWith(`${wanted}.`);
  return expected.flatMap(({ line, start, end, has, hasNot, row }) => {
    if (end > lines[line].length) return [`the carets point behind the line:\n${lines[line]}\n${row}`];
    for (let i = start; i < end; i++) {
      const missing = has.filter(wanted => !scopes[line][i].some(s => isA(s, wanted)));
      const extra = hasNot.filter(wanted => scopes[line][i].some(s => isA(s, wanted)));
      if (missing.length || extra.length)
        return [`${lines[line]}\n${row}\n${' '.repeat(i)}| here: ${scopes[line][i].join(' ') || '(none)'}`];
    }
    return [];
  });
}
