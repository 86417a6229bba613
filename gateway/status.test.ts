import { expect, it } from 'vitest';
import { createTraffic } from './status.ts';
import { createSteppedClock } from './testing/clock.ts';

it('counts requests under way and those of the last minute', async () => {
  const clock = createSteppedClock();
  const traffic = createTraffic(clock);
  for (let second = 0; second < 90; second += 1) {
    traffic.arrived();
    traffic.ended();
    clock.step(1_000);
  }
  expect(traffic.lastMinute()).toBe(59);
  traffic.arrived();
  expect(traffic.inFlight).toBe(1);
  const idle = traffic.idle();
  traffic.ended();
  await idle;
  clock.step(120_000);
  expect(traffic.lastMinute()).toBe(0);
});
