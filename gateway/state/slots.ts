/** Counts requests per provider and per key, and wakes those who wait, in the order they came. */
import type { Clock } from '../core/ports.ts';
import type { Crowding, SlotLimits, Slots } from '../routing/slots.ts';
import { createRates } from './limits.ts';

export function createSlots(clock: Clock): Slots {
  const counts = new Map<string, number>();
  const taken = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();
  const rates = createRates();
  /** Monotonic ms at which the rate limits of one of a provider's keys let a request through again. */
  const soonest = new Map<string, number>();

  const change = (name: string, by: 1 | -1): void => {
    const next = (counts.get(name) ?? 0) + by;
    if (next === 0) counts.delete(name);
    else counts.set(name, next);
  };
  const full = (name: string, limit: number): boolean => limit > 0 && (counts.get(name) ?? 0) >= limit;
  const limited = ({ rpm, tpm }: SlotLimits): boolean => rpm > 0 || tpm > 0;
  const counted = ({ tpm }: SlotLimits, tokens: () => number): number => (tpm > 0 ? tokens() : 0);

  const room: Slots['room'] = (provider, key, limits, tokens): Crowding => {
    const keyName = `${provider}/${key}`;
    if (full(provider, limits.provider)) return { kind: 'provider-full' };
    if (full(keyName, limits.key)) return { kind: 'key-full' };
    if (!limited(limits)) return { kind: 'free' };
    const wait = rates.wait(keyName, limits, counted(limits, tokens), clock.monotonic());
    return wait > 0 ? { kind: 'rate', wait } : { kind: 'free' };
  };

  /** All of them: the place may suit any one, and those it does not suit wait again in the same order. */
  const wake = (provider: string): void => {
    const queue = waiting.get(provider);
    waiting.delete(provider);
    for (const freed of queue ?? []) freed();
  };

  return {
    room,
    take(provider, key, limits, tokens) {
      const crowding = room(provider, key, limits, tokens);
      const now = clock.monotonic();
      if (crowding.kind === 'rate') {
        const known = soonest.get(provider) ?? 0;
        const at = now + crowding.wait;
        soonest.set(provider, known > now ? Math.min(known, at) : at);
      }
      if (crowding.kind !== 'free') return undefined;
      const keyName = `${provider}/${key}`;
      if (limited(limits)) rates.count(keyName, counted(limits, tokens), now);
      change(provider, 1);
      change(keyName, 1);
      taken.set(keyName, now);
      let given = false;
      return () => {
        if (given) return;
        given = true;
        change(provider, -1);
        change(keyName, -1);
        wake(provider);
      };
    },
    settle: (provider, key, before, actual) => rates.settle(`${provider}/${key}`, before, actual),
    onFree(provider, freed) {
      const queue = waiting.get(provider) ?? new Set();
      waiting.set(provider, queue);
      queue.add(freed);
      const leave = (): void => {
        queue.delete(freed);
        if (queue.size === 0 && waiting.get(provider) === queue) waiting.delete(provider);
      };
      const at = soonest.get(provider) ?? 0;
      const wait = at - clock.monotonic();
      const cancel =
        wait <= 0
          ? undefined
          : clock.after(wait, () => {
              leave();
              freed();
            });
      return () => {
        cancel?.();
        leave();
      };
    },
    load: (provider, key) => ({
      underWay: counts.get(`${provider}/${key}`) ?? 0,
      lastTaken: taken.get(`${provider}/${key}`) ?? -Infinity,
    }),
  };
}
