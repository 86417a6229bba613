import { expect, it } from 'vitest';
import { createSteppedClock } from '../gateway/testing/clock.ts';
import { watchStarter } from './starter.ts';

function watch(environment: Readonly<Record<string, string>>) {
  const clock = createSteppedClock();
  const state = { parent: 4711, gone: 0 };
  const end = watchStarter({
    environment,
    clock,
    parent: () => state.parent,
    gone: () => (state.gone += 1),
  });
  return { clock, state, end };
}
const BY_NPM = { npm_lifecycle_event: 'start' };

it('tells once that npm and its shell have ended', () => {
  const { clock, state } = watch(BY_NPM);
  clock.step(5_000);
  expect(state.gone).toBe(0);
  state.parent = 1;
  clock.step(5_000);
  expect(state.gone).toBe(1);
});

it('tells nothing once a stop is under way, nor where npm did not start it', () => {
  const begun = watch(BY_NPM);
  begun.end();
  const direct = watch({});
  for (const { clock, state } of [begun, direct]) {
    state.parent = 1;
    clock.step(5_000);
    expect(state.gone).toBe(0);
  }
});
