import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PriceRates, PriceTier } from '../../contract/log/cost.ts';
import type { TokenCounts } from '../../contract/log/row.ts';
import { attemptCost, costOf } from './cost.ts';
import { FREE, type PriceSheet } from './price-sheet.ts';
import type { UsageDetails } from './usage.ts';

/** A model of Anthropic's: 3 in, 15 out, 0.30 from the cache, 3.75 into it, 6 for an hour. */
const SONNET: PriceRates = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75, cacheWriteHour: 6 };
const LONG: PriceTier = {
  fromTokens: 200_001,
  input: 6,
  output: 22.5,
  cacheRead: 0.6,
  cacheWrite: 7.5,
  cacheWriteHour: 12,
};
const sheet = (base: Partial<PriceRates> = {}, more: Partial<PriceSheet> = {}): PriceSheet => ({
  source: 'catalogue',
  asOf: '2026-09-23',
  name: 'acme/one',
  periods: [{ when: null, base: { ...SONNET, ...base }, tiers: [] }],
  factors: {},
  ...more,
});
const tiered = sheet({}, { periods: [{ when: null, base: SONNET, tiers: [LONG] }] });
const counts = (more: Partial<TokenCounts> = {}): TokenCounts => ({
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  output: 0,
  reasoning: 0,
  ...more,
});
const cost = (of: PriceSheet | null, tokens: TokenCounts | null, details?: UsageDetails, at = 0) =>
  attemptCost({ tokens, details, reported: undefined, at }, of);

/** Pico-dollars of one dollar. */
const DOLLAR = 1e12;

describe('the cost of an answer, worked out by hand', () => {
  it.each<readonly [string, PriceSheet, TokenCounts, UsageDetails | undefined, number | null]>([
    ['of nothing', sheet(), counts(), undefined, 0],
    ['of a million tokens read', sheet(), counts({ input: 1_000_000 }), undefined, 3 * DOLLAR],
    ['of one token written', sheet(), counts({ output: 1 }), undefined, 15e6],
    ['of one token of the cheapest', sheet({ input: 0.000001 }), counts({ input: 1 }), undefined, 1],
    // 1,000 x 3 + 8,000 x 0.30 + 1,000 x 3.75 + 500 x 15 = 16,650 per million
    [
      'of cached parts, which input counts',
      sheet(),
      counts({ input: 10_000, cacheRead: 8_000, cacheWrite: 1_000, output: 500 }),
      undefined,
      16_650e6,
    ],
    // 1,000 x 3 + 600 x 3.75 + 400 x 6 = 7,650 per million
    [
      'of writing to the cache for five minutes and for an hour',
      sheet(),
      counts({ input: 2_000, cacheWrite: 1_000 }),
      { cacheWriteHour: 400 },
      0.00765 * DOLLAR,
    ],
    [
      'of cached parts without prices of their own',
      sheet({ cacheRead: null, cacheWrite: null }),
      counts({ input: 100, cacheRead: 60, cacheWrite: 30 }),
      undefined,
      300e6,
    ],
    ['of reasoning, which output counts', sheet(), counts({ output: 2, reasoning: 1 }), undefined, 30e6],
    // 1,000 x 15 + 9,000 x 3 = 42,000 per million
    [
      'of reasoning with a price of its own',
      sheet({ reasoning: 3 }),
      counts({ output: 10_000, reasoning: 9_000 }),
      undefined,
      0.042 * DOLLAR,
    ],
    // 700 x 3 + 200 x 30 + 100 x 1 + 50 x 15 + 50 x 60 = 11,950 per million
    [
      'of sound, heard, heard from the cache and spoken',
      sheet({ audioInput: 30, audioCacheRead: 1, audioOutput: 60 }),
      counts({ input: 1_000, cacheRead: 100, output: 100 }),
      { audioInput: 300, audioCacheRead: 100, audioOutput: 50 },
      0.01195 * DOLLAR,
    ],
    ['of sound that costs what text does', sheet(), counts({ input: 10 }), { audioInput: 10 }, 30e6],
    ['of three searches', sheet({ webSearch: 10_000 }), counts({ input: 1 }), { webSearches: 3 }, 30_003e6],
    ['of asking at all', sheet({ request: 5_000 }), counts({ output: 1 }), undefined, 5_015e6],
    // 200,000 x 3 and 200,001 x 6, each with 1,000 written
    [
      'of the longest short prompt',
      tiered,
      counts({ input: 200_000, output: 1_000 }),
      undefined,
      0.615 * DOLLAR,
    ],
    [
      'of the shortest long prompt, all of it at the price of long ones',
      tiered,
      counts({ input: 200_001, output: 1_000 }),
      undefined,
      1.222506 * DOLLAR,
    ],
    // 50,000 x 6 + 190,000 x 0.60 + 10,000 x 12 + 2,000 x 22.5 = 579,000 per million
    [
      'of a long prompt that is mostly cached: cached tokens make it long too',
      tiered,
      counts({ input: 250_000, cacheRead: 190_000, cacheWrite: 10_000, output: 2_000 }),
      { cacheWriteHour: 10_000 },
      0.579 * DOLLAR,
    ],
    [
      'of a batch, half of it all',
      sheet({}, { factors: { batch: 0.5 } }),
      counts({ input: 1_000, output: 100 }),
      { serviceTier: 'batch' },
      0.00225 * DOLLAR,
    ],
    [
      'of what was served quicker, in one country',
      sheet({}, { factors: { fast: 6, us: 1.1 } }),
      counts({ input: 1_000, output: 100 }),
      { surcharges: ['fast', 'us'] },
      0.0297 * DOLLAR,
    ],
    [
      'without a price for what was written',
      sheet({ output: null }),
      counts({ input: 1, output: 1 }),
      undefined,
      null,
    ],
    ['without a price that is not needed', sheet({ output: null }), counts({ input: 1 }), undefined, 3e6],
    [
      'of more than whole numbers hold',
      sheet(),
      counts({ output: 1_000_000_003 }),
      undefined,
      15_000_000_045e6,
    ],
    ['of what costs nothing', sheet({ input: 0, output: 0 }), counts({ input: 5, output: 5 }), undefined, 0],
    ['of what runs here', FREE, counts({ input: 5, output: 5 }), undefined, 0],
  ])('%s', (_, of, tokens, details, expected) => {
    const { pico, lines } = cost(of, tokens, details);
    expect(pico).toBe(expected);
    if (pico !== null) expect(lines.reduce((sum, line) => sum + line.pico, 0)).toBe(pico);
  });

  it('parts add up exactly', () => {
    const count = fc.nat(1_000_000);
    fc.assert(
      fc.property(count, count, (one, other) => {
        const of = (input: number): number => cost(sheet({ input: 0.1 }), counts({ input })).pico ?? -1;
        return of(one) + of(other) === of(one + other);
      }),
    );
  });

  it('counts that contradict each other are never counted twice, nor below nothing', () => {
    const count = fc.nat(1_000);
    const tokens = fc.record({
      input: count,
      cacheRead: count,
      cacheWrite: count,
      output: count,
      reasoning: count,
    });
    const details = fc.record({
      cacheWriteHour: count,
      audioInput: count,
      audioCacheRead: count,
      audioOutput: count,
    });
    const one = sheet({ ...SONNET, reasoning: 15, audioInput: 3, audioCacheRead: 0.3, audioOutput: 15 });
    fc.assert(
      fc.property(tokens, details, (counted, more) => {
        const { lines } = cost(one, counted, more);
        const read = lines.filter(({ what }) => !/output|reasoning/.test(what));
        const most = Math.max(counted.input, counted.cacheRead + counted.cacheWrite);
        expect(read.reduce((sum, line) => sum + line.tokens, 0)).toBe(most);
        expect(lines.every((line) => line.tokens > 0)).toBe(true);
        const written = lines.filter((line) => !read.includes(line));
        expect(written.reduce((sum, line) => sum + line.tokens, 0)).toBe(counted.output);
      }),
    );
  });
});

describe('what stands with the sum', () => {
  it('the row as it was used, and its lines', () => {
    expect(cost(tiered, counts({ input: 300_000, cacheRead: 100_000 }))).toEqual({
      pico: 1.26 * DOLLAR,
      price: { ...LONG, source: 'catalogue', asOf: '2026-09-23', name: 'acme/one', factor: 1 },
      lines: [
        { what: 'input', tokens: 200_000, rate: 6, pico: 1.2 * DOLLAR },
        { what: 'cache-read', tokens: 100_000, rate: 0.6, pico: 0.06 * DOLLAR },
      ],
      reported: null,
    });
  });

  it('nothing is known of an unknown price but what the provider says', () => {
    const counted = { tokens: counts({ input: 1 }), details: undefined, reported: 0.000837, at: 0 };
    expect(attemptCost(counted, null)).toEqual({ pico: null, price: null, lines: [], reported: 837e6 });
  });

  it('a tier of service that no source prices is told, and the usual price taken', () => {
    expect(cost(sheet(), counts({ input: 1 }), { serviceTier: 'priority' })).toMatchObject({
      pico: 3e6,
      notes: [{ code: 'service-tier', detail: 'priority' }],
    });
    expect(cost(sheet(), counts({ input: 1 }), { serviceTier: 'default' }).notes).toBeUndefined();
    expect(cost(sheet(), counts({ input: 1 }), { serviceTier: 'x', surcharges: ['fast'] }).notes).toEqual([
      { code: 'service-tier', detail: 'x' },
      { code: 'service-tier', detail: 'fast' },
    ]);
    expect(cost(sheet(), counts({ input: 1 }), { serviceTier: 'constructor' }).pico).toBe(3e6);
  });

  it('tokens that nobody counted', () => {
    expect(cost(sheet(), null)).toMatchObject({ pico: null, lines: [], notes: [{ code: 'no-counts' }] });
  });
});

describe('prices that change with time', () => {
  const at = (hours: number, minutes = 0): number => Date.UTC(2026, 8, 1, hours, minutes);
  const base = (input: number): PriceRates => ({ ...SONNET, input });
  const changing = sheet(
    {},
    {
      periods: [
        { when: null, base: base(1), tiers: [] },
        { when: { kind: 'since', from: Date.UTC(2026, 7, 17) }, base: base(2), tiers: [] },
        { when: { kind: 'daily', from: 3_600, until: 14_400 }, base: base(4), tiers: [] },
        { when: { kind: 'daily', from: 79_200, until: 1_800 }, base: base(8), tiers: [] },
      ],
    },
  );
  it.each([
    ['before the day', Date.UTC(2026, 7, 16, 12), 1],
    ['on the day', Date.UTC(2026, 7, 17), 1 * 8],
    ['after it', at(12), 2],
    ['when the dear hours begin', at(1), 4],
    ['just before they end', at(3, 59), 4],
    ['when they end', at(4), 2],
    ['before midnight', at(23), 8],
    ['after midnight', at(0, 29), 8],
    ['at the end of those', at(0, 30), 2],
  ])('%s', (_, wall, dollars) => {
    expect(cost(changing, counts({ input: 1 }), undefined, wall).pico).toBe(dollars * 1e6);
  });
});

describe('the cost of a request', () => {
  const ours = cost(sheet(), counts({ input: 1 }));
  it.each([
    ['is ours', ours, 3e6],
    ['is the provider’s where it says one', { ...ours, reported: 5 }, 5],
    ['is not known', { ...ours, pico: null }, null],
    [
      'counts what failed before',
      { ...ours, earlier: [{ ...ours, reported: 7, provider: 'a', model: 'b' }] },
      3_000_007,
    ],
    [
      'is not known where that is not',
      { ...ours, earlier: [{ ...ours, pico: null, provider: 'a', model: 'b' }] },
      null,
    ],
  ])('%s', (_, of, expected) => expect(costOf(of)).toBe(expected));
});

describe('a figure that cannot be meant', () => {
  const reportedAs = (reported: number) => attemptCost({ tokens: null, details: {}, reported, at: 0 }, null);

  it.each([1e7, 1e300, Number.MAX_VALUE])('is not known where a provider says %d dollars', (dollars) => {
    const said = reportedAs(dollars);
    expect(said.reported).toBeNull();
    expect(costOf(said)).toBeNull();
  });

  it.each([1e15, Number.MAX_VALUE])('is not known where %d tokens are counted', (output) => {
    expect(cost(sheet(), counts({ output })).pico).toBeNull();
  });

  it('is not where thousands of dollars are', () => {
    expect(costOf(reportedAs(20_000))).toBe(20_000 * DOLLAR);
  });
});
