/** Everything that cools, by provider and place. Knows where cool-downs stand, decides nothing. */
import type { Clock } from '../core/ports.ts';
import {
  afterRestart,
  coolingLeft,
  coolingPhase,
  PHASE_RANK,
  type Cooling,
  type CoolingPhase,
  type Moment,
} from '../routing/cooldown.ts';
import type { KeptCooling, KeyUse } from '../routing/health.ts';
import { ANY_MODEL, placeName, placesFor, type Place } from '../routing/places.ts';

/** Places of one provider. Keys and accounts as a whole may be more while they cool; models are named by clients. */
const MOST_PLACES = 1_000;

export interface CooledPlace {
  readonly place: Place;
  cooling: Cooling;
  failures: number;
  /** The last key of a provider that fails: others are asked before it, and it is asked where there is none. */
  readonly standsBack?: boolean;
}

export interface CooledPlaces {
  now(): Moment;
  /** False where nothing of the provider cools, which is how it mostly is. */
  any(provider: string): boolean;
  /** Those that keep a key from a model. */
  over(use: KeyUse, account: string | undefined): readonly CooledPlace[];
  at(provider: string, place: Place): CooledPlace | undefined;
  of(provider: string): readonly CooledPlace[];
  put(provider: string, cooled: CooledPlace): void;
  /** Ends the cool-down if it is still this one. */
  end(provider: string, cooled: CooledPlace): boolean;
  readonly all: () => readonly (KeptCooling & CooledPlace)[];
}

/** @param kept what an earlier process left */
export function createCooledPlaces(clock: Clock, kept: readonly KeptCooling[]): CooledPlaces {
  const providers = new Map<string, Map<string, CooledPlace>>();
  const now = (): Moment => ({ monotonic: clock.monotonic(), wall: clock.wall() });

  const put = (provider: string, cooled: CooledPlace): void => {
    const places = providers.get(provider) ?? new Map<string, CooledPlace>();
    providers.set(provider, places);
    places.set(placeName(cooled.place), cooled);
    if (places.size > MOST_PLACES) prune(places);
  };
  /** What only waits for a probe is worth the least, then the oldest of single models. */
  const prune = (places: Map<string, CooledPlace>): void => {
    const at = now();
    for (const [name, { cooling }] of places) {
      if (coolingPhase(cooling, at) === 'half-open') places.delete(name);
    }
    for (const [name, { place }] of places) {
      if (places.size <= MOST_PLACES) return;
      if (place.which !== ANY_MODEL) places.delete(name);
    }
  };
  const begin = now();
  for (const { provider, place, cooling, failures } of kept) {
    put(provider, { place, cooling: afterRestart(cooling, begin), failures });
  }

  return {
    now,
    any: (provider) => (providers.get(provider)?.size ?? 0) > 0,
    over(use, account) {
      const places = providers.get(use.provider);
      if (places === undefined || places.size === 0) return [];
      return placesFor(use, account).flatMap((name) => places.get(name) ?? []);
    },
    at: (provider, place) => providers.get(provider)?.get(placeName(place)),
    of: (provider) => [...(providers.get(provider)?.values() ?? [])],
    put,
    end(provider, cooled) {
      const places = providers.get(provider);
      const name = placeName(cooled.place);
      return places?.get(name) === cooled && places.delete(name);
    },
    all: () =>
      [...providers].flatMap(([provider, places]) =>
        [...places.values()].map((cooled) => ({ provider, ...cooled })),
      ),
  };
}

/** The one that forbids most, and of equals the one that holds longest. */
export function strictest(cooled: readonly CooledPlace[], now: Moment): Cooling | undefined {
  let most: Cooling | undefined;
  for (const { cooling } of cooled) if (most === undefined || stricter(cooling, most, now)) most = cooling;
  return most;
}

function stricter(one: Cooling, other: Cooling, now: Moment): boolean {
  const rank = (cooling: Cooling): number => PHASE_RANK[coolingPhase(cooling, now)];
  const difference = rank(one) - rank(other);
  return difference === 0 ? coolingLeft(one, now) > coolingLeft(other, now) : difference > 0;
}

export const mayTry = (phase: CoolingPhase): boolean => phase === 'none' || phase === 'half-open';

/** It is the last key of a provider that fails, and rests only while another target can be asked. */
export const standsBack = (cooled: { readonly standsBack?: boolean }): boolean => cooled.standsBack === true;
