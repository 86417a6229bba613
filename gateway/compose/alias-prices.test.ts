import { expect, it } from 'vitest';
import { configSchema } from '../../contract/config/schema.ts';
import { buildRuntime } from '../runtime.ts';
import { createKeyRing } from '../state/key-ring.ts';
import { createMemorySecrets } from '../state/memory-secrets.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { FREE, sheetOf, type PriceSheet } from '../core/price-sheet.ts';
import { createAliasPrices } from './alias-prices.ts';

const logger = { debug() {}, info() {}, warn() {}, error() {} };
const config = configSchema.parse({
  providers: [
    { id: 'openai', models: ['a', 'b'], keys: [{ id: 'k', value: 'sk-0000000000001111' }] },
    { id: 'ollama', models: ['own'] },
  ],
  models: [
    { id: 'cheap', strategy: 'cheapest', targets: [{ model: 'openai/a' }, { model: 'ollama/own' }] },
    { id: 'other', targets: [{ model: 'openai/b' }] },
  ],
});
const ring = createKeyRing({
  store: createMemorySecrets(),
  clock: createSteppedClock(),
  logger,
  keys: () => [],
});
const snapshot = buildRuntime({ config, ring, memoryKeys: new Map(), lists: new Map(), demoUpstream: null });
const price = (input: number): PriceSheet =>
  sheetOf(
    { input, output: input, cacheRead: null, cacheWrite: null, source: 'catalogue', tiered: false },
    'a',
    null,
  );

it('looks up what aliases choose by, and nothing else', async () => {
  const asked: string[] = [];
  const prices = createAliasPrices(
    ({ id }, model) => {
      asked.push(`${id}/${model}`);
      return Promise.resolve(id === 'openai' ? price(2) : FREE);
    },
    () => snapshot,
  );
  expect(prices.of({ provider: 'openai', model: 'a' })).toBeUndefined();
  await prices.refresh();
  expect(asked).toEqual(['openai/a', 'ollama/own']);
  expect(prices.of({ provider: 'openai', model: 'a' })).toEqual(price(2));
  expect(prices.of({ provider: 'ollama', model: 'own' })).toBe(FREE);
});

it('does without the price of a model that cannot be looked up', async () => {
  const prices = createAliasPrices(
    () => Promise.reject(new Error('no catalogue')),
    () => snapshot,
  );
  await prices.refresh();
  expect(prices.of({ provider: 'openai', model: 'a' })).toBeUndefined();
});

it('keeps the prices of the latest configuration, whichever look-up ends last', async () => {
  const waiting: ((price: PriceSheet) => void)[] = [];
  const prices = createAliasPrices(
    ({ id }) => (id === 'ollama' ? Promise.resolve(null) : new Promise((resolve) => waiting.push(resolve))),
    () => snapshot,
  );
  const first = prices.refresh();
  const second = prices.refresh();
  waiting[1]?.(price(2));
  await second;
  waiting[0]?.(price(1));
  await first;
  expect(prices.of({ provider: 'openai', model: 'a' })).toEqual(price(2));
});
