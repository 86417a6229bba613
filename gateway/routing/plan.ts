/** The plan of a request: each place it can go once, with that place's keys in the order to try them. Pure. */
import type { Choices } from './choices.ts';
import { keysFor } from './key-pool.ts';
import type { TokenNeed } from './limits.ts';
import type { RoutableKey, RoutingSnapshot, Target } from './snapshot.ts';

/** One target with its keys. A chain visits every group once. */
export interface PlanGroup extends Target {
  readonly keys: readonly RoutableKey[];
  /** What the request may count for under limits, until its answer says better. */
  readonly need: () => TokenNeed;
}

/**
 * @param need what the request may count for under limits per minute
 * @returns groups in the order to try them; targets whose provider has no key for the model are left out
 */
export function plan(
  targets: readonly Target[],
  snapshot: RoutingSnapshot,
  choices: Choices,
  need: () => TokenNeed,
): readonly PlanGroup[] {
  return targets.flatMap(({ provider, model }) => {
    const routable = snapshot.providers.find(({ id }) => id === provider);
    const keys = routable === undefined ? [] : keysFor(routable, model, choices);
    return keys.length === 0 ? [] : [{ provider, model, keys, need }];
  });
}
