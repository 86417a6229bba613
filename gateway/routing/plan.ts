/** The plan of a request: each place it can go once, with that place's keys in the order to try them. Pure. */
import type { Choices } from './choices.ts';
import { keysFor, orderOf, type KeyOrder } from './key-pool.ts';
import type { TokenNeed } from './limits.ts';
import {
  usableFor,
  type RoutableKey,
  type RoutableProvider,
  type RoutingSnapshot,
  type Target,
} from './snapshot.ts';

/** One target with its keys. A chain visits every group once. */
export interface PlanGroup extends Target {
  /** In the order to try them. */
  readonly keys: readonly RoutableKey[];
  /** The first of them, and how many there are: known without putting all in order. */
  readonly first: RoutableKey | undefined;
  readonly count: number;
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
  const groups: PlanGroup[] = [];
  for (const target of targets) {
    const routable = snapshot.providers.find(({ id }) => id === target.provider);
    if (routable !== undefined && usableFor(routable, target.model))
      groups.push(new LazyGroup(target, routable, choices, need));
  }
  return groups;
}

/** The group with other keys, or its own in another order. */
export function withKeys({ provider, model, need }: PlanGroup, keys: readonly RoutableKey[]): PlanGroup {
  const { first, count } = orderOf(keys);
  return { provider, model, keys, first, count, need };
}

/**
 * Its keys are put in order when somebody looks: most requests never come to their second place. A class, because a
 * literal with a getter costs a microsecond each time it is made.
 */
class LazyGroup implements PlanGroup {
  readonly provider: string;
  readonly model: string;
  readonly need: () => TokenNeed;
  private readonly routable: RoutableProvider;
  private readonly choices: Choices;
  private known: KeyOrder | undefined;

  constructor(target: Target, routable: RoutableProvider, choices: Choices, need: () => TokenNeed) {
    this.provider = target.provider;
    this.model = target.model;
    this.need = need;
    this.routable = routable;
    this.choices = choices;
  }

  get keys(): readonly RoutableKey[] {
    return this.order().all();
  }

  get first(): RoutableKey | undefined {
    return this.order().first;
  }

  get count(): number {
    return this.order().count;
  }

  private order(): KeyOrder {
    return (this.known ??= keysFor(this.routable, this.model, this.choices));
  }
}
