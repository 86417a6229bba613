/** What was removed a moment ago and can still be put back: secrets wait here, in memory alone, for a minute. */
import type { Clock } from '../core/ports.ts';
import { refused } from '../core/refusals.ts';

/** ms */
const KEPT = 60_000;

export interface Removals {
  /** @returns the name under which `restore` runs, once and for a minute */
  keep(restore: () => Promise<void>): string;
  /** One that fails can be tried again. @throws RpcError `not_found` when it is too late */
  restore(undo: string): Promise<void>;
}

export function createRemovals(clock: Pick<Clock, 'after'>): Removals {
  const kept = new Map<string, () => Promise<void>>();
  const running = new Set<string>();
  return {
    keep(restore) {
      const undo = crypto.randomUUID();
      kept.set(undo, restore);
      clock.after(KEPT, () => kept.delete(undo));
      return undo;
    },
    async restore(undo) {
      const restore = kept.get(undo);
      if (restore === undefined || running.has(undo)) {
        throw refused('undo-late');
      }
      running.add(undo);
      try {
        await restore();
        kept.delete(undo);
      } finally {
        running.delete(undo);
      }
    },
  };
}
