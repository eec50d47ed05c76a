/** What the panel of runs and its page say to one another. */
import type { Run } from '../protocol';

export interface ShownRun extends Run {
  /** When it was asked for, by the person's clock. */
  at: string;
}

/** A run that is under way. */
export interface Going { run: string; model: string }

export type ToRunPage =
  | { kind: 'runs'; name: string; runs: ShownRun[]; going?: Going; sendable: boolean }
  | { kind: 'piece'; run: string; text: string }
  | { kind: 'failed'; text: string; wantsKey: boolean };

export type FromRunPage =
  | { kind: 'ready' }
  | { kind: 'run' }
  | { kind: 'stop' }
  | { kind: 'sample' }
  | { kind: 'key' }
  | { kind: 'expect'; run: string }
  | { kind: 'copy'; run: string };
