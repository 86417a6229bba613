/**
 * Providers to which no connection can be made, whatever the key. They rest shortly: what stands between may be this
 * machine's own network, which comes back for all of them at once, and nothing of theirs was used up by trying. Pure.
 */
import type { CooldownSettings } from './cooldown.ts';
import { ALL_KEYS, ANY_MODEL, type Place } from './places.ts';

/** Reasons of the outcome table for a call that reached nobody. */
export const UNREACHED: ReadonlySet<string> = new Set(['upstream_unreachable', 'connect_timeout']);

/** Where it rests. */
export const WHOLE_PROVIDER: Place = { who: ALL_KEYS, which: ANY_MODEL };

/** The first rest and the longest one, ms; a user's own times hold where they are shorter. */
const REST: CooldownSettings = { base: 5_000, ceiling: 30_000 };

export const restTimes = ({ base, ceiling }: CooldownSettings): CooldownSettings => ({
  base: Math.min(base, REST.base),
  ceiling: Math.min(ceiling, REST.ceiling),
});

export const isUnreached = ({
  place,
  cooling,
}: {
  readonly place: Place;
  readonly cooling: { readonly reason: string };
}): boolean => place.who === ALL_KEYS && place.which === ANY_MODEL && UNREACHED.has(cooling.reason);
