import { expect, it } from 'vitest';
import { createStop } from './stop.ts';

it('tells every listener once, and only those that still listen', () => {
  const stop = createStop();
  const told: string[] = [];
  stop.onStop(() => told.push('first'));
  const forget = stop.onStop(() => told.push('forgotten'));
  forget();
  expect(stop.stopped).toBe(false);
  stop.stop();
  stop.stop();
  expect(stop.stopped).toBe(true);
  expect(told).toEqual(['first']);
});

it('tells nothing of what was before', () => {
  const stop = createStop();
  stop.stop();
  let told = false;
  stop.onStop(() => {
    told = true;
  });
  stop.stop();
  expect(told).toBe(false);
});

it('lets a listener take itself back while it is told', () => {
  const stop = createStop();
  const told: string[] = [];
  const forget = stop.onStop(() => {
    told.push('first');
    forget();
  });
  stop.onStop(() => told.push('second'));
  stop.stop();
  expect(told).toEqual(['first', 'second']);
});
