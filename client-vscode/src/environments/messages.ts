/** What the panel of a promotion and its page say to one another. */
import type { Promotion } from '../protocol';

export type ToPromotionPage =
  | { kind: 'promotion'; promotion: Promotion }
  | { kind: 'working'; what: string }
  | { kind: 'failed'; text: string }
  | { kind: 'done'; text: string };

export type FromPromotionPage =
  | { kind: 'ready' }
  | { kind: 'again' }
  | { kind: 'promote'; why: string; seen: string }
  | { kind: 'approve'; why: string; seen: string }
  | { kind: 'withdraw'; why: string }
  | { kind: 'compare' }
  | { kind: 'text' }
  | { kind: 'history' }
  | { kind: 'rollBack' }
  | { kind: 'next'; environment: string };
