import { expect, it } from 'vitest';
import { frameOf } from './histogram-frame.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const time = (least?: number, most?: number) => ({ kind: 'range', field: 'time', least, most }) as const;

it.each([
  ['one moment', NOON + 1, NOON + 1, [], { from: NOON, until: NOON + 1_000, bucket: 1_000 }],
  ['two hours', NOON, NOON + 2 * HOUR, [], { from: NOON, until: NOON + 2.25 * HOUR, bucket: HOUR / 4 }],
  ['a year', NOON - 365 * 24 * HOUR, NOON, [], { from: 0, until: 0, bucket: 90 * 24 * HOUR }],
  [
    'a condition',
    0,
    NOON,
    [time(NOON - HOUR, NOON - 1)],
    { from: NOON - HOUR, until: NOON, bucket: HOUR / 12 },
  ],
  [
    'a condition beyond',
    NOON,
    NOON + HOUR,
    [time(0)],
    { from: NOON, until: NOON + 1.25 * HOUR, bucket: HOUR / 4 },
  ],
  ['ages', 0, NOON * 10, [], null],
] as const)('%s', (_name, oldest, newest, where, expected) => {
  const frame = frameOf(oldest, newest, where, 12, () => 0);
  expect((frame.until - frame.from) / frame.bucket).toBeLessThanOrEqual(12);
  expect(frame.from).toBeLessThanOrEqual(Math.max(oldest, where[0]?.least ?? oldest));
  if (expected !== null) expect(frame).toMatchObject({ bucket: expected.bucket });
  if (expected !== null && expected.bucket < 24 * HOUR) expect(frame).toEqual(expected);
});

it.each([8, -5, 5.75])('days begin at midnight of a clock %s hours ahead of UTC', (hours) => {
  const frame = frameOf(NOON - 9 * 24 * HOUR, NOON, [], 12, () => hours * HOUR);
  expect(frame.bucket).toBe(24 * HOUR);
  expect((frame.from + hours * HOUR) % (24 * HOUR)).toBe(0);
  expect(frame.until).toBeGreaterThan(NOON);
  expect(frame.from).toBeLessThanOrEqual(NOON - 9 * 24 * HOUR);
});
