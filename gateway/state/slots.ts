/** Counts requests under way per provider and per key, and wakes those who wait, in the order they came. */
import type { Slots } from '../routing/slots.ts';

export function createSlots(): Slots {
  const counts = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();

  const change = (name: string, by: 1 | -1): void => {
    const next = (counts.get(name) ?? 0) + by;
    if (next === 0) counts.delete(name);
    else counts.set(name, next);
  };
  const full = (name: string, limit: number): boolean => limit > 0 && (counts.get(name) ?? 0) >= limit;

  /** All of them: the place may suit any one, and those it does not suit wait again in the same order. */
  const wake = (provider: string): void => {
    const queue = waiting.get(provider);
    waiting.delete(provider);
    for (const freed of queue ?? []) freed();
  };

  return {
    take(provider, key, limits) {
      const keyName = `${provider}/${key}`;
      if (full(provider, limits.provider) || full(keyName, limits.key)) return undefined;
      change(provider, 1);
      change(keyName, 1);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        change(provider, -1);
        change(keyName, -1);
        wake(provider);
      };
    },
    onFree(provider, freed) {
      const queue = waiting.get(provider) ?? new Set();
      waiting.set(provider, queue);
      queue.add(freed);
      return () => {
        queue.delete(freed);
        if (queue.size === 0 && waiting.get(provider) === queue) waiting.delete(provider);
      };
    },
  };
}
