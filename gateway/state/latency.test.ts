import { expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createLatencies } from './latency.ts';

const place = { provider: 'one', model: 'm' };

it('moves towards what was measured last, and forgets what was long ago', () => {
  const clock = createSteppedClock();
  const latencies = createLatencies(clock);
  expect(latencies.get(place, true)).toBeUndefined();
  latencies.measured(place, true, 1_000);
  expect(latencies.get(place, true)).toBe(1_000);
  latencies.measured(place, true, 0);
  expect(latencies.get(place, true)).toBe(700);
  clock.step(599_999);
  expect(latencies.get(place, true)).toBe(700);
  clock.step(1);
  expect(latencies.get(place, true)).toBeUndefined();
  latencies.measured(place, true, 50);
  expect(latencies.get(place, true)).toBe(50);
});

it('keeps streams and whole answers, providers and models apart', () => {
  const latencies = createLatencies(createSteppedClock());
  latencies.measured(place, true, 10);
  expect(latencies.get(place, false)).toBeUndefined();
  expect(latencies.get({ ...place, model: 'n' }, true)).toBeUndefined();
  expect(latencies.get({ ...place, provider: 'two' }, true)).toBeUndefined();
});

it('is bounded: the least recently measured goes first', () => {
  const latencies = createLatencies(createSteppedClock());
  for (let model = 0; model < 1_001; model += 1) {
    latencies.measured({ provider: 'one', model: `m${model}` }, true, 1);
    latencies.measured({ provider: 'one', model: 'm0' }, true, 1);
  }
  expect(latencies.get({ provider: 'one', model: 'm0' }, true)).toBe(1);
  expect(latencies.get({ provider: 'one', model: 'm1' }, true)).toBeUndefined();
});
