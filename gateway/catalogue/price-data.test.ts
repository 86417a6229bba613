import { waitForUpdate } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { expressionsIn, readPriceData, type BookProvider } from './price-data.ts';

const model = (prices: unknown, match: unknown = { equals: 'one' }): unknown => ({
  id: 'one',
  match,
  prices,
});
const provider = (id: string, models: readonly unknown[] = [model({ input_mtok: 1 })]): unknown => ({
  id,
  name: id,
  api_pattern: `https://api\\.${id}\\.example`,
  models,
});
const whole = (first: unknown): unknown => [
  first,
  ...['anthropic', 'google', 'openrouter'].map((id) => provider(id)),
];
const withPrices = (prices: unknown): unknown => whole(provider('openai', [model(prices)]));
const withMatch = (match: unknown): unknown => whole(provider('openai', [model({ input_mtok: 1 }, match)]));
const timed = (constraint: unknown): unknown => withPrices([{ constraint, prices: { input_mtok: 1 } }]);

function nested(depth: number): unknown {
  let match: unknown = { equals: 'one' };
  for (let level = 0; level < depth; level += 1) match = { or: [match] };
  return match;
}

describe('data that came over the network', () => {
  it('is taken as it ships, and through JSON', async () => {
    const bundled = (await waitForUpdate()) ?? [];
    const read = readPriceData(JSON.parse(JSON.stringify(bundled)), 1_694);
    expect(read.ok && read.providers.length).toBe(bundled.length);
  });

  it.each([
    ['plain prices', withPrices({ input_mtok: 1, output_mtok: 0 })],
    ['prices nobody knows yet', withPrices({ input_mtok: 1, dream_mtok: 2 })],
    ['steps', withPrices({ input_mtok: { base: 1, tiers: [{ start: 200_000, price: 2 }] } })],
    ['a day', timed({ start_date: '2026-08-17' })],
    ['hours', timed({ start_time: '16:30:00Z', end_time: '00:30:00+02:00', type: 'time_of_date' })],
    ['conditions in conditions', withMatch({ and: [{ or: [{ contains: 'a' }] }, { regex: '^a' }] })],
  ])('takes %s', (_, data) => expect(readPriceData(data, 0).ok).toBe(true));

  it.each([
    ['no list', { providers: [] }],
    ['nothing', []],
    ['null', null],
    ['a price below nothing', withPrices({ input_mtok: -1 })],
    ['a price nobody would pay', withPrices({ input_mtok: 1e6 })],
    ['a price that is a text', withPrices({ input_mtok: '1' })],
    ['a price that is no number', withPrices({ input_mtok: null })],
    ['a step that begins nowhere', withPrices({ input_mtok: { base: 1, tiers: [{ start: -1, price: 2 }] } })],
    ['a day that is none', timed({ start_date: '2026-13-45' })],
    ['an hour that is none', timed({ start_time: '25:00:00Z', end_time: '01:00:00Z' })],
    ['a time nobody knows', timed({ moon: 'full' })],
    ['no prices at all', withPrices([])],
    ['a condition nobody knows', withMatch({ sounds_like: 'one' })],
    ['conditions deeper than anybody reads', withMatch(nested(50_000))],
    ['a provider twice', [whole(provider('openai')), whole(provider('openai'))].flat()],
    ['without one of the large providers', whole(provider('acme'))],
  ])('refuses %s', (_, data) => {
    const read = readPriceData(data, 0);
    expect(read.ok ? 'taken' : read.problem.text).toMatch(/^It .*\.$/);
  });

  it('refuses data that lost most models', () => {
    const data = whole(provider('openai'));
    expect(readPriceData(data, 5).ok).toBe(true);
    expect(readPriceData(data, 100)).toMatchObject({
      ok: false,
      problem: { text: expect.stringContaining('only 4') },
    });
  });
});

it('expressions are found wherever they stand', () => {
  const one: BookProvider = {
    id: 'acme',
    api_pattern: 'https://acme',
    models: [
      { id: 'a', match: { or: [{ regex: '^a' }, { and: [{ regex: 'b$' }] }] }, prices: {} },
      { id: 'c', match: { contains: 'c' }, prices: {} },
    ],
  };
  expect([...expressionsIn([one])]).toEqual(['^(?:https://acme)', '^a', 'b$']);
});
