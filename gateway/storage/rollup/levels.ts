/**
 * The lengths of time that requests are summed up by, and where each begins. Hours and days are those of this
 * machine's clock, so that a day of a chart is a day of the person who looks at it. Pure but for the time zone.
 */

export const LEVELS = ['minute', 'hour', 'day'] as const;
export type Level = (typeof LEVELS)[number];

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Length of a level, ms; of a day when no clock is put forward or back. */
export const LENGTHS: Readonly<Record<Level, number>> = { minute: MINUTE, hour: HOUR, day: DAY };

/** How long sums of a level are kept, ms. Days stay. */
export const KEPT: Readonly<Record<Level, number>> = {
  minute: 3 * DAY,
  hour: 400 * DAY,
  day: Number.POSITIVE_INFINITY,
};

/** Where the minute, hour or day around a time begins, Unix ms. */
export function beginningOf(level: Level, time: number): number {
  if (level === 'minute') return time - (time % MINUTE);
  const at = new Date(time);
  if (level === 'day') return at.setHours(0, 0, 0, 0);
  // Time zones may be off by half hours and quarters of hours.
  const offset = at.getTimezoneOffset() * MINUTE;
  return Math.floor((time - offset) / HOUR) * HOUR + offset;
}

/** The coarsest level that fills buckets of this length, ms. */
export function levelFor(bucket: number): Level {
  if (bucket % DAY === 0) return 'day';
  return bucket % HOUR === 0 ? 'hour' : 'minute';
}

/** Buckets that fit a range, ms: some dozens of them, of a length people think in. */
export function fittingBucket(range: number): number {
  const lengths = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 7 * DAY, 28 * DAY];
  return lengths.find((length) => range / length <= 62) ?? 28 * DAY;
}

/** Beginnings of all buckets that touch a range, in time order. Those of days follow the calendar. */
export function bucketsOf(from: number, until: number, bucket: number): readonly number[] {
  const level = levelFor(bucket);
  const beginnings: number[] = [];
  let at = beginningOf(level, from);
  while (at < until) {
    beginnings.push(at);
    at = nextBeginning(level, at, bucket);
  }
  return beginnings;
}

function nextBeginning(level: Level, at: number, bucket: number): number {
  if (level !== 'day') return at + bucket;
  // Made anew from its date: a day whose midnight a clock leaps over begins at one, and the one after it at midnight.
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + bucket / DAY).getTime();
}
