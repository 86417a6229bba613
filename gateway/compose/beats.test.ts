import { expect, it } from 'vitest';
import { createSteppedClock } from '../testing/clock.ts';
import { createBeats } from './beats.ts';

function setUp() {
  const clock = createSteppedClock();
  const told: string[] = [];
  const silent = () => undefined;
  const beats = createBeats({
    clock,
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    hub: { listening: true, reset: () => void told.push('reset') },
    upstream: { renew: () => void told.push('renew') },
    pulse: () => void told.push('pulse'),
  });
  return { clock, told, beats };
}

it('publishes the state every two seconds until it is stopped', () => {
  const { clock, told, beats } = setUp();
  clock.step(6_000);
  beats.stop();
  clock.step(6_000);
  expect(told).toEqual(['pulse', 'pulse', 'pulse']);
});

it('notices a sleep of which only the wall clock saw anything, once', () => {
  const { clock, told } = setUp();
  clock.setWall(clock.wall() + 3_600_000);
  clock.step(6_000);
  expect(told).toEqual(['renew', 'reset', 'pulse', 'pulse', 'pulse']);
});

it('notices a sleep that both clocks saw', () => {
  const { clock, told } = setUp();
  clock.standStill(60_000);
  clock.step(2_000);
  expect(told.slice(0, 2)).toEqual(['renew', 'reset']);
});

it('takes a busy moment or a clock set back for no sleep', () => {
  const { clock, told } = setUp();
  clock.standStill(20_000);
  clock.step(2_000);
  clock.setWall(clock.wall() - 3_600_000);
  clock.step(4_000);
  expect(told).not.toContain('renew');
});

it('that the system told of is not noticed a second time', () => {
  const { clock, told, beats } = setUp();
  beats.sleeps();
  clock.setWall(clock.wall() + 3_600_000);
  beats.woke();
  clock.step(2_000);
  expect(told).toEqual(['renew', 'renew', 'reset', 'pulse']);
});
