/** What the preview panel and its page say to each other. */
import type { Preview } from '../protocol';

export interface Place { line: number; character: number }

export interface Target { uri: string; range: { start: Place; end: Place } }

export type ToPage =
  | { kind: 'preview'; uri: string; name: string; preview: Preview; changed: Record<string, string> }
  | { kind: 'nothing'; uri: string; text: string }
  | { kind: 'cursor'; uri: string; at: Place; follow: boolean };

export type FromPage =
  | { kind: 'ready' }
  | { kind: 'sample'; name: string }
  | { kind: 'input'; name: string; text: string | null }
  | { kind: 'save' }
  | { kind: 'copy'; as: CopyFormat }
  | { kind: 'go'; target: Target };

export type CopyFormat = 'text' | 'markdown' | 'json';

/** What a reloaded window needs to show the panel again; `inputs` are those that the person has changed, as typed. */
export interface PageState { uri: string; sample: string | null; inputs: Record<string, string> }
