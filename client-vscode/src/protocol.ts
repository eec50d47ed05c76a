/** What the server answers beyond LSP: docs/protocol.md in types. */
import { NotificationType, RequestType, type Range, type TextDocumentIdentifier, type TextEdit } from 'vscode-languageclient/node';

export interface Version {
  version: number;
  fingerprint: string;
  effective: string;
  kind: 'saved' | 'observed' | 'rolled-back' | 'imported';
  author: string;
  at: string;
  note: string | null;
  tags: string[];
  commit?: string;
  added?: number;
  removed?: number;
  /** Of a rollback: the version whose content came back. */
  source?: number;
  /** What the deleted prompt is called whose version it is. */
  deleted?: string;
  /** What became of it in environments, the newest first. */
  environments?: EnvironmentMove[];
}

/** As the record of a release or an approval claims. */
export interface EnvironmentMove {
  kind: 'promoted' | 'overridden' | 'env-rolled-back' | 'approved' | 'withdrawn';
  environment: string;
  by: string;
  at: string;
  why?: string;
  /** What it brought there is there now. */
  now?: true;
}

/** A prompt that is gone, by the name under which its versions are reached: `deleted-41:v3`. */
export interface Deleted {
  uri: string;
  name: string;
  at: string;
  head: number;
  tags: string[];
}

export interface Status {
  state: 'on' | 'off';
  reason?: string;
  head?: Version;
  /** Whose text it is; where it is modified, the one that it was made from. */
  version?: Version;
  modified: boolean;
  changedThrough?: string[];
  tokens?: number;
  about?: true;
  tokenLimit?: number;
  model?: string;
  cost?: string;
  sample?: string;
  failure?: string;
  unavailable?: string;
}

export interface History {
  state: 'on' | 'off';
  reason?: string;
  rows: Version[][];
  more: boolean;
  deleted?: Deleted[];
  /** Git may know of versions before the first one. */
  git?: boolean;
}

/** A prompt to begin with. */
export interface Template { name: string; meaning: string; text: string }

/** A prompt that was looked for, with the line that holds a word. */
export interface Found {
  uri: string;
  path: string;
  line: number;
  text: string;
  name?: string;
  description?: string;
  model?: string;
  owner: string[];
}

export interface LineHistory { version: Version | null }

export interface TagCheck { problem?: string; at?: number }

export interface Preview {
  documentVersion: number | null;
  samples: string[];
  sample: string | null;
  unavailable?: string;
  inputs: Input[];
  messages: Message[];
  historyAt?: number;
  tokens?: number;
  about?: true;
  tokenLimit?: number;
  cost?: string;
  failure?: Failure;
}

/** An input of the prompt, and the text of its field. */
export interface Input {
  name: string;
  text: string;
  source: 'sample' | 'default' | 'invented' | 'changed' | 'nothing';
  type: string;
  optional: boolean;
  choices: string[];
  problem?: string;
}

export interface Message {
  role: string;
  history: boolean;
  range?: Range;
  tokens?: number;
  cost?: string;
  parts: Part[];
}

export type Part =
  | { kind: 'text'; text: string; values: Value[] }
  | { kind: 'media'; url: string; contentType?: string }
  | { kind: 'section'; name: string };

export interface Value {
  start: number;
  end: number;
  uri: string;
  range: Range;
  inputs: string[];
  untrusted: boolean;
}

export interface Failure {
  reason: string;
  limit: boolean;
  uri: string;
  range: Range;
}

/** What a model answered, and what it took. */
export interface Run {
  run: string;
  version: string;
  fingerprint: string;
  model: string;
  answer: string;
  summary: string;
  toolCalls: { name: string; arguments: string }[];
  notes: string[];
  schemaProblem?: string;
  finishReason?: string;
  cost?: string;
  inputTokens?: number;
  outputTokens?: number;
  latencyMs: number;
  firstTokenMs?: number;
}

/** Tests that need no model, of a prompt; or the rows of an evaluation, which do. */
export interface TestFile { uri: string; kind: 'prompt' | 'evaluation'; name: string; items: { id: string; uri: string; range: Range }[] }

export interface TestResults {
  results: { id: string; outcome: 'passed' | 'failed' | 'not-run'; messages: { text: string; uri: string; range: Range }[] }[];
  error?: string;
  text?: string;
  page?: string;
}

export interface Moment { by: string; at: string; why?: string }

/** What runs where, in one folder. */
export interface Environments {
  uri: string;
  settings: string;
  you?: string;
  problem?: string;
  environments: Environment[];
  prompts: { uri: string; path: string; cells: Cell[] }[];
  waiting: Waiting[];
}

export interface Environment { name: string; from?: string; retired?: true; frozen?: Moment; approvals?: number }

/** What one environment holds of one prompt. */
export interface Cell {
  environment: string;
  text: string;
  release?: string;
  behind?: number;
  kind?: 'promoted' | 'overridden' | 'rolled-back';
  from?: string;
  since?: Moment;
  next?: string;
  changed?: true;
  approvals?: number;
  breaks?: string;
  problem?: string;
  /** The answers to this very release drifted: since when, and when that was looked at last. */
  drift?: { since: string; checked: string; says: string; model: string; evaluation: string; p?: number };
  /** The problem is that its files are not what was released. */
  edited?: true;
}

export interface Waiting { uri: string; path: string; environment: string; kind: 'approve' | 'promote'; says: string }

/** A promotion before it is made. */
export interface Promotion {
  uri: string;
  path: string;
  environment: string;
  name: string;
  seen: string;
  gates: { gate: string; holds: boolean; says: string }[];
  from?: string;
  replaces?: string;
  since?: Moment;
  there: boolean;
  open: boolean;
  approvable: boolean;
  approved?: string;
  unsaved: string[];
  compared: 'rendered' | 'source' | 'alone';
  hunks: DiffLine[][];
  pulledIn: string[];
  contract: { breaking: boolean; message: string }[];
  fingerprint: string;
  /** The environments that take what this one holds. */
  next: string[];
}

export interface DiffLine { kind: 'same' | 'added' | 'removed'; text: string; old?: number; new?: number }

/** The argument of a command about an environment. */
export interface EnvironmentArgument { environment: string; uri?: string; why?: string; to?: string; seen?: string; dryRun?: true }

/** The argument of every command; a client that asks fills in what a person must say. */
export interface Argument {
  uri: string;
  ref?: string;
  with?: string;
  name?: string;
  note?: string;
  expected?: number;
  sample?: string;
  to?: string;
}

/** A provider of models; `key` says where its key comes from. */
export interface Provider { name: string; host: string; key: string; variable?: string }

/** A request failed because a provider's key is missing or refused. */
export const wantOfKey = 1;

interface OfDocument { textDocument: TextDocumentIdentifier }

export const statusRequest = new RequestType<OfDocument, Status | null, void>('promptlsp/status');
export const historyRequest = new RequestType<OfDocument & { before?: number; limit?: number; deleted?: string }, History | null, void>('promptlsp/history');
export const deletedRequest = new RequestType<object, { prompts: Deleted[] }, void>('promptlsp/deleted');
export const lineHistoryRequest = new RequestType<OfDocument & { line: number }, LineHistory | null, void>('promptlsp/lineHistory');
export const templatesRequest = new RequestType<{ name: string; uri?: string }, { templates: Template[] }, void>('promptlsp/templates');
export const checkTagRequest = new RequestType<OfDocument & { name: string }, TagCheck, void>('promptlsp/checkTag');
export const previewRequest = new RequestType<OfDocument & { sample?: string; inputs?: Record<string, string> }, Preview | null, void>('promptlsp/preview');
export const toggleCommentRequest = new RequestType<OfDocument & { ranges: Range[] }, TextEdit[] | null, void>('promptlsp/toggleComment');
export const searchRequest = new RequestType<{ query: string; limit?: number }, { prompts: Found[]; problem?: string }, void>('promptlsp/search');
export const runRequest = new RequestType<OfDocument & { run: string; ref?: string; model?: string }, Run, void>('promptlsp/run');
export const providersRequest = new RequestType<object, { providers: Provider[]; problem?: string }, void>('promptlsp/providers');
export const testsRequest = new RequestType<Partial<OfDocument>, { files: TestFile[] }, void>('promptlsp/tests');
export const runTestsRequest = new RequestType<OfDocument, TestResults, void>('promptlsp/runTests');
export const evaluateRequest = new RequestType<OfDocument & { run: string; compare?: boolean }, TestResults, void>('promptlsp/evaluate');
export const environmentsRequest = new RequestType<object, { roots: Environments[] }, void>('promptlsp/environments');
export const promotionRequest = new RequestType<OfDocument & { environment: string; why?: string }, Promotion, void>('promptlsp/promotion');
export const pieceNotification = new NotificationType<{ run: string; text: string }>('promptlsp/runPiece');
export const evaluatingNotification = new NotificationType<{ run: string; done: number; total: number; cost: string }>('promptlsp/evaluating');
export const changedNotification = new NotificationType<{ uris: string[] }>('promptlsp/changed');

export const versionScheme = 'promptlsp-version';
