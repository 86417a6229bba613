/** In which order the keys of a provider are tried (DESIGN section 6). Pure. */
import type { Choices } from './choices.ts';
import { evenOrder, rotated, weightedOrder } from './order.ts';
import { areAlike, keyServes, type RoutableKey, type RoutableProvider } from './snapshot.ts';

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
): readonly RoutableKey[] {
  const usable = alike ? keys : keys.filter((key) => keyServes(key, model));
  if (usable.length < 2) return usable;
  switch (strategy) {
    case 'weighted':
      return alike ? evenOrder(usable, choices.random) : weightedOrder(usable, choices.random);
    case 'round-robin':
      return rotated(usable, choices.turn(`provider ${id}`));
    case 'least-used':
      return leastUsed(id, usable, choices);
    case 'priority':
      return usable;
  }
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
