/** Figures as text. Every function takes the language, so the same figure reads right in each. */
import { momentFormat, numberFormat } from './intl.ts';

/** What stands where there is no figure. Zero is `0`. */
export const NONE = '–';

/** A whole number with separators: `98,214`. */
export function formatCount(value: number, language: string): string {
  return numberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** US dollars: `$35.42`, to four digits below one dollar: `$0.0786`. */
export function formatDollars(amount: number, language: string): string {
  return numberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: amount < 1 ? 4 : 2,
  }).format(amount);
}

/** A count in little room: `742`, `18.4k`, `1.2M`; the same letters in every language. */
export function formatCompact(value: number): string {
  if (value < 1_000) return String(value);
  const [size, letter] = value < 999_500 ? [1_000, 'k'] : [1_000_000, 'M'];
  const scaled = value / size;
  return `${scaled.toFixed(scaled < 99.95 ? 1 : 0)}${letter}`;
}

/** The same on an axis, where values are round: `50k` below `100k`. */
export const formatCompactTick = (value: number): string => formatCompact(value).replace('.0', '');

/** Seconds from milliseconds with three significant digits: `0.18`, `11.4`, `1,204`. */
export function formatSeconds(milliseconds: number, language: string): string {
  const seconds = milliseconds / 1_000;
  const digits = seconds < 9.995 ? 2 : seconds < 99.95 ? 1 : 0;
  return numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(seconds);
}

/** A length of time with its unit: `0.3 ms`, `184 ms`, `10.6 s`, `12:05 min`. */
export function formatDuration(milliseconds: number, language: string): string {
  if (milliseconds >= 600_000) return `${formatCountdown(milliseconds)} min`;
  if (milliseconds >= 1_000) return `${formatSeconds(milliseconds, language)} s`;
  const digits = milliseconds > 0 && milliseconds < 10 ? 1 : 0;
  return `${numberFormat(language, { maximumFractionDigits: digits }).format(milliseconds)} ms`;
}

/** A round moment on an axis: `0`, `200 ms`, `5 s`, `2 min`. */
export function formatTick(milliseconds: number, language: string): string {
  const [size, unit] =
    milliseconds >= 60_000 ? [60_000, 'min'] : milliseconds >= 1_000 ? [1_000, 's'] : [1, 'ms'];
  return milliseconds === 0 ? '0' : `${formatCount(milliseconds / size, language)} ${unit}`;
}

/** Time left as `3:42`, `1:02:03`; whole seconds, rounded up so that it ends when it says `0:00`. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** Bytes in decimal units: `512 B`, `61.2 KB`, `3.4 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${numberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[unit] ?? ''}`;
}

/** Clock time of a moment: `14:31:36`. @param moment Unix ms */
export function formatClock(moment: number, language: string): string {
  return momentFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(moment);
}

/** A moment in a log: the clock time, with the day when it is not today, with the year when it is not this one. */
export function formatMoment(moment: number, now: number, language: string): string {
  const then = new Date(moment);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return formatClock(moment, language);
  const thisYear = then.getFullYear() === today.getFullYear();
  return momentFormat(language, {
    ...(thisYear ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
}

/** How long ago, in the largest whole unit; for messages in `common.ago`. */
export function timeAgo(
  moment: number,
  now: number,
): { readonly unit: 'seconds' | 'minutes' | 'hours' | 'days'; readonly count: number } {
  const seconds = Math.max(0, Math.floor((now - moment) / 1_000));
  if (seconds < 60) return { unit: 'seconds', count: seconds };
  if (seconds < 3_600) return { unit: 'minutes', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { unit: 'hours', count: Math.floor(seconds / 3_600) };
  return { unit: 'days', count: Math.floor(seconds / 86_400) };
}
