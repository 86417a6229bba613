/** Moments on a time axis and the stretch of a bucket, in the user's language. */
import { useI18n } from 'vue-i18n';

export interface TimeLabels {
  /** A moment on the axis: the time of a day, and where several days stand beside each other the day at midnight. @param bucket ms */
  readonly mark: (moment: number, bucket: number) => string;
  /** A bucket by its beginning. @param bucket ms */
  readonly bucket: (moment: number, bucket: number) => string;
}

const HOUR: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DATE: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' };
const DAY = 86_400_000;
const LONG = 4 * 3_600_000;

export function useTimeLabels(): TimeLabels {
  const { locale } = useI18n();
  const format = (moment: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale.value, options).format(moment);
  return {
    mark: (moment, bucket) =>
      format(moment, bucket >= DAY || (bucket >= LONG && new Date(moment).getHours() === 0) ? DATE : HOUR),
    bucket: (moment, bucket) => format(moment, bucket >= DAY ? DATE : { ...DATE, ...HOUR }),
  };
}
