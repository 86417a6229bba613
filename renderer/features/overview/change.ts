/** How a figure changed against the stretch before. Pure. */
import { formatDollars, formatDuration } from '../../shared/utils/format.ts';

export interface Change {
  readonly text: string;
  /** Null where neither way is better. */
  readonly good: boolean | null;
}

/** A typographic minus, and a plus where it grew. */
const signed = (value: number, text: string): string => `${value < 0 ? '−' : '+'}${text}`;

/** In per cent. @returns null where nothing changed or there was nothing to compare with */
export function relative(now: number, before: number, language: string): Change | null {
  if (before === 0 || now === before) return null;
  const share = (now - before) / before;
  // What would be told as nought per cent is no change.
  if (Math.abs(share) < 0.005) return null;
  const text = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 0,
  });
  return { text: signed(share, text.format(Math.abs(share))), good: null };
}

export function dollars(now: number, before: number, language: string): Change | null {
  if (before === 0 || now === before) return null;
  return { text: signed(now - before, formatDollars(Math.abs(now - before), language)), good: null };
}

/** In percentage points, of shares that are better when they are higher. */
export function points(
  now: number | null,
  before: number | null,
  language: string,
  unit: string,
): Change | null {
  if (now === null || before === null) return null;
  const difference = Math.round((now - before) * 1_000) / 10;
  if (difference === 0) return null;
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Math.abs(difference));
  return { text: `${signed(difference, text)} ${unit}`, good: difference > 0 };
}

/** Of times, ms, which are better when they are shorter. Percentiles are good to 5 %: less is no change. */
export function time(now: number | null, before: number | null, language: string): Change | null {
  if (now === null || before === null || before === 0) return null;
  if (Math.abs(now - before) / before < 0.05) return null;
  return { text: signed(now - before, formatDuration(Math.abs(now - before), language)), good: now < before };
}
