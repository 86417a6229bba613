/** Ranges of time, the filter, changes and what needs the user. */
import { describe, expect, it } from 'vitest';
import { requestsLink, stretchText } from '../../shared/utils/requests-link.ts';
import { sampleKey, sampleProvider } from '../../testing/samples.ts';
import { coolingOf } from './cooling.ts';
import { dollars, points, relative, time } from './change.ts';
import { polyline } from './chart-scale.ts';
import { failuresOf, NO_FILTER, readFilter, wantedOf, writeFilter, type OverviewFilter } from './filter.ts';
import { isRange, minuteText, rangeOf, stillToCome, type RangeName } from './ranges.ts';

const NOW = new Date(2026, 10, 21, 14, 30).getTime();
const day = (date: number): number => new Date(2026, 10, date).getTime();
const HOUR = 3_600_000;
/** As the address gives it back. */
const queryOf = (filter: OverviewFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(writeFilter(filter)).map(([name, value]) => [name, String(value)]));

describe('a stretch of time', () => {
  const range = (name: RangeName, now = NOW) => rangeOf({ range: name, from: '', to: '' }, now);

  it('is made of whole days of the user, today the last, beside as many days before until the same time', () => {
    expect(range('today')).toEqual({
      from: day(21),
      until: NOW,
      end: day(22),
      bucket: HOUR / 2,
      whole: null,
      before: { from: day(20), until: day(20) + 14.5 * HOUR },
    });
    expect(range('7d')).toMatchObject({
      from: day(15),
      until: NOW,
      before: { from: day(8), until: day(14) + 14.5 * HOUR },
    });
    expect(range('365d').bucket).toBe(7 * 24 * HOUR);
    expect(range('today', day(22)).from).toBe(day(22));
  });

  it('rolls on with the clock, from an even time', () => {
    const now = NOW + 90_000;
    // Half an hour of UTC: zones that are a quarter of an hour beside it have other hands on their clocks.
    const even = NOW - (NOW % (HOUR / 2));
    expect(range('1h', now)).toMatchObject({ from: NOW - HOUR + 60_000, until: now, bucket: 60_000 });
    expect(range('24h', now)).toMatchObject({
      from: even - 24 * HOUR,
      before: { from: even - 48 * HOUR, until: now - 24 * HOUR },
    });
  });

  it.each([
    ['2026-11-03', '2026-11-05', day(3), day(6), 4 * HOUR, day(0), day(3)],
    ['2026-11-20', '2026-11-21', day(20), NOW, HOUR, day(18), day(19) + 14.5 * HOUR],
    [
      '2025-06-01',
      '2025-06-01',
      new Date(2025, 5, 1),
      new Date(2025, 5, 2),
      24 * HOUR,
      new Date(2025, 4, 31),
      new Date(2025, 5, 1),
    ],
  ])('from %s to %s counts both days in', (from, to, first, until, bucket, beforeFrom, beforeUntil) => {
    expect(rangeOf({ range: 'custom', from, to }, NOW)).toEqual({
      from: Number(first),
      until: Number(until),
      end: Number(until),
      bucket,
      whole: null,
      before: { from: Number(beforeFrom), until: Number(beforeUntil) },
    });
  });

  it('that cannot be is that of today', () => {
    expect(isRange('2026-11-05', '2026-11-04')).toBe(false);
    expect(isRange('2026-02-30', '2026-03-04')).toBe(false);
    for (const [from, to] of [
      ['2026-11-05', '2026-11-04'],
      ['2027-01-01', '2027-01-02'],
      ['', ''],
    ] as const) {
      expect(rangeOf({ range: 'custom', from, to }, NOW)).toEqual(range('today'));
    }
  });

  it.each([
    ['2026-11-21T10:00', '2026-11-21T12:30', 10, 12.5, 5 / 60],
    ['2026-11-21T14:00', '2026-11-21T18:00', 14, 14.5, 1 / 60],
    ['2026-11-21T00:00', '2026-11-21T14:00', 0, 14, 0.5],
    ['2026-11-11T10:00', '2026-11-11T12:00', -230, -228, 1],
  ])('from %s to %s is told to the minute', (from, to, first, last, bucket) => {
    const begin = day(21) + first * HOUR;
    const until = day(21) + last * HOUR;
    expect(isRange(from, to)).toBe(true);
    expect(isRange(to, from)).toBe(false);
    expect(rangeOf({ range: 'custom', from, to }, NOW)).toEqual({
      from: begin,
      until,
      end: until,
      bucket: bucket * HOUR,
      whole: null,
      before: { from: begin - (until - begin), until: begin },
    });
    expect(minuteText(begin)).toBe(from);
  });

  it.each([
    ['2026-11-11T14:50', '2026-11-11T15:10', new Date(2026, 10, 11, 14), new Date(2026, 10, 11, 16), 'hour'],
    ['2026-09-01T12:00', '2026-11-01T00:00', new Date(2026, 8, 1), new Date(2026, 10, 1), 'day'],
    ['2026-11-11T14:00', '2026-11-11T15:00', new Date(2026, 10, 11, 14), new Date(2026, 10, 11, 15), null],
  ])('from %s to %s is as long as what its figures count', (from, to, first, last, whole) => {
    const filter = { ...NO_FILTER, range: 'custom', from, to } as const;
    const wide = rangeOf(filter, NOW);
    expect([wide.from, wide.until, wide.whole]).toEqual([Number(first), Number(last), whole]);
    const time = whole === null ? `${from}..${to}` : stretchText(Number(first), Number(last));
    expect(wantedOf(filter, wide)).toEqual({ time });
  });

  it('of today has an axis until midnight', () => {
    const coming = stillToCome(range('today'), day(21) + 14 * HOUR);
    expect(coming).toHaveLength(19);
    expect(coming.at(-1)).toBe(day(22) - HOUR / 2);
    expect(stillToCome(range('7d'), day(21) + 12 * HOUR)).toEqual([]);
  });
});

describe('the filter in the address', () => {
  it('reads back what it wrote, and leaves out what goes without saying', () => {
    expect(writeFilter(NO_FILTER)).toEqual({});
    const filter: OverviewFilter = {
      range: 'custom',
      from: '2026-11-01',
      to: '2026-11-02',
      compare: false,
      by: 'app',
      only: { provider: 'openai', client: '' },
    };
    expect(readFilter(queryOf(filter))).toEqual(filter);
  });

  it.each([
    [{ range: 'never', by: 'nothing', compare: 'maybe' }, {}],
    [{ range: 'custom', from: '2026-11-02', to: '2026-11-01' }, {}],
    [{ range: '7d', from: '2026-11-01', to: '2026-11-02' }, { range: '7d' }],
  ])('takes %j for %j', (query, expected) => expect(writeFilter(readFilter(query))).toEqual(expected));

  it('leads to the same requests', () => {
    const filter = { ...NO_FILTER, only: { key: 'openai/k 1', app: '' } };
    const time = rangeOf(filter, NOW);
    expect(requestsLink({ ...wantedOf(filter, time), is: 'failed' })).toEqual({
      name: 'requests',
      query: { q: 'time:today provider:openai key:"k 1" -app:* is:failed' },
    });
    const days = { ...NO_FILTER, range: '7d' } as const;
    expect(requestsLink(wantedOf(days, { ...time, from: Date.UTC(2026, 10, 15) }))).toMatchObject({
      query: { q: 'time:>=2026-11-15T00:00:00Z' },
    });
    expect(requestsLink({ app: 'a*b', time: stretchText(0, 60_000) })).toMatchObject({
      query: { q: 'time:1970-01-01T00:00:00Z..1970-01-01T00:00:59.999Z app:"a\\\\*b"' },
    });
    expect(requestsLink({ error: 'cut', model: 'a "b"' })).toMatchObject({
      query: { q: 'served:"a \\"b\\"" outcome:cut' },
    });
    expect(requestsLink({ error: 'upstream_cut' })).toMatchObject({
      query: { q: 'outcome:error error:upstream_cut' },
    });
    expect(failuresOf(filter, time).slice(3)).toEqual([
      { kind: 'text', field: 'provider', values: ['openai'] },
      { kind: 'text', field: 'key', values: ['k 1'] },
      { kind: 'text', field: 'app', not: true, values: ['*'] },
    ]);
  });
});

describe('a change', () => {
  it.each([
    [relative(112, 100, 'en'), '+12%', null],
    [relative(50, 100, 'en'), '−50%', null],
    [dollars(35.42, 31.32, 'en'), '+$4.10', null],
    [points(0.977, 0.986, 'en', 'pt'), '−0.9 pt', false],
    [points(0.99, 0.9, 'en', 'pt'), '+9 pt', true],
    [time(1_000, 1_200, 'en'), '−200 ms', true],
    [time(3_400, 1_200, 'en'), '+2.20 s', false],
  ])('%j', (change, text, good) => expect(change).toEqual({ text, good }));

  it.each([
    ['of nothing', relative(5, 0, 'en')],
    ['of the same', relative(5, 5, 'en')],
    ['of next to nothing', relative(1_002, 1_000, 'en')],
    ['of no cost', dollars(1, 0, 'en')],
    ['of less than can be measured', time(1_040, 1_000, 'en')],
    ['of a share nobody knows', points(null, 0.5, 'en', 'pt')],
    ['of a share that looks the same', points(0.5001, 0.5, 'en', 'pt')],
  ])('is not told %s', (_name, change) => expect(change).toBeNull());
});

describe('the line beside a figure', () => {
  it('begins with two values and passes over gaps', () => {
    expect(polyline([1], 10, 10)).toBe('');
    expect(polyline([0, 2, 4], 10, 10)).toBe('0.0,10.0 5.0,5.0 10.0,0.0');
    expect(polyline([0, null, 4], 10, 10)).toBe('0.0,10.0 10.0,0.0');
    expect(polyline([0, 0], 10, 10)).toBe('0.0,10.0 10.0,10.0');
  });
});

describe('what only needs time', () => {
  it('cools by itself: keys, and keys for one model, soonest first', () => {
    const key = sampleKey({
      state: 'cooling',
      reason: 'rate_limited',
      coolingFor: 9_000,
      models: [{ model: 'gpt-5', reason: 'forbidden', scope: 'model', coolingFor: 3_000 }],
    });
    const entries = coolingOf([sampleProvider({ keys: [key, sampleKey()] })]);
    expect(entries.map(({ cooling: { model, reason, coolingFor } }) => [model, reason, coolingFor])).toEqual([
      ['gpt-5', 'forbidden', 3_000],
      [null, 'rate_limited', 9_000],
    ]);
  });

  it('cools once, where a provider cools with all its keys', () => {
    const keys = Array.from({ length: 300 }, (_, index) =>
      sampleKey({
        id: `k${index}`,
        state: 'cooling',
        scope: 'network',
        reason: 'upstream_unreachable',
        coolingFor: 5_000,
      }),
    );
    const [entry, ...others] = coolingOf([sampleProvider({ keys })]);
    expect(others).toEqual([]);
    expect(entry?.cooling).toMatchObject({ scope: 'provider', coolingFor: 5_000 });
    expect(entry?.cooling.keys).toHaveLength(300);
  });
});
