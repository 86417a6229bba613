/** Collects values and hands them on at most ten times a second, the newest of each id only. */
import type { Clock } from '../core/ports.ts';

export interface Batch<T> {
  add(id: string, value: T): void;
  stop(): void;
}

/** Time between two batches, ms. */
const PAUSE = 100;

export function createBatch<T>(clock: Clock, deliver: (values: readonly T[]) => void): Batch<T> {
  const pending = new Map<string, T>();
  let cancel: (() => void) | undefined;

  const flush = (): void => {
    cancel = undefined;
    const values = [...pending.values()];
    pending.clear();
    deliver(values);
  };
  return {
    add(id, value) {
      pending.set(id, value);
      cancel ??= clock.after(PAUSE, flush);
    },
    stop() {
      cancel?.();
      cancel = undefined;
      pending.clear();
    },
  };
}
