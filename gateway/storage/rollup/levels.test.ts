import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { beginningOf, bucketsOf, fittingBucket, levelFor } from './levels.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LEVELS_FILE = fileURLToPath(new URL('./levels.ts', import.meta.url));

/** The beginnings of buckets as a machine of another time zone sees them, as ISO 8601. */
function bucketsIn(zone: string, from: string, until: string, bucket: number): readonly string[] {
  const script = `
    import { bucketsOf } from ${JSON.stringify(LEVELS_FILE)};
    const all = bucketsOf(Date.parse('${from}'), Date.parse('${until}'), ${bucket});
    process.stdout.write(all.map((at) => new Date(at).toISOString().slice(0, 16)).join(' '));`;
  const options = { env: { ...process.env, TZ: zone }, encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], options).split(' ');
}

describe('buckets of time', () => {
  it('are days of the place, one of which has 25 hours', () => {
    expect(bucketsIn('Europe/Berlin', '2026-10-24T10:00Z', '2026-10-26T10:00Z', DAY)).toEqual([
      '2026-10-23T22:00',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ]);
  });

  it('are days of a place whose clock leaps over a midnight', () => {
    expect(bucketsIn('Africa/Cairo', '2026-04-22T10:00Z', '2026-04-25T10:00Z', DAY)).toEqual([
      '2026-04-21T22:00',
      '2026-04-22T22:00',
      '2026-04-23T22:00',
      '2026-04-24T21:00',
    ]);
  });

  it('are hours of a place that is off by half an hour', () => {
    expect(bucketsIn('Asia/Kolkata', '2026-10-24T10:00Z', '2026-10-24T12:00Z', HOUR)).toEqual([
      '2026-10-24T09:30',
      '2026-10-24T10:30',
      '2026-10-24T11:30',
    ]);
  });

  it('begin where the range does and cover it', () => {
    const from = new Date(2026, 5, 1, 8, 30).getTime();
    const minutes = bucketsOf(from, from + 10 * MINUTE, 5 * MINUTE);
    expect(minutes).toEqual([from, from + 5 * MINUTE]);
    expect(bucketsOf(from, from + 1, DAY)).toEqual([beginningOf('day', from)]);
  });

  it.each([
    [HOUR, MINUTE, 'minute'],
    [6 * HOUR, 15 * MINUTE, 'minute'],
    [DAY, HOUR, 'hour'],
    [7 * DAY, 4 * HOUR, 'hour'],
    [30 * DAY, DAY, 'day'],
    [365 * DAY, 7 * DAY, 'day'],
  ] as const)('fit a range of %i ms', (range, bucket, level) => {
    expect([fittingBucket(range), levelFor(bucket)]).toEqual([bucket, level]);
  });
});
