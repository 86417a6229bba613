import { expect, it } from 'vitest';
import { createSteppedClock } from '../../../gateway/testing/clock.ts';
import { createRest, REST_AFTER } from './rest.ts';

function setUp() {
  const clock = createSteppedClock();
  const state = { wanted: true, mayGo: true, gone: 0 };
  const rest = createRest({
    clock,
    wanted: () => state.wanted,
    mayGo: () => state.mayGo,
    giveUp: () => void (state.gone += 1),
  });
  return { clock, state, rest };
}

it('gives the window up after ten minutes, once', () => {
  const { clock, state, rest } = setUp();
  rest.begin();
  clock.step(REST_AFTER - 1);
  expect(state.gone).toBe(0);
  clock.step(1);
  clock.step(REST_AFTER * 3);
  expect(state.gone).toBe(1);
});

it('leaves one alone that was shown in between', () => {
  const { clock, state, rest } = setUp();
  rest.begin();
  clock.step(REST_AFTER - 1);
  rest.end();
  clock.step(REST_AFTER);
  rest.begin();
  clock.step(REST_AFTER - 1);
  expect(state.gone).toBe(0);
});

it('waits while its page is busy or holds unsent text, or the user does not want it', () => {
  const { clock, state, rest } = setUp();
  state.mayGo = false;
  rest.begin();
  clock.step(REST_AFTER);
  state.mayGo = true;
  state.wanted = false;
  clock.step(REST_AFTER);
  expect(state.gone).toBe(0);
  state.wanted = true;
  clock.step(REST_AFTER);
  expect(state.gone).toBe(1);
});
