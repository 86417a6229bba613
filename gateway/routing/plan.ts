/** The plan of a request: each place it can go once, with that place's keys in the order to try them. Pure. */
import type { Random } from '../core/ports.ts';
import { keysFor } from './key-pool.ts';
import type { RoutableKey, RoutingSnapshot, Target } from './snapshot.ts';

/** One target with its keys. A chain visits every group once. */
export interface PlanGroup extends Target {
  readonly keys: readonly RoutableKey[];
}

/** @returns groups in the order to try them; targets whose provider has no key for the model are left out */
export function plan(
  targets: readonly Target[],
  snapshot: RoutingSnapshot,
  random: Random,
): readonly PlanGroup[] {
  return targets.flatMap(({ provider, model }) => {
    const routable = snapshot.providers.find(({ id }) => id === provider);
    const keys = routable === undefined ? [] : keysFor(routable.keys, model, random);
    return keys.length === 0 ? [] : [{ provider, model, keys }];
  });
}
