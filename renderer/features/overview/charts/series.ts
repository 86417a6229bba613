/** The series of each chart, out of the figures. Pure: words come from outside. */
import type {
  Figures as Sums,
  Percentiles,
  Statistics,
  StatisticsGroup,
} from '../../../../contract/log/statistics.ts';
import type { RequestsWanted } from '../../../shared/utils/requests-link.ts';
import { dollarsOf } from '../../../shared/utils/money.ts';
import { SERIES_COLOURS, type ChartColour, type ChartSeries } from './chart.ts';

/** Classes of errors that have a colour of their own; the rest is summed up. */
const ERROR_COLOURS = ['failed', '2', '3', '5', '4'] as const satisfies readonly ChartColour[];

/** @param after how many buckets of the axis are still to come */
export type Length = { readonly after: number };

const padded = (values: readonly (number | null)[], { after }: Length): readonly (number | null)[] => [
  ...values,
  ...Array.from({ length: after }, () => null),
];

function each(
  { buckets }: Statistics,
  length: Length,
  of: (bucket: Sums) => number | null,
): readonly (number | null)[] {
  return padded(buckets.map(of), length);
}

/** The values of the stretch before, beside the buckets of this one. */
function eachBefore(
  before: Statistics,
  main: Statistics,
  length: Length,
  of: (bucket: Sums) => number,
): readonly (number | null)[] {
  return padded(
    main.buckets.map((_, index) => {
      const bucket = before.buckets[index];
      return bucket === undefined ? null : of(bucket);
    }),
    length,
  );
}

/** What of a group is drawn, as the number on the axis. */
const AMOUNTS = {
  cost: { of: (pico: number) => dollarsOf(pico), before: ({ cost }: Sums) => cost },
  tokens: { of: (count: number) => count, before: ({ tokens }: Sums) => tokens.input + tokens.output },
} as const;
export type Amount = keyof typeof AMOUNTS;

/** Dollars or tokens by name, the largest first; names without a colour of their own are summed up. */
export function groupSeries(
  amount: Amount,
  { main, before }: { readonly main: Statistics; readonly before: Statistics | null },
  length: Length,
  words: {
    readonly name: (group: StatisticsGroup) => string;
    readonly wanted: (name: string) => RequestsWanted;
    readonly others: string;
    readonly before: string;
  },
): readonly ChartSeries[] {
  const { of, before: ofBefore } = AMOUNTS[amount];
  const sum = ({ series }: StatisticsGroup): number => series[amount].reduce((all, one) => all + one, 0);
  const sorted = main.groups
    .filter((group) => sum(group) > 0 && group.name !== null)
    .toSorted((a, b) => sum(b) - sum(a));
  const shown = sorted.slice(0, SERIES_COLOURS.length);
  const rest = [...sorted.slice(SERIES_COLOURS.length), ...main.groups.filter(({ name }) => name === null)];
  const named = shown.map((group, index): ChartSeries => ({
    name: words.name(group),
    wanted: words.wanted(group.name ?? ''),
    kind: 'bar',
    colour: SERIES_COLOURS[index] ?? 'other',
    values: padded(group.series[amount].map(of), length),
  }));
  const others: ChartSeries = {
    name: words.others,
    kind: 'bar',
    colour: 'other',
    values: padded(
      main.buckets.map((_, index) =>
        of(rest.reduce((all, { series }) => all + (series[amount][index] ?? 0), 0)),
      ),
      length,
    ),
  };
  return [
    ...named,
    ...(rest.some((group) => sum(group) > 0) ? [others] : []),
    ...(before === null || ofBefore(before.total) === 0
      ? []
      : [
          beforeLine(
            words.before,
            eachBefore(before, main, length, (bucket) => of(ofBefore(bucket))),
          ),
        ]),
  ];
}

const beforeLine = (name: string, values: ChartSeries['values']): ChartSeries => ({
  name,
  kind: 'line',
  line: 'dashed',
  colour: 'before',
  values,
});

export function requestSeries(
  { main, before }: { readonly main: Statistics; readonly before: Statistics | null },
  length: Length,
  words: { readonly failed: string; readonly succeeded: string; readonly before: string },
): readonly ChartSeries[] {
  return [
    {
      name: words.failed,
      wanted: { is: 'failed' },
      kind: 'bar',
      colour: 'failed',
      values: each(main, length, (one) => one.requests - one.succeeded),
    },
    {
      name: words.succeeded,
      wanted: { is: 'ok' },
      kind: 'bar',
      colour: '1',
      values: each(main, length, (one) => one.succeeded),
    },
    ...(before === null || before.total.requests === 0
      ? []
      : [
          beforeLine(
            words.before,
            eachBefore(before, main, length, ({ requests }) => requests),
          ),
        ]),
  ];
}

export function latencySeries(
  main: Statistics,
  length: Length,
  of: (bucket: Sums) => Percentiles | null,
): readonly ChartSeries[] {
  const looks = [
    ['p50', '1', 'solid'],
    ['p95', '2', 'dashed'],
    ['p99', '3', 'dotted'],
  ] as const;
  return looks.map(([name, colour, line]) => ({
    name,
    kind: 'line',
    line,
    colour,
    values: each(main, length, (bucket) => of(bucket)?.[name] ?? null),
  }));
}

/** What was read from the cache and written to it is part of the input; here each token counts once. */
export function tokenSeries(
  main: Statistics,
  length: Length,
  words: { readonly read: string; readonly written: string; readonly input: string; readonly output: string },
): readonly ChartSeries[] {
  const part = (name: string, colour: ChartColour, of: (tokens: Sums['tokens']) => number): ChartSeries => ({
    name,
    kind: 'bar',
    colour,
    values: each(main, length, ({ tokens }) => of(tokens)),
  });
  const parts = [
    part(words.read, '4', ({ cacheRead }) => cacheRead),
    part(words.written, '5', ({ cacheWrite }) => cacheWrite),
    part(words.input, '1', ({ input, cacheRead, cacheWrite }) => Math.max(0, input - cacheRead - cacheWrite)),
    part(words.output, '2', ({ output }) => output),
  ];
  return parts.filter(({ values }) => values.some((value) => value !== null && value > 0));
}

/** Failures by class, the most frequent first. */
export function errorSeries(
  main: Statistics,
  length: Length,
  words: { readonly name: (code: string) => string; readonly others: string },
): readonly ChartSeries[] {
  const codes = Object.entries(main.total.errors)
    .toSorted(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
    .map(([code]) => code);
  const shown = codes.slice(0, ERROR_COLOURS.length);
  const rest = codes.slice(ERROR_COLOURS.length);
  const sum = (bucket: Sums, some: readonly string[]): number =>
    some.reduce((total, code) => total + (bucket.errors[code] ?? 0), 0);
  const one = (name: string, colour: ChartColour, some: readonly string[]): ChartSeries => ({
    name,
    ...(some.length === 1 ? { wanted: { error: some[0] ?? '' } } : {}),
    kind: 'bar',
    colour,
    values: each(main, length, (bucket) => sum(bucket, some)),
  });
  return [
    ...shown.map((code, index) => one(words.name(code), ERROR_COLOURS[index] ?? 'other', [code])),
    ...(rest.length === 0 ? [] : [one(words.others, 'other', rest)]),
  ];
}
