import { describe, expect, it } from 'vitest';
import type { QuotaSample } from '../../../contract/rpc/procedures/providers.ts';
import { NOON, sampleKey, sampleProvider } from '../../testing/samples.ts';
import {
  firstToEnd,
  forecastOf,
  poolEnd,
  withSamples,
  type Forecast,
  type QuotaHistory,
} from './forecast.ts';

const MINUTE = 60_000;
/** Samples a minute apart, the last one now. */
const samples = (...left: readonly number[]) =>
  left.map((remaining, index) => ({ at: NOON - (left.length - 1 - index) * MINUTE, remaining }));

type Case = readonly [string, readonly QuotaSample[], number | null, Forecast | null];

describe('how long a limit lasts', () => {
  it.each<Case>([
    ['at a steady rate', samples(120, 110, 100), null, { kind: 'until', at: NOON + 10 * MINUTE }],
    [
      'at a rate that changes',
      samples(130, 101, 100),
      null,
      { kind: 'until', at: NOON + (100 / 15) * MINUTE },
    ],
    ['longer than until it is whole again', samples(110, 100), NOON + MINUTE, { kind: 'holds' }],
    [
      'less than until it is whole again',
      samples(110, 10),
      NOON + MINUTE,
      { kind: 'until', at: NOON + MINUTE / 10 },
    ],
    ['when it was used up', samples(10, 0), null, { kind: 'until', at: NOON }],
    ['when it was told once', samples(100), null, null],
    ['when it was never told', [], null, null],
    [
      'when it was told twice in a moment',
      [
        { at: NOON - 1_000, remaining: 9 },
        { at: NOON, remaining: 8 },
      ],
      null,
      null,
    ],
    ['when nothing of it is used', samples(100, 100), null, null],
    ['when it is whole again by now', samples(110, 100), NOON, null],
    ['when it lasts for months', samples(1_000_001, 1_000_000), null, null],
    [
      'when nobody told for hours',
      samples(20, 10).map((one) => ({ ...one, at: one.at - 200 * MINUTE })),
      null,
      null,
    ],
  ])('%s', (_case, told, resetsAt, expected) => {
    const forecast = forecastOf(told, resetsAt, NOON);
    expect(forecast?.kind).toBe(expected?.kind);
    if (forecast?.kind === 'until' && expected?.kind === 'until') {
      expect(forecast.at).toBeCloseTo(expected.at, 3);
    }
  });
});

const quota = (name: string, remaining: number, seenAt: number, resetsAt: number | null = null) => ({
  name,
  limit: 1_000,
  remaining,
  resetsAt,
  seenAt,
});
const told =
  (...keys: readonly (readonly [id: string, remaining: number, mates?: readonly string[]])[]) =>
  (at: number) =>
    sampleProvider({
      id: 'p',
      keys: keys.map(([id, remaining, sharesAccountWith = []]) =>
        sampleKey({ id, sharesAccountWith, quota: [quota('credit', remaining, at)] }),
      ),
    });
const historyOf = (...views: readonly ReturnType<typeof sampleProvider>[]): QuotaHistory =>
  views.reduce<QuotaHistory>((history, view) => withSamples(history, [view]), new Map());

describe('what is remembered', () => {
  it('is what was told, each moment once', () => {
    const before = told(['a', 100])(NOON - MINUTE);
    expect(historyOf(before, before, told(['a', 90])(NOON)).get('p/a/credit')).toEqual(samples(100, 90));
  });
  it('begins anew when a limit is filled up', () =>
    expect(historyOf(told(['a', 10])(NOON - MINUTE), told(['a', 100])(NOON)).get('p/a/credit')).toEqual(
      samples(100),
    ));
  it('goes with the key', () =>
    expect(historyOf(told(['a', 10])(NOON), told(['b', 10])(NOON)).has('p/a/credit')).toBe(false));
});

describe('several', () => {
  it('limits of a key: the one that ends first', () => {
    const at = (time: number, requests: number, credit: number) =>
      sampleProvider({
        id: 'p',
        keys: [
          sampleKey({ id: 'a', quota: [quota('requests', requests, time), quota('credit', credit, time)] }),
        ],
      });
    const now = at(NOON, 100, 5);
    const [key] = now.keys;
    if (key === undefined) throw new Error('There is no key.');
    const history = historyOf(at(NOON - MINUTE, 110, 10), now);
    expect(firstToEnd('p', key, history, NOON)).toEqual({ name: 'credit', at: NOON + MINUTE });
  });

  it.each([
    [
      'are used up together',
      [
        ['a', 20],
        ['b', 30],
      ],
      [
        ['a', 10],
        ['b', 25],
      ],
      NOON + (35 / 15) * MINUTE,
    ],
    [
      'of one account count once',
      [
        ['a', 20],
        ['b', 20, ['a']],
      ],
      [
        ['a', 10],
        ['b', 10, ['a']],
      ],
      NOON + MINUTE,
    ],
    [
      'are not known when one is not',
      [['a', 20]],
      [
        ['a', 10],
        ['b', 25],
      ],
      null,
    ],
    ['last when none is used', [['a', 20]], [['a', 20]], null],
  ] as const)('keys %s', (_case, before, after, expected) => {
    const now = told(...after)(NOON);
    const end = poolEnd(now, historyOf(told(...before)(NOON - MINUTE), now), NOON);
    expect(end === null ? null : Math.round(end)).toBe(expected === null ? null : Math.round(expected));
  });
});

it('is told by a page that was just opened, from what the gateway saw before', () => {
  const quota = { name: 'tokens', limit: 1_000, remaining: 100, resetsAt: null, seenAt: NOON };
  const key = (more: object) => sampleKey({ id: 'k', quota: [{ ...quota, ...more }] });
  const end = (more: object) => {
    const provider = sampleProvider({ id: 'p', keys: [key(more)] });
    return firstToEnd('p', key(more), withSamples(new Map(), [provider]), NOON);
  };
  expect(end({ since: { at: NOON - 10 * MINUTE, remaining: 200 } })).toEqual({
    name: 'tokens',
    at: NOON + 10 * MINUTE,
  });
  expect(end({})).toBeNull();
});
