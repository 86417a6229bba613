/** What every cache of answers must do, run against each of them. */
import { describe, expect, it } from 'vitest';
import type { AnswerCache, CachedAnswer } from '../core/answer-cache.ts';
import type { Clock } from '../core/ports.ts';
import { createSteppedClock } from './clock.ts';

export interface CacheWorld {
  readonly clock: Clock;
  readonly limits: { readonly entries: number; readonly bytes: number };
}

export function cachedAnswer(text: string): CachedAnswer {
  return {
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text),
    streamed: false,
    finishReason: 'stop',
    model: 'm',
  };
}

/** @param open makes an empty cache for each test */
export function answerCacheSuite(name: string, open: (world: CacheWorld) => AnswerCache): void {
  const start = (entries = 10, bytes = 100_000) => {
    const clock = createSteppedClock();
    return { clock, cache: open({ clock, limits: { entries, bytes } }) };
  };
  const textOf = async (cache: AnswerCache, key: string): Promise<string | undefined> => {
    const answer = await cache.get(key);
    return answer === undefined ? undefined : Buffer.from(answer.body).toString();
  };

  describe(`answer cache: ${name}`, () => {
    it('gives back what was put, under its key only', async () => {
      const { cache } = start();
      await cache.put('one', cachedAnswer('first'), 1_000);
      expect(await cache.get('one')).toEqual(cachedAnswer('first'));
      expect(await cache.get('two')).toBeUndefined();
    });

    it('replaces an answer', async () => {
      const { cache } = start();
      await cache.put('one', cachedAnswer('first'), 1_000);
      await cache.put('one', cachedAnswer('second'), 1_000);
      expect(await textOf(cache, 'one')).toBe('second');
      expect(await cache.state()).toMatchObject({ entries: 1 });
    });

    it('gives nothing out whose time is over', async () => {
      const { cache, clock } = start();
      await cache.put('one', cachedAnswer('first'), 1_000);
      clock.step(999);
      expect(await textOf(cache, 'one')).toBe('first');
      clock.step(1);
      expect(await textOf(cache, 'one')).toBeUndefined();
      expect(await cache.state()).toMatchObject({ entries: 0, bytes: 0 });
    });

    it('a clock that is set changes nothing', async () => {
      const { cache, clock } = start();
      await cache.put('one', cachedAnswer('first'), 1_000);
      clock.setWall(Date.UTC(2030, 1));
      expect(await textOf(cache, 'one')).toBe('first');
    });

    it('forgets the least recently used beyond its number', async () => {
      const { cache } = start(2);
      await cache.put('one', cachedAnswer('1'), 1_000);
      await cache.put('two', cachedAnswer('2'), 1_000);
      await cache.get('one');
      await cache.put('three', cachedAnswer('3'), 1_000);
      expect([await textOf(cache, 'one'), await textOf(cache, 'two')]).toEqual(['1', undefined]);
    });

    it('forgets what is over before what is only old', async () => {
      const { cache, clock } = start(2);
      await cache.put('long', cachedAnswer('1'), 10_000);
      await cache.put('short', cachedAnswer('2'), 100);
      clock.step(100);
      await cache.put('new', cachedAnswer('3'), 1_000);
      expect(await textOf(cache, 'long')).toBe('1');
    });

    it('never holds more bytes than it may, not even one answer of them', async () => {
      const { cache } = start(10, 2_000);
      await cache.put('one', cachedAnswer('x'.repeat(1_000)), 1_000);
      await cache.put('two', cachedAnswer('x'.repeat(1_000)), 1_000);
      expect(await cache.state()).toMatchObject({ entries: 1 });
      await cache.put('three', cachedAnswer('x'.repeat(3_000)), 1_000);
      expect((await cache.state()).bytes).toBeLessThanOrEqual(2_000);
      expect(await cache.get('three')).toBeUndefined();
    });

    it('forgets all, and counts', async () => {
      const { cache } = start();
      await cache.put('one', cachedAnswer('1'), 1_000);
      await cache.get('one');
      await cache.get('two');
      expect(await cache.clear()).toBe(1);
      expect(await cache.state()).toEqual({ entries: 0, bytes: 0, hits: 1, misses: 1 });
    });
  });
}
