/** Stretches of time that figures are shown for, by the user's own clock. Pure. */

export const RANGES = ['1h', '24h', 'today', '7d', '30d', '90d', '365d', 'custom'] as const;
export type RangeName = (typeof RANGES)[number];

/**
 * A choice of time. Of a `custom` range alone: `from` and `to` are both days as `2026-11-21`, counted in, or both
 * moments of this clock as `2026-11-21T14:30`.
 */
export interface RangeChoice {
  readonly range: RangeName;
  readonly from: string;
  readonly to: string;
}

export interface TimeRange {
  /** Unix ms, counted in. */
  readonly from: number;
  /** Unix ms, not counted in: never in the future. */
  readonly until: number;
  /** Unix ms of the end of the axis: of today its midnight, else `until`. */
  readonly end: number;
  /** Length of one bucket, ms. */
  readonly bucket: number;
  /** Figures that old are kept by hours or days: the range was widened to whole ones. Null where it was not. */
  readonly whole: 'hour' | 'day' | null;
  /** The same stretch right before, Unix ms: of today, yesterday until this time. */
  readonly before: { readonly from: number; readonly until: number };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Of a day when no clock is put forward or back; only buckets and estimates are measured in it. */
const DAY = 24 * HOUR;
/** Figures by the hour are kept for 400 days; what begins earlier is shown by days. */
const HOURS_KEPT = 390 * DAY;

/** Figures by the minute are kept for some days; what begins earlier is shown by hours. */
const MINUTES_KEPT = 2 * DAY;
/** Buckets of a range to the minute, at most. */
const MOST_FINE = 72;

/** Whole days with today the last, and the length of their buckets. */
const DAYS = {
  today: { days: 1, bucket: HOUR / 2 },
  '7d': { days: 7, bucket: 4 * HOUR },
  '30d': { days: 30, bucket: DAY },
  '90d': { days: 90, bucket: DAY },
  '365d': { days: 365, bucket: 7 * DAY },
} as const;

/** @param now Unix ms */
export function rangeOf(choice: RangeChoice, now: number): TimeRange {
  const { range } = choice;
  if (range === '1h') return rolling(HOUR, MINUTE, now);
  if (range === '24h') return rolling(DAY, HOUR / 2, now);
  if (range === 'custom') return customRange(choice, now);
  const { days, bucket } = DAYS[range];
  const from = midnight(now, 1 - days);
  return {
    from,
    until: now,
    end: range === 'today' ? midnight(now, 1) : now,
    bucket,
    whole: null,
    before: { from: midnight(from, -days), until: sameTime(now, -days) },
  };
}

/** @returns whether both days are there and in order */
export function isRange(from: string, to: string): boolean {
  return momentOf(from) !== null
    ? momentOf(to) !== null && from < to
    : dayOf(from) !== null && dayOf(to) !== null && from <= to;
}

/** Whether a range of one's own is told to the minute. */
export const isExact = ({ from }: Pick<RangeChoice, 'from'>): boolean => momentOf(from) !== null;

/** A day as it stands in a date field. @param moment Unix ms */
export function dayText(moment: number): string {
  const date = new Date(moment);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A moment as it stands in a field of day and time, to the minute. @param moment Unix ms */
export function minuteText(moment: number): string {
  const date = new Date(moment);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${dayText(moment)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Beginnings of the buckets an axis has beyond those that are known, until `end`. */
export function stillToCome(range: TimeRange, last: number): readonly number[] {
  const beginnings: number[] = [];
  for (let at = last + range.bucket; at < range.end; at += range.bucket) beginnings.push(at);
  return beginnings;
}

function rolling(length: number, bucket: number, now: number): TimeRange {
  // Buckets begin at even times.
  const from = Math.floor((now - length) / bucket) * bucket;
  const before = { from: from - length, until: now - length };
  return { from, until: now, end: now, bucket, whole: null, before };
}

/** A range that cannot be read is that of today. */
function customRange({ from, to }: RangeChoice, now: number): TimeRange {
  const exact = exactRange(momentOf(from), momentOf(to), now);
  if (exact !== null) return exact;
  const first = dayOf(from);
  const last = dayOf(to);
  if (first === null || last === null || first > last || first > now) {
    return rangeOf({ range: 'today', from: '', to: '' }, now);
  }
  const until = Math.min(midnight(last, 1), now);
  const days = Math.round((midnight(last, 1) - first) / DAY);
  return {
    from: first,
    until,
    end: until,
    bucket: bucketFor(days, now - first > HOURS_KEPT),
    whole: null,
    before: { from: midnight(first, -days), until: sameTime(until, -days) },
  };
}

function exactRange(from: number | null, to: number | null, now: number): TimeRange | null {
  if (from === null || to === null || from >= to || from >= now) return null;
  const until = Math.min(to, now);
  const length = until - from;
  const fine = [MINUTE, 5 * MINUTE, HOUR / 2].find((bucket) => length / bucket <= MOST_FINE);
  if (fine !== undefined && now - (from - length) < MINUTES_KEPT) return stretch(from, until, fine, null);
  const bucket = bucketFor(length / DAY, now - from > HOURS_KEPT);
  const level = bucket % DAY === 0 ? 'day' : 'hour';
  const [first, last] =
    level === 'day' ? [midnight(from, 0), midnight(to - 1, 1)] : [wholeHour(from), wholeHour(to - 1) + HOUR];
  const whole = first === from && last === to ? null : level;
  return stretch(first, Math.min(last, now), bucket, whole);
}

function stretch(from: number, until: number, bucket: number, whole: TimeRange['whole']): TimeRange {
  return { from, until, end: until, bucket, whole, before: { from: from - (until - from), until: from } };
}

const wholeHour = (moment: number): number => new Date(moment).setMinutes(0, 0, 0);

function bucketFor(days: number, byDays: boolean): number {
  if (days <= 2 && !byDays) return HOUR;
  if (days <= 10 && !byDays) return 4 * HOUR;
  return days <= 100 ? DAY : days <= 400 ? 7 * DAY : 28 * DAY;
}

function dayOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined || Number(year) < 2000) return null;
  const moment = new Date(Number(year), Number(month) - 1, Number(day)).getTime();
  return dayText(moment) === text ? moment : null;
}

function momentOf(text: string): number | null {
  const [, day = '', hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(text) ?? [];
  const begin = dayOf(day);
  if (begin === null || Number(hour) > 23 || Number(minute) > 59) return null;
  return new Date(begin).setHours(Number(hour), Number(minute));
}

function midnight(moment: number, daysAfter: number): number {
  const date = new Date(moment);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysAfter).getTime();
}

function sameTime(moment: number, daysAfter: number): number {
  const date = new Date(moment);
  return date.setDate(date.getDate() + daysAfter);
}
