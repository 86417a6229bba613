/** Small statistics over measured figures. */

/** @param share 0.5 for the median, 0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Estimate {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

/** Of each end so much is left out: a neighbour's burst on a shared machine says nothing. */
const TRIMMED = 0.2;

/** The trimmed mean, and how far it may be from the true one (from the winsorised deviation). */
export function estimate(values: readonly number[]): Estimate {
  const sorted = values.toSorted((left, right) => left - right);
  const cut = Math.floor(sorted.length * TRIMMED);
  const kept = sorted.slice(cut, sorted.length - cut);
  const [least = 0, most = 0] = [kept[0], kept.at(-1)];
  const drawnIn = sorted.map((value) => Math.min(Math.max(value, least), most));
  const middle = mean(drawnIn);
  const spread = Math.sqrt(mean(drawnIn.map((value) => (value - middle) ** 2)));
  return { value: mean(kept), error: spread / ((1 - 2 * TRIMMED) * Math.sqrt(sorted.length)) };
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly pipe: string;
  readonly gateway: string;
  readonly result: string;
  readonly budget: string;
  readonly met: boolean;
}

/** The table as aligned text. */
export function table(rows: readonly Row[]): string {
  const head = { what: 'what', pipe: 'bare pipe', gateway: 'gateway', result: 'result', budget: 'budget' };
  const columns = ['what', 'pipe', 'gateway', 'result', 'budget'] as const;
  const widths = columns.map((column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row: Omit<Row, 'met'>, mark: string): string =>
    `${columns.map((column, index) => row[column].padEnd(widths[index] ?? 0)).join('  ')}  ${mark}`;
  return [line(head, ''), ...rows.map((row) => line(row, row.met ? 'met' : 'MISSED'))].join('\n');
}
