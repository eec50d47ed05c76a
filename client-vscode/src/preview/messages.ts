/** What the preview panel and its page say to each other. */
import type { Preview } from '../protocol';

export interface Place { line: number; character: number }

export interface Target { uri: string; range: { start: Place; end: Place } }

export type ToPage =
  | { kind: 'preview'; uri: string; name: string; preview: Preview }
  | { kind: 'nothing'; text: string }
  | { kind: 'cursor'; uri: string; at: Place; follow: boolean };

export type FromPage =
  | { kind: 'ready' }
  | { kind: 'sample'; name: string }
  | { kind: 'go'; target: Target };

/** What a reloaded window needs to show the panel again. */
export interface PageState { uri: string; sample: string | null }
