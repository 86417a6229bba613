/** The rules of failover in small, for one request that meets nobody else's cool-downs. */
import type { Deed } from './deed.ts';
import { KEYS, PLANS, type Ask, type PlanName } from './script.ts';

export interface Try {
  readonly place: string;
  readonly deed: Deed;
  readonly action: Deed['action'];
  /** The call went over a socket that had been used before. */
  readonly reused: boolean;
}

/**
 * Every attempt of the request, in order; the last one decides how it ends.
 * @param reused of each call, as the upstream saw it
 */
export function predict(plan: PlanName, ask: Ask, reused: readonly boolean[]): readonly Try[] {
  const tries: Try[] = [];
  const providers: readonly string[] = PLANS[plan];
  for (const [at, provider] of providers.entries()) {
    const keys = KEYS[provider] ?? [];
    for (const [index, key] of keys.entries()) {
      const last = index === keys.length - 1 && at === providers.length - 1;
      const action = turn(`${provider}/${key}`, ask, tries, reused, last);
      if (ENDS.has(action) || isLost(tries)) return tries;
      if (action === 'next-target') break;
    }
  }
  return tries;
}

const ENDS: ReadonlySet<string> = new Set(['done', 'return', 'stop']);

const lostSoFar = (tries: readonly Try[]): number =>
  tries.filter(
    ({ deed, action, reused }) =>
      deed.lost === 'waited' || (deed.lost === 'cut' && !(reused && action === 'replay')),
  ).length;

/** Two calls were read and came to nothing: no third is made. */
export const isLost = (tries: readonly Try[]): boolean => lostSoFar(tries) > 1;

/** Once more at the same place, which a request may do once in all: after a kept socket, or where it was the last place. */
export function mayReplay(tries: readonly Try[], reused: boolean, last: boolean): boolean {
  if (tries.some(({ action }) => action === 'replay')) return false;
  return reused || (last && lostSoFar(tries) === 0);
}

/** One key: once, and perhaps once more on a fresh socket where not a byte came. */
function turn(
  place: string,
  ask: Ask,
  tries: Try[],
  reused: readonly boolean[],
  last: boolean,
): Deed['action'] {
  const [first, second] = ask.deeds.get(place) ?? [];
  if (first === undefined || second === undefined) throw new Error(`nothing is planned for ${place}`);
  const kept = reused[tries.length] ?? false;
  const replays = first.action === 'replay' && mayReplay(tries, kept, last);
  tries.push({ place, deed: first, action: replays ? 'replay' : otherwise(first), reused: kept });
  if (!replays) return otherwise(first);
  tries.push({ place, deed: second, action: otherwise(second), reused: false });
  return otherwise(second);
}

/** What is not replayed is the next key's turn. */
const otherwise = ({ action }: Deed): Deed['action'] => (action === 'replay' ? 'next-key' : action);
