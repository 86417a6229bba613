/** Stretches of time that figures are shown for: whole days of the user's own clock, today the last of them. Pure. */

export const RANGES = ['today', 'week', 'month'] as const;
export type RangeName = (typeof RANGES)[number];

export interface TimeRange {
  /** Unix ms of its beginning, a midnight. */
  readonly since: number;
  /** Unix ms of its end, the next midnight. */
  readonly until: number;
  /** Length of one bucket, ms. */
  readonly bucket: number;
}

const HOUR = 3_600_000;

/** Days and length of a bucket of each. */
const SHAPES: Readonly<Record<RangeName, { readonly days: number; readonly bucket: number }>> = {
  today: { days: 1, bucket: HOUR },
  week: { days: 7, bucket: 3 * HOUR },
  month: { days: 30, bucket: 24 * HOUR },
};

/** @param now Unix ms */
export function rangeOf(name: RangeName, now: number): TimeRange {
  const { days, bucket } = SHAPES[name];
  return { since: midnight(now, 1 - days), until: midnight(now, 1), bucket };
}

/** Midnights of the range, or the even hours of a single day: where a time axis is labelled. Unix ms. */
export function marksOf(name: RangeName, { since, until }: TimeRange): readonly number[] {
  const marks: number[] = [];
  const step = { today: 6, week: 24, month: 7 * 24 }[name];
  for (let hours = 0; ; hours += step) {
    const date = new Date(since);
    date.setHours(hours);
    if (date.getTime() >= until) return marks;
    marks.push(date.getTime());
  }
}

function midnight(now: number, daysAfter: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysAfter).getTime();
}
