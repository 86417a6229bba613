/** What charts draw, tell as tables and save. */
import { describe, expect, it } from 'vitest';
import type { StatisticsGroup } from '../../../../contract/log/statistics.ts';
import { sampleFigures, sampleGroup, sampleStatistics } from '../../../testing/samples.ts';
import {
  CHART_COLOURS,
  chartCsv,
  isEmpty,
  stretchOf,
  tableRows,
  type Chart,
  type ChartSeries,
} from './chart.ts';
import { chartOption, stepOf, tooltipText, type Drawing } from './option.ts';
import { errorSeries, groupSeries, latencySeries, requestSeries, tokenSeries } from './series.ts';

const DOLLAR = 1e12;
const length = { after: 1 };
const words = {
  name: ({ name }: { readonly name: string | null }) => name ?? '?',
  wanted: (name: string) => ({ model: name }),
  others: 'Others',
  before: 'before',
};

const chart: Chart = {
  now: null,
  summary: '',
  beginnings: [0, 3_600_000],
  bucket: 3_600_000,
  series: [
    { name: 'a, "b"', kind: 'bar', colour: '1', values: [0, 2.5] },
    { name: '=c{d}', kind: 'line', colour: 'before', values: [null, 1] },
  ],
  format: (value) => `<${value}>`,
  tick: String,
  whole: false,
};

describe('a chart', () => {
  it('is told as the buckets that have something', () => {
    expect(tableRows(chart)).toEqual([{ at: 3_600_000, place: 1, values: [2.5, 1] }]);
    expect(isEmpty(chart)).toBe(false);
    expect(isEmpty({ ...chart, series: [{ name: '', kind: 'bar', colour: '1', values: [0, null] }] })).toBe(
      true,
    );
  });

  it('is saved as CSV that no spreadsheet computes', () => {
    expect(chartCsv(chart, 'Time')).toBe(
      'Time,"a, ""b""",\'=c{d}\r\n1970-01-01T00:00:00.000Z,0,\r\n1970-01-01T01:00:00.000Z,2.5,1\r\n',
    );
  });

  it('tells what is under the pointer, without what would be read as a style', () => {
    expect(tooltipText(chart, ['0:00', '1:00'], 1)).toBe('1:00\na, "b"   <2.5>\n=cd   <1>');
    expect(tooltipText(chart, ['0:00', '1:00'], -1)).toBe('');
  });

  it.each([
    [3, 1],
    [14, 2],
    [24, 4],
    [48, 8],
    [90, 14],
    [1_000, 143],
  ])('of %i buckets labels every %i.', (count, step) => expect(stepOf(count, 7)).toBe(step));
});

const colours = { '1': '', '2': '', '3': '', '4': '', '5': '', other: '', failed: '', before: '' };
const surface = { text: '', strongText: '', ground: '', raised: '', line: '', baseLine: '' };
const drawing: Drawing = {
  palette: { of: colours, ...surface },
  fontFamily: '',
  fontSize: 12,
  marks: [],
  stretches: [],
  animated: false,
  forced: false,
  now: 'now',
  most: 7,
};

describe('bars where the system forces its few colours', () => {
  const bars = CHART_COLOURS.filter((colour) => colour !== 'before').map((colour): ChartSeries => ({
    name: colour,
    kind: 'bar',
    colour,
    values: [1],
  }));
  const looks = (forced: boolean): ReadonlySet<string> => {
    const { series } = chartOption({ ...chart, series: bars }, { ...drawing, forced });
    return new Set(Array.isArray(series) ? series.map(({ itemStyle }) => JSON.stringify(itemStyle)) : []);
  };

  it('have a pattern each, and nowhere else', () => {
    expect(looks(true).size).toBe(bars.length);
    expect(looks(false).size).toBe(1);
  });
});

describe('a dashed line', () => {
  it('has a dot where a value stands alone, since no line leads to it', () => {
    const values = [null, 5, null, 6, 7];
    const series = [{ name: 'p95', kind: 'line', colour: '2', line: 'dashed', values }] as const;
    expect(chartOption({ ...chart, series }, drawing)).toMatchObject({
      series: [{ data: [null, 5, null, { value: 6, symbol: 'none' }, { value: 7, symbol: 'none' }] }],
    });
  });
});

describe('the bucket that is not over yet', () => {
  it('has its word beside the line where the line is near the axis, not on the top figure of it', () => {
    const alignOf = (now: number) => JSON.stringify(chartOption({ ...chart, now }, drawing).series);
    expect(alignOf(0)).toContain('"position":"end","align":"left"');
    expect(alignOf(20)).not.toContain('"position":"end","align"');
  });

  it('has a line, in a series of its own after all that have values', () => {
    const { series } = chartOption({ ...chart, now: 1 }, drawing);
    expect(series).toMatchObject([
      { name: 'a, "b"' },
      { name: '=c{d}' },
      { data: [], markLine: { data: [{ xAxis: 1 }], label: { formatter: 'now' } } },
    ]);
  });

  it('ends where the next one begins, which is not always as long after', () => {
    expect(stretchOf({ beginnings: [0, 23], bucket: 24 }, 0)).toEqual({ from: 0, until: 23 });
    expect(stretchOf({ beginnings: [0, 23], bucket: 24 }, 1)).toEqual({ from: 23, until: 47 });
    expect(stretchOf({ beginnings: [0, 23], bucket: 24, end: 30 }, 1)).toEqual({ from: 23, until: 30 });
    expect(stretchOf({ beginnings: [0, 23], bucket: 24 }, 2)).toBeNull();
  });
});

describe('the series', () => {
  it('of cost are the dearest names, the others as one, and the time before', () => {
    const groups = [1, 2, 3, 4, 5, 6, 7].map((cost) =>
      sampleGroup(`m${cost}`, sampleFigures({ requests: 1, cost: cost * DOLLAR })),
    );
    const rest = sampleGroup(null, sampleFigures({ requests: 9, cost: DOLLAR / 2 }));
    const free = sampleGroup('free', sampleFigures({ requests: 90 }));
    const total = sampleFigures({ requests: 106, cost: 28.5 * DOLLAR });
    const main = sampleStatistics(total, { groups: [free, ...groups, rest] });
    const before = sampleStatistics(sampleFigures({ cost: 4 * DOLLAR }));
    expect(
      groupSeries('cost', { main, before }, length, words).map(({ name, values }) => [name, values]),
    ).toEqual([
      ['m7', [0, 7, null]],
      ['m6', [0, 6, null]],
      ['m5', [0, 5, null]],
      ['m4', [0, 4, null]],
      ['m3', [0, 3, null]],
      ['Others', [0, 3.5, null]],
      ['before', [0, 4, null]],
    ]);
  });

  it('of what costs nothing are its tokens, those of the busiest first', () => {
    const asked = (input: number): StatisticsGroup =>
      sampleGroup(
        `m${input}`,
        sampleFigures({
          requests: 1,
          tokens: { input, cacheRead: 0, cacheWrite: 0, output: 1, reasoning: 0 },
        }),
      );
    const main = sampleStatistics(sampleFigures({ requests: 3 }), {
      groups: [asked(5), asked(90), sampleGroup('silent', sampleFigures({ requests: 1 }))],
    });
    const series = groupSeries('tokens', { main, before: null }, length, words);
    expect(series.map(({ name, values }) => [name, values])).toEqual([
      ['m90', [0, 91, null]],
      ['m5', [0, 6, null]],
    ]);
  });

  it('of requests are those that failed and those that did not', () => {
    const main = sampleStatistics(sampleFigures({ requests: 5, succeeded: 3 }));
    const named = { failed: 'f', succeeded: 's', before: 'b' };
    expect(requestSeries({ main, before: null }, length, named).map(({ values }) => values)).toEqual([
      [0, 2, null],
      [0, 3, null],
    ]);
  });

  it('of tokens count each once, though the cache is part of the input', () => {
    const tokens = { input: 100, cacheRead: 60, cacheWrite: 30, output: 7, reasoning: 2 };
    const main = sampleStatistics(sampleFigures({ requests: 1, tokens }));
    const named = { read: 'r', written: 'w', input: 'i', output: 'o' };
    expect(tokenSeries(main, length, named).map(({ values }) => values[1])).toEqual([60, 30, 10, 7]);
  });

  it('of latency have gaps where nobody waited', () => {
    const main = sampleStatistics(sampleFigures({ requests: 1, duration: { p50: 1, p95: 2, p99: 3 } }));
    expect(latencySeries(main, length, ({ duration }) => duration).map(({ values }) => values)).toEqual([
      [null, 1, null],
      [null, 2, null],
      [null, 3, null],
    ]);
  });

  it('of failures are the most frequent classes, the others as one', () => {
    const errors = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 };
    const main = sampleStatistics(sampleFigures({ requests: 28, errors }));
    const named = { name: (code: string) => code.toUpperCase(), others: 'Others' };
    expect(errorSeries(main, length, named).map(({ name, values }) => [name, values[1]])).toEqual([
      ['G', 7],
      ['F', 6],
      ['E', 5],
      ['D', 4],
      ['C', 3],
      ['Others', 3],
    ]);
  });
});
