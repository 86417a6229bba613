import { expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { createAttempts } from './attempts.ts';

const MINUTE = 60_000;

function failTimes(attempts: ReturnType<typeof createAttempts>, names: readonly string[], times: number) {
  for (let count = 0; count < times; count += 1) expect(attempts.begin(names)).toBe(0);
}

it('lets five tries through, then waits 30 s, doubling to 15 minutes', () => {
  const clock = createSteppedClock();
  const attempts = createAttempts(clock);
  failTimes(attempts, ['account admin'], 5);
  const waits = [0.5, 1, 2, 4, 8, 15, 15].map((minutes) => minutes * MINUTE);
  for (const wait of waits) {
    expect(attempts.begin(['account admin'])).toBe(wait);
    clock.step(wait - 1);
    expect(attempts.begin(['account admin'])).toBe(1);
    clock.step(1);
    expect(attempts.begin(['account admin'])).toBe(0);
  }
});

it('counts fifty tries at once like fifty in a row', () => {
  const attempts = createAttempts(createSteppedClock());
  const through = Array.from({ length: 50 }, () => attempts.begin(['account admin'])).filter(
    (wait) => wait === 0,
  );
  expect(through).toHaveLength(5);
});

it('locks the account for every address, and an address for itself only', () => {
  const attempts = createAttempts(createSteppedClock());
  failTimes(attempts, ['account admin', 'address 10.0.0.1'], 5);
  expect(attempts.begin(['account admin', 'address 10.0.0.2'])).toBeGreaterThan(0);
  expect(attempts.begin(['address 10.0.0.1'])).toBeGreaterThan(0);
  expect(attempts.begin(['address 10.0.0.2'])).toBe(0);
});

it('starts afresh after a success, and an hour after the last try', () => {
  const clock = createSteppedClock();
  const attempts = createAttempts(clock);
  failTimes(attempts, ['a'], 4);
  attempts.succeed(['a']);
  failTimes(attempts, ['a'], 4);
  clock.step(61 * MINUTE);
  failTimes(attempts, ['a'], 5);
  expect(attempts.begin(['a'])).toBe(30_000);
});

it('is not opened by setting the clock', () => {
  const clock = createSteppedClock();
  const attempts = createAttempts(clock);
  failTimes(attempts, ['a'], 5);
  clock.setWall(clock.wall() + 24 * 60 * MINUTE);
  expect(attempts.begin(['a'])).toBe(30_000);
});

it('remembers the account while a hundred thousand addresses try', () => {
  const attempts = createAttempts(createSteppedClock());
  failTimes(attempts, ['account admin'], 5);
  for (let count = 0; count < 100_000; count += 1) attempts.begin(['account admin', `address ${count}`]);
  expect(attempts.begin(['account admin'])).toBe(30_000);
});
