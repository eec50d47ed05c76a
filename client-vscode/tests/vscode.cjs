// The classes of VS Code's API that answers become, as strict as VS Code's own: what its constructors refuse is refused here.
'use strict';

const fail = why => { throw new Error(why); };
const isText = value => typeof value === 'string';

class Position {
  constructor(line, character) {
    for (const [name, value] of [['line', line], ['character', character]])
      if (!Number.isInteger(value) || value < 0) fail(`${name} must be a whole number that is not negative, not ${value}`);
    Object.assign(this, { line, character });
  }
  isBefore(other) { return this.line < other.line || (this.line === other.line && this.character < other.character); }
}

class Range {
  constructor(start, end, endLine, endCharacter) {
    if (typeof start === 'number') [start, end] = [new Position(start, end), new Position(endLine, endCharacter)];
    if (!(start instanceof Position && end instanceof Position)) fail('a range needs two positions');
    // VS Code turns a reversed range around in silence; no answer should need that.
    if (end.isBefore(start)) fail('a range ends before it begins');
    Object.assign(this, { start, end });
  }
  contains(other) { return !other.start.isBefore(this.start) && !this.end.isBefore(other.end); }
}

const needsRange = range => range instanceof Range || fail('a range is missing');
const needsText = (value, what) => (isText(value) && value.trim() !== '') || fail(`${what} must not be empty`);

class Uri {
  constructor(text) { this.text = text; }
  static parse(text) {
    if (!isText(text) || !/^[a-z][a-z\d+.-]*:/i.test(text)) fail(`${text} is no URI`);
    new URL(text);
    return new Uri(text);
  }
  toString() { return this.text; }
}

class DocumentSymbol {
  constructor(name, detail, kind, range, selectionRange) {
    needsText(name, 'a symbol\'s name');
    if (!isText(detail)) fail('a symbol\'s detail must be text');
    [range, selectionRange].forEach(needsRange);
    if (!range.contains(selectionRange)) fail('selectionRange must be contained in fullRange');
    if (!Number.isInteger(kind) || kind < 0 || kind > 25) fail(`no symbol has the kind ${kind}`);
    Object.assign(this, { name, detail, kind, range, selectionRange, children: [] });
  }
}

class Location {
  constructor(uri, range) {
    if (!(uri instanceof Uri)) fail('a location needs a URI');
    if (range !== undefined) needsRange(range);
    Object.assign(this, { uri, range });
  }
}

class SymbolInformation {
  constructor(name, kind, container, location) {
    needsText(name, 'a symbol\'s name');
    Object.assign(this, { name, kind, containerName: container, location });
  }
}

class TextEdit {
  constructor(range, newText) {
    needsRange(range);
    if (!isText(newText)) fail('an edit needs a text');
    Object.assign(this, { range, newText });
  }
  static replace(range, text) { return new TextEdit(range, text); }
  static insert(position, text) { return new TextEdit(new Range(position, position), text); }
  static delete(range) { return new TextEdit(range, ''); }
}

class WorkspaceEdit {
  edits = [];
  set(uri, edits) { uri instanceof Uri || fail('an edit needs a URI'); this.edits.push([uri, edits]); }
  createFile(uri) { uri instanceof Uri || fail('an edit needs a URI'); }
  renameFile(from, to) { (from instanceof Uri && to instanceof Uri) || fail('a rename needs two URIs'); }
  deleteFile(uri) { uri instanceof Uri || fail('an edit needs a URI'); }
}

class Diagnostic {
  constructor(range, message, severity) {
    needsRange(range);
    needsText(message, 'a message');
    Object.assign(this, { range, message, severity });
  }
}

class DiagnosticRelatedInformation {
  constructor(location, message) {
    location instanceof Location || fail('a related place needs a location');
    needsText(message, 'a related message');
  }
}

class CompletionItem {
  constructor(label, kind) {
    needsText(isText(label) ? label : label?.label, 'a label');
    Object.assign(this, { label, kind });
  }
}

class CodeAction {
  constructor(title, kind) {
    needsText(title, 'a title');
    Object.assign(this, { title, kind });
  }
}

class CodeActionKind {
  constructor(value) { this.value = value; }
  append(part) { return new CodeActionKind(this.value === '' ? part : `${this.value}.${part}`); }
}
for (const name of ['Empty', 'QuickFix', 'Refactor', 'RefactorExtract', 'RefactorInline', 'RefactorMove', 'RefactorRewrite', 'Source', 'SourceOrganizeImports', 'SourceFixAll', 'Notebook'])
  CodeActionKind[name] = new CodeActionKind(name === 'Empty' ? '' : name.replaceAll(/(?<!^)[A-Z]/g, c => `.${c}`).toLowerCase());

class CodeLens { constructor(range, command) { needsRange(range); this.command = command; } }
class DocumentLink {
  constructor(range, target) {
    if (target !== undefined && !(target instanceof Uri)) fail('a link\'s target must be a URI');
    needsRange(range);
    if (range.start.line === range.end.line && range.start.character === range.end.character) fail('a link\'s range must not be empty');
  }
}
class DocumentHighlight { constructor(range, kind) { needsRange(range); this.kind = kind; } }
class FoldingRange {
  constructor(start, end, kind) {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start) fail(`no fold goes from line ${start} to ${end}`);
    this.kind = kind;
  }
}
class Hover {
  constructor(contents, range) {
    if (!contents || (Array.isArray(contents) && contents.length === 0)) fail('a hover needs contents');
    if (range !== undefined) needsRange(range);
    this.contents = contents;
  }
}
class MarkdownString {
  constructor(value = '') { if (!isText(value)) fail('Markdown is text'); this.value = value; }
  appendCodeblock(code) { this.value += code; return this; }
}
class SnippetString { constructor(value) { isText(value) || fail('a snippet is text'); this.value = value; } }
class ParameterInformation { constructor(label, documentation) { (Array.isArray(label) || needsText(label, 'a parameter')) && Object.assign(this, { label, documentation }); } }
class SignatureInformation { constructor(label, documentation) { needsText(label, 'a signature'); Object.assign(this, { label, documentation, parameters: [] }); } }
class SignatureHelp { signatures = []; activeSignature = 0; activeParameter = 0; }
class SemanticTokens {
  constructor(data) {
    if (!(data instanceof Uint32Array) || data.length % 5 !== 0) fail('tokens are whole numbers by five');
    this.data = data;
  }
}
class CompletionList { constructor(items, isIncomplete) { Object.assign(this, { items, isIncomplete }); } }

/** Nothing that an answer becomes: a class to derive from, or a name that is only looked up. */
const others = new Proxy({}, { get: (all, name) => all[name] ??= class {} });

const numbers = (...names) => Object.fromEntries(names.map((name, i) => [name, i]));

const own = {
  Position, Range, Uri, DocumentSymbol, Location, SymbolInformation, TextEdit, WorkspaceEdit, Diagnostic, DiagnosticRelatedInformation, CompletionItem, CompletionList,
  CodeAction, CodeActionKind, CodeLens, DocumentLink, DocumentHighlight, FoldingRange, Hover, MarkdownString, SnippetString, ParameterInformation, SignatureInformation,
  SignatureHelp, SemanticTokens,
  DiagnosticSeverity: numbers('Error', 'Warning', 'Information', 'Hint'),
  DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
  CompletionItemTag: { Deprecated: 1 },
  CompletionItemKind: { Text: 0 },
  SymbolKind: { File: 0, Property: 6 },
  SymbolTag: { Deprecated: 1 },
  DocumentHighlightKind: numbers('Text', 'Read', 'Write'),
  FoldingRangeKind: { Comment: 1, Imports: 2, Region: 3 },
  InsertTextMode: { asIs: 1, adjustIndentation: 2 },
};

module.exports = new Proxy(own, { get: (all, name) => name in all ? all[name] : name === '__esModule' ? true : others[name] });
