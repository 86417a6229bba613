/** Values that routing decides over, for tests. */
import { complexitySchema, type AliasStrategy } from '../../contract/config/routing.ts';
import type { Choices } from '../routing/choices.ts';
import type { AliasTarget, RoutableAlias, RoutingSnapshot } from '../routing/snapshot.ts';

export function routingSnapshot(part: Partial<RoutingSnapshot>): RoutingSnapshot {
  return {
    providers: [],
    aliases: new Map(),
    named: new Map(),
    defaultModel: '',
    rules: [],
    complexity: complexitySchema.parse({}),
    ...part,
  };
}

export const targetOf = (model: string, part: Partial<AliasTarget> = {}): AliasTarget => ({
  model,
  weight: 1,
  range: [0, 1],
  ...part,
});

/** A chain of targets. */
export const aliasOf = (...models: readonly string[]): RoutableAlias => ranked('priority', ...models);

export function ranked(
  strategy: AliasStrategy,
  ...targets: readonly (string | AliasTarget)[]
): RoutableAlias {
  return {
    strategy,
    targets: targets.map((target) => (typeof target === 'string' ? targetOf(target) : target)),
  };
}

/** Nothing measured, nothing priced, nobody's turn. */
export const choicesOf = (part: Partial<Choices>): Choices => ({
  random: () => 0,
  turn: () => 0,
  latency: () => undefined,
  cost: () => undefined,
  load: () => ({ underWay: 0, lastTaken: -Infinity }),
  complexity: () => 0,
  ...part,
});

/** A small seeded generator, so that shares are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
