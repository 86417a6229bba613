/** Requests of the last minutes, in slots that are forgotten one by one. Bounded whatever the traffic is. */
import { addCounts, percentilesOf, stretchOf } from './duration-counts.ts';

/** A window is so many slots; it is exact to one of them. */
const SLOTS = 30;

export interface RequestWindow {
  /** @param now monotonic ms @param duration ms; null where there is nothing to measure */
  add(now: number, failed: boolean, duration: number | null): void;
  /** Requests of the window. */
  counts(now: number): { readonly all: number; readonly failed: number };
  /** The time below which this share of all lie, ms; null without any. @param share 0 to 1 */
  percentile(now: number, share: number): { readonly measured: number; readonly time: number } | null;
}

interface Slot {
  readonly number: number;
  all: number;
  failed: number;
  readonly durations: Map<number, number>;
}

/** @param length ms */
export function createRequestWindow(length: number): RequestWindow {
  const span = length / SLOTS;
  let slots: Slot[] = [];

  function slotAt(now: number): Slot {
    const number = Math.floor(now / span);
    forget(number);
    const last = slots.at(-1);
    if (last?.number === number) return last;
    const slot: Slot = { number, all: 0, failed: 0, durations: new Map() };
    slots.push(slot);
    return slot;
  }

  function forget(number: number): void {
    if ((slots[0]?.number ?? number) <= number - SLOTS)
      slots = slots.filter((one) => one.number > number - SLOTS);
  }

  return {
    add(now, failed, duration) {
      const slot = slotAt(now);
      slot.all += 1;
      slot.failed += Number(failed);
      if (duration === null) return;
      const stretch = stretchOf(duration);
      slot.durations.set(stretch, (slot.durations.get(stretch) ?? 0) + 1);
    },
    counts(now) {
      forget(Math.floor(now / span));
      return {
        all: slots.reduce((sum, slot) => sum + slot.all, 0),
        failed: slots.reduce((sum, slot) => sum + slot.failed, 0),
      };
    },
    percentile(now, share) {
      forget(Math.floor(now / span));
      const durations = new Map<number, number>();
      for (const slot of slots) addCounts(durations, slot.durations);
      const [time] = percentilesOf(durations, [share]) ?? [];
      if (time === undefined) return null;
      return { measured: [...durations.values()].reduce((sum, count) => sum + count, 0), time };
    },
  };
}
