/** Numbers of a filter with their units: `>=500`, `5xx`, `10k`, `$0.01`, `1.5s`, `400..499`. Pure. */
import type { RangeField } from '../../../../contract/log/filter.ts';

/** Both ends count in; one is always there. */
export interface Ends {
  readonly least?: number;
  readonly most?: number;
}

/** ms */
const TIMES: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };
const COUNTS: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/** What the next larger figure is: whole numbers, a pico-dollar, a microsecond. */
const STEPS: Readonly<Record<RangeField, number>> = {
  time: 1,
  status: 1,
  cost: 1e-12,
  tokens: 1,
  input: 1,
  output: 1,
  duration: 0.001,
  firstContent: 0.001,
  attempts: 1,
};

/** Undefined where the text is no such number. */
function figureOf(field: RangeField, text: string): number | undefined {
  const match = /^\$?(\d+(?:\.\d+)?(?:e-?\d+)?)([a-z]*)$/i.exec(text);
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  if (unit === '') return Number(digits);
  const units = field === 'duration' || field === 'firstContent' ? TIMES : COUNTS;
  const size = units[unit.toLowerCase()];
  return size === undefined || field === 'cost' || field === 'status' ? undefined : Number(digits) * size;
}

/** @param read one figure; undefined for what is none @returns undefined where the text is no range */
export function endsOf(
  text: string,
  read: (text: string) => number | undefined,
  step: number,
): Ends | undefined {
  const [from, to, ...more] = text.split('..');
  if (from === undefined || more.length > 0) return undefined;
  if (to !== undefined) {
    const least = from === '' ? undefined : read(from);
    const most = to === '' ? undefined : read(to);
    if ((from !== '' && least === undefined) || (to !== '' && most === undefined)) return undefined;
    if (least === undefined && most === undefined) return undefined;
    return { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }) };
  }
  const [, sign = '', rest = ''] = /^([<>]=?|=?)(.*)$/.exec(text) ?? [];
  const value = read(rest);
  if (value === undefined) return undefined;
  if (sign === '>=') return { least: value };
  if (sign === '>') return { least: value + step };
  if (sign === '<=') return { most: value };
  if (sign === '<') return { most: value - step };
  return { least: value, most: value };
}

/** @returns undefined where the text is no range of such numbers */
export function numberEnds(field: RangeField, text: string): Ends | undefined {
  const hundreds = field === 'status' ? /^([1-5])xx$/i.exec(text)?.[1] : undefined;
  if (hundreds !== undefined) return { least: Number(hundreds) * 100, most: Number(hundreds) * 100 + 99 };
  return endsOf(text, (one) => figureOf(field, one), STEPS[field]);
}
