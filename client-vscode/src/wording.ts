/** How a version is said in few words. */
import type { Version } from './protocol';

const minute = 60, hour = 60 * minute, day = 24 * hour;

/** "2 hours ago", in the words that the server's lenses and hovers have; a clock that is behind says "just now". */
export function age(at: string, now = Date.now()): string {
  const seconds = (now - Date.parse(at)) / 1000;
  if (seconds < minute) return 'just now';
  if (seconds < hour) return counted(seconds / minute, 'minute');
  if (seconds < day) return counted(seconds / hour, 'hour');
  if (seconds < 2 * day) return 'yesterday';
  if (seconds < 60 * day) return counted(seconds / day, 'day');
  if (seconds < 730 * day) return counted(seconds / day / 30.44, 'month');
  return counted(seconds / day / 365.25, 'year');
}

/** What a failure says, whatever was thrown. */
export function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

function counted(count: number, unit: string): string {
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

/** The name in "Ada Lovelace <ada@example.com>". */
export function who({ author }: Pick<Version, 'author'>): string {
  return nameIn(author);
}

export function nameIn(author: string): string {
  return /^\s*([^<]*[^<\s])\s*</.exec(author)?.[1] ?? author.replace(/[<>]/g, '').trim();
}

/** "+3 −1", or nothing. */
export function changes({ added, removed }: Pick<Version, 'added' | 'removed'>): string {
  return [added ? `+${added}` : '', removed ? `−${removed}` : ''].filter(Boolean).join(' ');
}

/** The lines that all of these added and removed. */
export function allChanges(versions: Version[]): string {
  return changes({ added: sum(versions.map(v => v.added)), removed: sum(versions.map(v => v.removed)) });
}

function sum(counts: (number | undefined)[]): number {
  return counts.reduce<number>((all, one) => all + (one ?? 0), 0);
}

/** "back to v3", of a rollback. */
/** Beside the version that the prompt's text is. */
export const theText = 'the text now';

export function origin({ source }: Version): string {
  return source === undefined ? '' : `back to v${source}`;
}

export function firstLine(note: string | null): string {
  return note?.split('\n', 1)[0]?.trim() ?? '';
}

/** "v12 · Ada · 2 hours ago · greets by name" */
export function inOneLine(version: Version): string {
  return [`v${version.version}`, who(version), age(version.at), firstLine(version.note)].filter(Boolean).join(' · ');
}

export function shortFingerprint({ fingerprint }: Version): string {
  return fingerprint.slice(0, 8);
}

export function count(tokens: number): string {
  return tokens.toLocaleString('en');
}
