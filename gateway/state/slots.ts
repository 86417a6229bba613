/** Counts requests per provider and per key, and wakes those who wait, in the order they came. */
import type { Clock } from '../core/ports.ts';
import type { KeyUse } from '../routing/health.ts';
import { FITS, type TokenNeed } from '../routing/limits.ts';
import type { Crowding, SlotLimits, SlotPlace, Slots } from '../routing/slots.ts';
import { createAnswerSizes, type AnswerSizes } from './answer-sizes.ts';
import { createRates } from './limits.ts';

/** What a request counts for where tokens are limited. */
interface Weight {
  /** What it probably is: by this it finds room. */
  readonly expected: number;
  /** What it may become: this is kept free for it, so that what comes after it cannot pass the limit. */
  readonly most: number;
  readonly input: number;
}

const WEIGHTLESS: Weight = { expected: 0, most: 0, input: 0 };

function weigh({ input, output }: TokenNeed, name: string, sizes: AnswerSizes): Weight {
  const { usual, most } = sizes.of(name);
  return {
    input,
    expected: input + Math.min(output ?? usual, usual),
    most: input + (output ?? most),
  };
}

export function createSlots(clock: Clock): Slots {
  const counts = new Map<string, number>();
  const taken = new Map<string, number>();
  const waiting = new Map<string, Set<() => void>>();
  const rates = createRates();
  const sizes = createAnswerSizes();
  /** Monotonic ms at which the rate limits of one of a provider's keys let a request through again. */
  const soonest = new Map<string, number>();

  const change = (name: string, by: 1 | -1): void => {
    const next = (counts.get(name) ?? 0) + by;
    // A name that is idle stays: there are as many as keys, and to take one out costs more than to count.
    counts.set(name, next);
  };
  const full = (name: string, limit: number): boolean => limit > 0 && (counts.get(name) ?? 0) >= limit;
  const limited = ({ rpm, tpm }: SlotLimits): boolean => rpm > 0 || tpm > 0;
  const sizeName = ({ provider, key, model }: KeyUse): string => `${provider}/${key}/${model}`;
  const weightOf = (use: KeyUse, { tpm }: SlotLimits, need: () => TokenNeed): Weight =>
    tpm > 0 ? weigh(need(), sizeName(use), sizes) : WEIGHTLESS;

  const room: Slots['room'] = (use, limits, need): Crowding => {
    const { provider, key } = use;
    const keyName = `${provider}/${key}`;
    if (full(provider, limits.provider)) return { kind: 'provider-full' };
    if (full(keyName, limits.key)) return { kind: 'key-full' };
    if (!limited(limits)) return { kind: 'free' };
    const { expected } = weightOf(use, limits, need);
    const wait = rates.wait(keyName, limits, expected, clock.monotonic());
    return wait.wait > 0 ? { kind: 'rate', ...wait } : { kind: 'free' };
  };

  /** All of them: the place may suit any one, and those it does not suit wait again in the same order. */
  const wake = (provider: string): void => {
    const queue = waiting.get(provider);
    waiting.delete(provider);
    for (const freed of queue ?? []) freed();
  };

  /** Whoever waits at the provider from now on is woken then, or before. */
  function roomAt(provider: string, now: number, wait: number): void {
    const known = soonest.get(provider) ?? 0;
    const at = now + wait;
    soonest.set(provider, known > now ? Math.min(known, at) : at);
  }

  /** Counts a request that is sent now. */
  function counted(
    use: KeyUse,
    limits: SlotLimits,
    need: () => TokenNeed,
    now: number,
  ): Omit<SlotPlace, 'release'> {
    const { expected, most, input } = weightOf(use, limits, need);
    const name = `${use.provider}/${use.key}`;
    let last = rates.count(name, most, now);
    return {
      settle(used) {
        if (limits.tpm === 0) return;
        if (used === null) last.settle(input);
        else if (used === 'unknown') last.settle(most);
        else {
          last.settle(used.input + used.output);
          sizes.learn(sizeName(use), used.output, need().output);
        }
        wake(use.provider);
      },
      untilAgain() {
        const at = clock.monotonic();
        const wait = rates.wait(name, limits, expected, at);
        if (wait.wait > 0) roomAt(use.provider, at, wait.wait);
        return wait;
      },
      again() {
        last = rates.count(name, most, clock.monotonic());
      },
      cancel: () => last.cancel(),
    };
  }

  return {
    room,
    take(use, limits, need) {
      const { provider, key } = use;
      const crowding = room(use, limits, need);
      const now = clock.monotonic();
      if (crowding.kind === 'rate') roomAt(provider, now, crowding.wait);
      if (crowding.kind !== 'free') return undefined;
      const keyName = `${provider}/${key}`;
      const counting = limited(limits) ? counted(use, limits, need, now) : UNCOUNTED;
      change(provider, 1);
      change(keyName, 1);
      taken.set(keyName, now);
      let given = false;
      return {
        ...counting,
        release() {
          if (given) return;
          given = true;
          change(provider, -1);
          change(keyName, -1);
          wake(provider);
        },
      };
    },
    onFree(provider, freed) {
      const queue = waiting.get(provider) ?? new Set();
      waiting.set(provider, queue);
      queue.add(freed);
      const leave = (): void => {
        queue.delete(freed);
        if (queue.size === 0 && waiting.get(provider) === queue) waiting.delete(provider);
      };
      const at = soonest.get(provider);
      const wait = (at ?? 0) - clock.monotonic();
      let cancel: (() => void) | undefined;
      if (at !== undefined && wait <= 0) {
        // It came free between the look and the wait. Said once, or whoever waits for another place is woken for ever.
        soonest.delete(provider);
        clock.after(0, () => wake(provider));
      } else if (at !== undefined) {
        // Timers cut fractions of a ms off, and a place looked at too early is still taken.
        cancel = clock.after(Math.ceil(wait), () => {
          leave();
          freed();
        });
      }
      return () => {
        cancel?.();
        leave();
      };
    },
    waiting: (provider) => waiting.get(provider)?.size ?? 0,
    load: (provider, key) => ({
      underWay: counts.get(`${provider}/${key}`) ?? 0,
      lastTaken: taken.get(`${provider}/${key}`) ?? -Infinity,
    }),
  };
}

const UNCOUNTED: Omit<SlotPlace, 'release'> = {
  settle: () => undefined,
  untilAgain: () => FITS,
  again: () => undefined,
  cancel: () => undefined,
};
