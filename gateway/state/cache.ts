/** Answers in memory, bounded by number and bytes; the least recently used are forgotten first. */
import type { AnswerCache, CachedAnswer } from '../core/answer-cache.ts';
import type { Clock } from '../core/ports.ts';

export interface CacheLimits {
  readonly entries: number;
  readonly bytes: number;
}

interface Entry {
  readonly answer: CachedAnswer;
  readonly bytes: number;
  /** Monotonic ms. */
  readonly until: number;
}

/** What an entry takes besides its body. */
const FRAME_BYTES = 512;

/** @param limits read at each change, so a new configuration holds at once */
export function createMemoryCache(clock: Clock, limits: () => CacheLimits): AnswerCache {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  let hits = 0;
  let misses = 0;

  const forget = (key: string): void => {
    bytes -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  const forgetOld = (): void => {
    const now = clock.monotonic();
    for (const [key, { until }] of entries) if (until <= now) forget(key);
  };
  /** What is over goes before what is only old. */
  const makeRoom = (): void => {
    const most = limits();
    const tooMuch = (): boolean => entries.size > most.entries || bytes > most.bytes;
    if (tooMuch()) forgetOld();
    for (const key of entries.keys()) {
      if (!tooMuch()) return;
      forget(key);
    }
  };

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.until <= clock.monotonic()) {
        forget(key);
        misses += 1;
        return Promise.resolve(undefined);
      }
      hits += 1;
      entries.delete(key);
      entries.set(key, entry);
      return Promise.resolve(entry.answer);
    },
    put(key, answer, ttl) {
      forget(key);
      const entry = { answer, bytes: answer.body.length + FRAME_BYTES, until: clock.monotonic() + ttl };
      entries.set(key, entry);
      bytes += entry.bytes;
      makeRoom();
      return Promise.resolve();
    },
    clear() {
      const count = entries.size;
      entries.clear();
      bytes = 0;
      return Promise.resolve(count);
    },
    state() {
      forgetOld();
      return Promise.resolve({ entries: entries.size, bytes, hits, misses });
    },
  };
}
