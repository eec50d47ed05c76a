/** How a version is said in few words. */
import type { Version } from './protocol';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86400], ['month', 30 * 86400], ['week', 7 * 86400], ['day', 86400], ['hour', 3600], ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** "2 hours ago"; a clock that is behind says "just now". */
export function age(at: string, now = Date.now()): string {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? [];
  return unit && length ? relative.format(-Math.floor(seconds / length), unit) : 'just now';
}

/** The name in "Ada Lovelace <ada@example.com>". */
export function who({ author }: Version): string {
  return /^\s*([^<]*[^<\s])\s*</.exec(author)?.[1] ?? author.replace(/[<>]/g, '').trim();
}

/** "+3 −1", or nothing. */
export function changes({ added, removed }: Version): string {
  return [added ? `+${added}` : '', removed ? `−${removed}` : ''].filter(Boolean).join(' ');
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
