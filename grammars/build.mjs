// Writes prompt.tmLanguage.json, which editors read, from prompt.tmLanguage.yaml, which people read.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const jsonFile = new URL('prompt.tmLanguage.json', import.meta.url);

export function grammarJson() {
  const source = readFileSync(new URL('prompt.tmLanguage.yaml', import.meta.url), 'utf8');
  return JSON.stringify(parse(source, { merge: true }), null, 2) + '\n';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(jsonFile, grammarJson());
