/** In which order the keys of a provider are tried (DESIGN section 6). Pure. */
import type { Random } from '../core/ports.ts';
import type { Choices } from './choices.ts';
import { drawnPlace, evenOrder, rotated, weightedOrder } from './order.ts';
import { areAlike, keyServes, type RoutableKey, type RoutableProvider } from './snapshot.ts';

/** Keys in the order to try them: most requests need the first alone, so the others are put in order when asked for. */
export interface KeyOrder {
  readonly count: number;
  /** Undefined where there is none. */
  readonly first: RoutableKey | undefined;
  readonly all: () => readonly RoutableKey[];
}

export function orderOf(keys: readonly RoutableKey[]): KeyOrder {
  return { count: keys.length, first: keys[0], all: () => keys };
}

/** The keys that may be used for `model`, in the order to try them. */
export function keysFor(
  {
    id,
    keys,
    strategy,
    alike = areAlike(keys),
  }: Pick<RoutableProvider, 'id' | 'keys' | 'strategy' | 'alike'>,
  model: string,
  choices: Pick<Choices, 'random' | 'turn' | 'load'>,
): KeyOrder {
  const usable = alike ? keys : keys.filter((key) => keyServes(key, model));
  if (usable.length < 2) return orderOf(usable);
  switch (strategy) {
    case 'weighted':
      return alike ? drawnEvenly(usable, choices.random) : orderOf(weightedOrder(usable, choices.random));
    case 'round-robin':
      return orderOf(rotated(usable, choices.turn(`provider ${id}`)));
    case 'least-used':
      return orderOf(leastUsed(id, usable, choices));
    case 'priority':
      return orderOf(usable);
  }
}

function drawnEvenly(keys: readonly RoutableKey[], random: Random): KeyOrder {
  const first = drawnPlace(0, keys.length, random);
  let ordered: readonly RoutableKey[] | undefined;
  return { count: keys.length, first: keys[first], all: () => (ordered ??= evenOrder(keys, random, first)) };
}

/** Fewest requests under way for its weight, then the one whose last use is longest ago. */
function leastUsed(
  provider: string,
  keys: readonly RoutableKey[],
  { load }: Pick<Choices, 'load'>,
): readonly RoutableKey[] {
  return keys
    .map((key) => {
      const { underWay, lastTaken } = load(provider, key.id);
      return { key, share: underWay / key.weight, lastTaken };
    })
    .sort((left, right) => left.share - right.share || (left.lastTaken < right.lastTaken ? -1 : 1))
    .map(({ key }) => key);
}
