import { expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createClientPlaces } from './client-limits.ts';

it('a client may send so many in any minute, not only in one by the clock', () => {
  const clock = createSteppedClock();
  const places = createClientPlaces(clock);
  const take = () => places.take('a', { rpm: 2, atOnce: 0 });
  expect(take().kind).toBe('taken');
  clock.step(30_000);
  expect(take().kind).toBe('taken');
  expect(take()).toEqual({ kind: 'too-many', wait: 30_000 });
  clock.step(29_999);
  expect(take()).toEqual({ kind: 'too-many', wait: 1 });
  clock.step(1);
  expect(take().kind).toBe('taken');
  expect(take()).toEqual({ kind: 'too-many', wait: 30_000 });
});

it('a limit that was lowered holds at once, one that was lifted no longer', () => {
  const places = createClientPlaces(createSteppedClock());
  for (let time = 0; time < 5; time += 1) places.take('a', { rpm: 5, atOnce: 0 });
  expect(places.take('a', { rpm: 2, atOnce: 0 }).kind).toBe('too-many');
  expect(places.take('a', { rpm: 0, atOnce: 0 }).kind).toBe('taken');
});

it('a client may have so many under way; a refused one takes nothing of the minute', () => {
  const places = createClientPlaces(createSteppedClock());
  const limits = { rpm: 2, atOnce: 1 };
  const first = places.take('a', limits);
  expect(places.take('a', limits).kind).toBe('too-many-at-once');
  expect(places.take('b', limits).kind).toBe('taken');
  if (first.kind !== 'taken') throw new Error('no place');
  first.release();
  first.release();
  const second = places.take('a', limits);
  expect(second.kind).toBe('taken');
  if (second.kind === 'taken') second.release();
  expect(places.take('a', limits).kind).toBe('too-many');
});
