// Types every prompt of the examples letter by letter, and has VS Code's own client take each answer to each request: what its constructors
// refuse comes up as a stack trace in the editor. PROMPTLSP_SERVER names the server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url), load = Module._load;
Module._load = (name, ...rest) => name === 'vscode' ? require('./vscode.cjs') : load(name, ...rest);
const { createConverter } = require('vscode-languageclient/$test/common/protocolConverter');
const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = require('vscode-jsonrpc/node');

const server = process.env.PROMPTLSP_SERVER ?? assert.fail('PROMPTLSP_SERVER must name the server');
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const client = createConverter(undefined, true, true, true);

const capabilities = {
  textDocument: {
    documentSymbol: { hierarchicalDocumentSymbolSupport: true }, completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] }, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true, disabledSupport: true },
    diagnostic: { relatedDocumentSupport: false }, publishDiagnostics: { relatedInformation: true }, rename: { prepareSupport: true }, foldingRange: { lineFoldingOnly: true },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown'], parameterInformation: { labelOffsetSupport: true } } },
    semanticTokens: { requests: { full: true, range: true }, tokenTypes: ['variable'], tokenModifiers: [], formats: ['relative'] },
  },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] } },
  experimental: { promptlsp: { asks: true } },
};

let child, wire;
before(async () => {
  child = server.endsWith('.dll') ? spawn('dotnet', [server, 'serve', '--stdio']) : spawn(server, ['serve', '--stdio']);
  child.stderr.resume();
  wire = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  wire.onRequest(() => null);
  wire.listen();
  await wire.sendRequest('initialize', { processId: process.pid, rootUri: null, workspaceFolders: [{ uri: pathToFileURL(examples).href, name: 'examples' }], capabilities, initializationOptions: { trusted: true, history: false } });
  await wire.sendNotification('initialized', {});
});
after(async () => {
  await wire.sendRequest('shutdown');
  await wire.sendNotification('exit');
});

// What is asked about a document at a place, and what the client makes of the answer.
const requests = {
  'textDocument/documentSymbol': [() => ({}), a => client.asDocumentSymbols(a)],
  'textDocument/foldingRange': [() => ({}), a => client.asFoldingRanges(a)],
  'textDocument/documentLink': [() => ({}), a => client.asDocumentLinks(a)],
  'textDocument/codeLens': [() => ({}), a => client.asCodeLenses(a)],
  'textDocument/semanticTokens/full': [() => ({}), a => client.asSemanticTokens(a)],
  'textDocument/diagnostic': [() => ({}), a => client.asDiagnostics(a.items)],
  'textDocument/formatting': [() => ({ options: { tabSize: 2, insertSpaces: true } }), a => client.asTextEdits(a)],
  'textDocument/codeAction': [(at, all) => ({ range: all, context: { diagnostics: [] } }), a => client.asCodeActionResult(a)],
  'textDocument/completion': [at => ({ position: at }), async (a, at) => (await client.asCompletionResult(a))?.items.forEach(item => isOnLine(item, at))],
  'textDocument/hover': [at => ({ position: at }), a => client.asHover(a)],
  'textDocument/signatureHelp': [at => ({ position: at }), a => client.asSignatureHelp(a)],
  'textDocument/definition': [at => ({ position: at }), a => client.asDefinitionResult(a)],
  'textDocument/references': [at => ({ position: at, context: { includeDeclaration: true } }), a => client.asReferences(a)],
  'textDocument/documentHighlight': [at => ({ position: at }), a => client.asDocumentHighlights(a)],
  'textDocument/prepareRename': [at => ({ position: at }), a => a && client.asRange(a.range ?? a)],
};

const requestFailed = -32803;

// VS Code throws away what completes a place on another line.
function isOnLine({ label, range }, { line }) {
  const whole = range?.replacing ?? range;
  if (whole) assert.ok(whole.start.line === line && whole.end.line === line, `${JSON.stringify(label)} replaces more than its line`);
}

async function holds(uri, text, at) {
  const lines = text.split(/\r\n|\r|\n/), all = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: lines.at(-1).length } };
  await Promise.all(Object.entries(requests).map(async ([method, [parameters, take]]) => {
    try {
      await take(await wire.sendRequest(method, { textDocument: { uri }, ...parameters(at, all) }), at);
    } catch (failure) {
      // What cannot be renamed is refused with its reason, which the editor shows.
      if (method === 'textDocument/prepareRename' && failure.code === requestFailed) return;
      assert.fail(`${method} at ${at.line + 1}:${at.character + 1} of ${JSON.stringify(text.slice(-200))}: ${failure.stack}`);
    }
  }));
}

function end(text) {
  const lines = text.split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1).length };
}

async function type(uri, text) {
  await wire.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'promptlsp', version: 0, text: '' } });
  let written = '';
  for (const letter of text) {
    const at = end(written);
    written += letter;
    await wire.sendNotification('textDocument/didChange', { textDocument: { uri, version: written.length }, contentChanges: [{ range: { start: at, end: at }, text: letter }] });
    await holds(uri, written, end(written));
  }
  await wire.sendNotification('textDocument/didClose', { textDocument: { uri } });
}

const prompts = readdirSync(examples, { recursive: true, withFileTypes: true })
  // What was released is a copy.
  .filter(f => f.isFile() && f.name.endsWith('.prompt') && !f.parentPath.includes('releases')).map(f => path.relative(examples, path.join(f.parentPath, f.name)));

for (const file of prompts)
  test(`${file}, letter by letter`, () => type(pathToFileURL(path.join(examples, file)).href, readFileSync(path.join(examples, file), 'utf8')));

for (const [i, text] of [
  '{{ role "" }}a{{ role " " }}b{{ role \'\' }}{{ role "x\\ny" }}', '{{ func }}{{ end }}{{ func "" }}{{ capture }}x{{ end }}{{ = 1 }}{{ $ = 1 }}{{ for in x }}{{ end }}{{ include "" }}{{ include }}',
  '---\n"": x\n? \n: y\nname: ""\nsamples:\n  "": { "": 1 }\n  ? \n  : {}\ninput:\n  schema:\n    "": string\n    " ": { "": { "": string } }\n    ? \n    : x\ntests: [{ name: "" }]\n---\n{{ x }}',
  '---\nname: " "\ninput: { schema: { a: , b?: , : string, "(array)": string, "?": number } }\noutput: { schema: { "": string } }\n---\n{{ a. }}{{ .b }}{{ this[""] }}\r\n{{ "',
  'a }}}} {{ x }}}}\u2028{{ "\ud83d\ude00" }}\r{{ if }}\n{{ else }}\n{{ end',
].entries())
  test(`names that are missing or empty ${i + 1}, letter by letter`, () => type(pathToFileURL(path.join(examples, `odd${i}.prompt`)).href, text));

test('prompts and inputs of the workspace have names', async () => {
  for (const query of ['', 'a', 'reply']) {
    const found = await wire.sendRequest('workspace/symbol', { query });
    await client.asSymbolInformations(found);
  }
});
