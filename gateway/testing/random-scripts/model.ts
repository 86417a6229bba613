/** The rules of failover in small, for one request that meets nobody else's cool-downs. */
import type { Deed } from './deed.ts';
import { KEYS, PLANS, type Ask, type PlanName } from './script.ts';

export interface Try {
  readonly place: string;
  readonly deed: Deed;
  readonly action: Deed['action'];
}

/** Every attempt of the request, in order; the last one decides how it ends. */
export function predict(plan: PlanName, ask: Ask): readonly Try[] {
  const tries: Try[] = [];
  for (const provider of PLANS[plan]) {
    for (const key of KEYS[provider] ?? []) {
      const action = turn(`${provider}/${key}`, ask, tries);
      if (ENDS.has(action)) return tries;
      if (action === 'next-target') break;
    }
    if (tries.filter(({ deed }) => deed.result === 'first_content_timeout').length > 1) break;
  }
  return tries;
}

const ENDS: ReadonlySet<string> = new Set(['done', 'return', 'stop']);

/** One key: once, and once more on a fresh socket where not a byte came, which a request may do once in all. */
function turn(place: string, ask: Ask, tries: Try[]): Deed['action'] {
  const [first, second] = ask.deeds.get(place) ?? [];
  if (first === undefined || second === undefined) throw new Error(`nothing is planned for ${place}`);
  const replays = first.action === 'replay' && tries.every(({ action }) => action !== 'replay');
  tries.push({ place, deed: first, action: replays ? 'replay' : otherwise(first) });
  if (!replays) return otherwise(first);
  tries.push({ place, deed: second, action: otherwise(second) });
  return otherwise(second);
}

/** A second replay is the next key's turn. */
const otherwise = ({ action }: Deed): Deed['action'] => (action === 'replay' ? 'next-key' : action);
