/** How often each rule and alias decided. In memory, and in a file that follows seconds later. */
import type { Clock, Logger } from '../core/ports.ts';
import type { Hit, Hits } from '../routing/memory.ts';
import type { HitsFile } from './hits-file.ts';

/** What was edited since is counted anew; what is not asked for any more goes first. */
const MOST = 2_000;
/** A killed process loses at most what was counted within this span, ms. */
const WRITE_AFTER = 5_000;
const NONE: Hit = { count: 0, lastAt: null };

export interface HitsState extends Hits {
  /** Reads what earlier runs have counted. Never rejects. */
  load(): Promise<void>;
  /** Writes what is not written yet. Never rejects. */
  close(): Promise<void>;
}

export function createHits(options: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly file: HitsFile;
}): HitsState {
  const { clock, logger, file } = options;
  /** Counted in place: with each request some are hit. */
  const hits = new Map<string, { count: number; lastAt: number | null }>();
  let stopTimer: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failed = false;

  function write(): void {
    stopTimer?.();
    stopTimer = undefined;
    writing = writing
      .then(() => file.write(hits))
      .then(() => {
        failed = false;
      })
      .catch((error: unknown) => {
        // Once: a full disk would say so every few seconds.
        if (!failed)
          logger.warn('hits of rules and aliases cannot be written down', { error: String(error) });
        failed = true;
      });
  }

  /** Of a full table: with each request an order of the names would cost more than all else here. */
  function forgetOldest(): void {
    let oldest: readonly [string, number] | undefined;
    for (const [name, { lastAt }] of hits) {
      if (oldest === undefined || (lastAt ?? 0) < oldest[1]) oldest = [name, lastAt ?? 0];
    }
    if (oldest !== undefined) hits.delete(oldest[0]);
  }

  return {
    of(name) {
      const known = hits.get(name);
      return known === undefined ? NONE : { ...known };
    },

    hit(name) {
      const known = hits.get(name);
      if (known === undefined) {
        if (hits.size >= MOST) forgetOldest();
        hits.set(name, { count: 1, lastAt: clock.wall() });
      } else {
        known.count += 1;
        known.lastAt = clock.wall();
      }
      stopTimer ??= clock.after(WRITE_AFTER, write);
    },

    async load() {
      try {
        for (const [name, hit] of await file.read()) hits.set(name, { ...hit });
      } catch (error) {
        logger.warn('hits of rules and aliases cannot be read', { error: String(error) });
      }
    },

    close() {
      if (stopTimer !== undefined) write();
      return writing;
    },
  };
}
