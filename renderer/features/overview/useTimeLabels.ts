/** Moments on a time axis and the stretch of a bucket, in the user's language. */
import { useI18n } from 'vue-i18n';
import type { RangeName } from './ranges.ts';

export interface TimeLabels {
  /** A moment on the axis: the hour of a day, else the day. @param moment Unix ms */
  readonly mark: (moment: number, range: RangeName) => string;
  /** A bucket by its beginning. @param moment Unix ms */
  readonly bucket: (moment: number, range: RangeName) => string;
}

const HOUR: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };

export function useTimeLabels(): TimeLabels {
  const { locale } = useI18n();
  const format = (moment: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale.value, options).format(moment);
  return {
    mark: (moment, range) => format(moment, range === 'today' ? HOUR : DAY),
    bucket: (moment, range) => format(moment, { today: HOUR, week: { ...DAY, ...HOUR }, month: DAY }[range]),
  };
}
