/** Moments of a filter: `1h` (since an hour ago), `today`, `2026-11-20`, `2026-11-20T10:00..2026-11-20T11:30`. Pure. */
import { endsOf, type Ends } from './numbers.ts';

/** ms; months and years are too uneven to be a length. */
const LENGTHS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Lengths to offer. */
export const TIME_RANGES = ['15m', '1h', '24h', '7d', '30d'] as const;

/** @param now Unix ms @returns undefined where the text is no time */
export function timeEnds(text: string, now: number): Ends | undefined {
  const since = lengthOf(text);
  if (since !== undefined) return { least: now - since };
  const [from, to, ...more] = text.split('..');
  if (to === undefined || more.length > 0)
    return against(text, now) ?? endsOf(text, (one) => momentOf(one, now), 1);
  const least = from === '' || from === undefined ? undefined : momentOf(from, now);
  const last = dayOf(to, now);
  const most = to === '' ? undefined : last === undefined ? momentOf(to, now) : endOfDay(last);
  if ((from !== '' && least === undefined) || (to !== '' && most === undefined)) return undefined;
  if (least === undefined && most === undefined) return undefined;
  return { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
}

/** A day lasts for a while: `>2026-11-20` is what came behind it, `<=` the day as well. So does a minute by itself. */
function against(text: string, now: number): Ends | undefined {
  const [, sign = '', rest = ''] = /^([<>]=?|=?)(.*)$/.exec(text) ?? [];
  const day = dayOf(rest, now);
  if (day === undefined) return sign === '' || sign === '=' ? shortly(rest, now) : undefined;
  const most = endOfDay(day);
  if (sign === '>=') return { least: day };
  if (sign === '>') return { least: most + 1 };
  if (sign === '<=') return { most };
  if (sign === '<') return { most: day - 1 };
  return { least: day, most };
}

/** A moment that is told to the minute or second; undefined for any other. */
function shortly(text: string, now: number): Ends | undefined {
  const [found, seconds] = /T\d{2}:\d{2}(:\d{2})?Z?$/i.exec(text) ?? [];
  const least = found === undefined ? undefined : momentOf(text, now);
  if (least === undefined) return undefined;
  return { least, most: least + (seconds === undefined ? 60_000 : 1_000) - 1 };
}

/** ms of `15m`, `7d`; undefined for anything else. */
export function lengthOf(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,6})([a-z]+)$/i.exec(text) ?? [];
  const size = LENGTHS[unit.toLowerCase()];
  return count === undefined || size === undefined ? undefined : Number(count) * size;
}

/** Beginning of a day of this clock, Unix ms. */
function dayOf(text: string, now: number): number | undefined {
  if (text === 'today') return new Date(now).setHours(0, 0, 0, 0);
  if (text === 'yesterday') return new Date(new Date(now).setHours(0, 0, 0, 0) - 1).setHours(0, 0, 0, 0);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? known(new Date(`${text}T00:00`).getTime()) : undefined;
}

/** Days are 23 to 25 hours long. */
function endOfDay(begin: number): number {
  const day = new Date(begin);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime() - 1;
}

function momentOf(text: string, now: number): number | undefined {
  if (text === 'now') return now;
  const length = lengthOf(text);
  if (length !== undefined) return now - length;
  const day = dayOf(text, now);
  if (day !== undefined) return day;
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?$/i.test(text)
    ? known(new Date(text).getTime())
    : undefined;
}

const known = (moment: number): number | undefined => (Number.isNaN(moment) ? undefined : moment);

/** A moment as short as it can be told exactly, the same in every time zone. */
export function momentText(moment: number): string {
  return new Date(moment)
    .toISOString()
    .replace(/\.000Z$/, 'Z')
    .replace(/:00Z$/, 'Z');
}
