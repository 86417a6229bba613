/** A random script: who asks for what, and what each place does when it is asked. The seed decides all of it. */
import { seeded } from '../routing.ts';
import type { Deed } from './deed.ts';
import { drawDeed } from './deeds.ts';

/**
 * Where names lead, first place first. `d` takes one request at a time, a key of `e` three in a minute; `c` speaks
 * another format than the client.
 */
export const PLANS = {
  chain: ['a', 'b', 'c'],
  swap: ['c', 'a'],
  far: ['b', 'c', 'a'],
  alone: ['a'],
  tight: ['d', 'c'],
  metered: ['e', 'b'],
} as const;
export type PlanName = keyof typeof PLANS;
const SINGLE: readonly PlanName[] = ['chain', 'swap', 'far', 'alone'];
const SHARED: readonly PlanName[] = ['chain', 'tight', 'metered'];

/** Keys of each provider, tried in this order. */
export const KEYS: Readonly<Record<string, readonly string[]>> = {
  a: ['k1', 'k2', 'k3'],
  b: ['k1', 'k2'],
  c: ['k1', 'k2'],
  d: ['k1', 'k2'],
  e: ['k1', 'k2'],
};
/** Requests of a minute that each key of `e` takes. */
export const METER = 3;

export interface Ask {
  /** Names it among all requests of all scripts. */
  readonly id: string;
  readonly streamed: boolean;
  /** What a place such as `a/k1` does when it is asked for the first and for the second time. */
  readonly deeds: ReadonlyMap<string, readonly [Deed, Deed]>;
}

export interface Script {
  readonly seed: number;
  readonly plan: PlanName;
  /** Sent at the same time. One alone meets no cool-downs, so all that becomes of it is known beforehand. */
  readonly asks: readonly Ask[];
}

export function drawScript(seed: number): Script {
  const random = seeded(Math.imul(seed, 2_654_435_761));
  const count = random() < 0.6 ? 1 : 3;
  const plans = count === 1 ? SINGLE : SHARED;
  const plan = plans[Math.floor(random() * plans.length)] ?? 'alone';
  return {
    seed,
    plan,
    asks: Array.from({ length: count }, (_, index) => drawAsk(`${seed}.${index}`, random)),
  };
}

function drawAsk(id: string, random: () => number): Ask {
  const streamed = random() < 0.5;
  const places = Object.entries(KEYS).flatMap(([provider, keys]) => keys.map((key) => `${provider}/${key}`));
  const deeds = places.map((place) => {
    const both: readonly [Deed, Deed] = [drawDeed(streamed, random), drawDeed(streamed, random)];
    return [place, both] as const;
  });
  return { id, streamed, deeds: new Map(deeds) };
}

export const textOf = (place: string, { id }: Ask): string => `the answer of ${place} to ask ${id}.`;
