/** A chart as figures: what is drawn, told as a table and saved. Pure. */

import type { RequestsWanted } from '../../../shared/utils/requests-link.ts';

/** Colours by what they stand for; tokens.css has each for both grounds. */
export const CHART_COLOURS = ['1', '2', '3', '4', '5', 'other', 'failed', 'before'] as const;
export type ChartColour = (typeof CHART_COLOURS)[number];

/** For series that have no meaning of their own, in this order. */
export const SERIES_COLOURS = ['1', '2', '3', '4', '5'] as const satisfies readonly ChartColour[];

export interface ChartSeries {
  readonly name: string;
  readonly kind: 'bar' | 'line';
  readonly colour: ChartColour;
  readonly line?: 'solid' | 'dashed' | 'dotted';
  /** What its requests have in common, beside what the page is narrowed to; absent where they are not all of one kind. */
  readonly wanted?: RequestsWanted;
  /** One for each beginning; null where there is nothing to tell. */
  readonly values: readonly (number | null)[];
}

export interface Chart {
  /** Place of the bucket that is not over yet, on an axis that goes on beyond it; null on any other. */
  readonly now: number | null;
  /** In a sentence. */
  readonly summary: string;
  /** Of the buckets, Unix ms, in time order. */
  readonly beginnings: readonly number[];
  /** ms of one bucket. */
  readonly bucket: number;
  /** What lies behind counts in no figure though it is of the last bucket, Unix ms; absent where nothing does. */
  readonly end?: number;
  /** Bars stand on each other in this order, from the bottom up. */
  readonly series: readonly ChartSeries[];
  readonly format: (value: number) => string;
  /** A round value on the axis. */
  readonly tick: (value: number) => string;
  /** Values on the axis are whole numbers. */
  readonly whole: boolean;
}

/** A bucket by its place, Unix ms; `until` not counted in. */
export function stretchOf(
  { beginnings, bucket, end = Infinity }: Pick<Chart, 'beginnings' | 'bucket' | 'end'>,
  place: number,
): { readonly from: number; readonly until: number } | null {
  const from = beginnings[place];
  // Days are 23 to 25 hours long: the next one tells where this one ends.
  return from === undefined ? null : { from, until: beginnings[place + 1] ?? Math.min(from + bucket, end) };
}

/** No series has anything to show. */
export function isEmpty({ series }: Chart): boolean {
  return series.every(({ values }) => values.every((value) => value === null || value === 0));
}

/** Buckets that have begun and where any series has a value: the lines of the table. */
export function tableRows({ beginnings, series }: Chart): readonly {
  readonly at: number;
  /** Among all buckets. */
  readonly place: number;
  readonly values: readonly (number | null)[];
}[] {
  return beginnings
    .map((at, index) => ({ at, place: index, values: series.map(({ values }) => values[index] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null && value !== 0));
}

const CELL_NEEDS_QUOTES = /[",\n\r]/;
/** A spreadsheet takes a cell that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180. Times are ISO 8601 in UTC, figures as they are measured. @param timeHead heads the first column */
export function chartCsv(chart: Chart, timeHead: string): string {
  const cell = (text: string): string => {
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return CELL_NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = [timeHead, ...chart.series.map(({ name }) => name)].map(cell);
  const rows = chart.beginnings.map((at, index) => [
    new Date(at).toISOString(),
    ...chart.series.map(({ values }) => String(values[index] ?? '')),
  ]);
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
