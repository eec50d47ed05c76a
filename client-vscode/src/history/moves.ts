/** What became of a version in environments, in words. */
import type { EnvironmentMove, Version } from '../protocol';
import { age, firstLine, nameIn } from '../wording';

/** "runs in staging, production": where it is now, whatever became of it before. */
export function placesOf({ environments = [] }: Version): string {
  const places = [...new Set(environments.filter(m => m.now).map(m => m.environment))].reverse();
  return places.length === 0 ? '' : `runs in ${places.join(', ')}`;
}

/** "promoted to production by Bo, 2 hours ago — the French tickets" */
export function told(move: EnvironmentMove): string {
  const why = firstLine(move.why ?? null);
  return `${deed(move)} by ${nameIn(move.by)}, ${age(move.at)}${why && ` — ${why}`}`;
}

function deed({ kind, environment }: EnvironmentMove): string {
  switch (kind) {
    case 'promoted': return `promoted to ${environment}`;
    case 'overridden': return `let into ${environment} although a gate was shut`;
    case 'env-rolled-back': return `brought back to ${environment}`;
    case 'approved': return `approved for ${environment}`;
    case 'withdrawn': return `no longer approved for ${environment}`;
  }
}
