import { calcPrice, waitForUpdate } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { periodAt } from '../core/price-sheet.ts';
import { openPriceBook } from './price-book.ts';
import { expressionsIn, type BookProvider } from './price-data.ts';

const DAY = '2026-09-23';
const bundled = waitForUpdate().then((data) => data ?? []);

const provider = (more: Partial<BookProvider> = {}): BookProvider => ({
  id: 'acme',
  api_pattern: 'https://api\\.acme\\.example',
  models: [{ id: 'one', match: { equals: 'one' }, prices: { input_mtok: 1, output_mtok: 2 } }],
  ...more,
});

describe('the price book', () => {
  it('finds what the package itself finds, of every model and name in its data', async () => {
    const data = await bundled;
    const book = openPriceBook(data, DAY, expressionsIn(data));
    const names = [
      ...new Set(data.flatMap(({ models }) => models.map(({ id }) => id))),
      'gpt-5-mini-2026-03-01',
      'claude-opus-5-20260801',
      'GPT-4o',
      'no-such-model',
    ];
    const timestamp = new Date(Date.UTC(2026, 8, 23, 2));
    let compared = 0;
    for (const { id, models } of data) {
      const own = new Set(models.map((model) => model.id));
      for (const name of names.filter((one, index) => own.has(one) || index % 29 === id.length)) {
        const theirs = calcPrice({}, name, { providerId: id, timestamp });
        const ours = book.find(id, name);
        const row = theirs?.model_price;
        const whole = typeof row?.['input_mtok'] === 'number' || typeof row?.['output_mtok'] === 'number';
        if (whole) compared += 1;
        expect(`${id} ${name}: ${ours !== undefined}`).toBe(`${id} ${name}: ${theirs !== null}`);
        if (!whole || ours?.sheet === undefined || ours.sheet === null) continue;
        const { base } = periodAt(ours.sheet, timestamp.getTime());
        const { input_mtok: input, output_mtok: output } = row;
        if (typeof input === 'number') expect(base.input).toBeCloseTo(input, 6);
        if (typeof output === 'number') expect(base.output).toBeCloseTo(output, 6);
      }
    }
    expect(compared).toBeGreaterThan(1_000);
  });

  it('knows providers by their address', async () => {
    const data = await bundled;
    const book = openPriceBook(data, DAY, expressionsIn(data));
    expect(book.providerAt('https://api.openai.com/v1')).toBe('openai');
    expect(book.providerAt('https://openrouter.ai/api/v1')).toBe('openrouter');
    expect(book.providerAt('http://localhost:11434')).toBeUndefined();
  });

  it('falls back on the providers whose models one serves too', () => {
    const maker = provider({ id: 'maker', models: provider().models });
    const book = openPriceBook(
      [provider({ models: [], fallback_model_providers: ['maker'] }), maker],
      DAY,
      new Set(),
    );
    expect(book.find('acme', 'ONE')?.sheet).toMatchObject({ name: 'acme/one', asOf: DAY });
  });

  it('runs expressions that came over the network only where they cannot take long', () => {
    const models = (regex: string): BookProvider['models'] => [
      { id: 'one', match: { regex }, prices: { input_mtok: 1 } },
    ];
    const find = (regex: string, name: string, trusted: readonly string[] = []) =>
      openPriceBook([provider({ models: models(regex) })], DAY, new Set(trusted)).find('acme', name)?.name;
    expect(find('^gpt-5-\\d{4}$', 'gpt-5-2026')).toBeNull();
    expect(find('^gpt-5-\\d{4}$', 'gpt-5-x')).toBeUndefined();
    // A backtracking engine would not come back from this one.
    expect(find('^(?:a+)+$', `${'a'.repeat(200)}b`)).toBeUndefined();
    expect(find('^(?!x)one$', 'one')).toBeUndefined();
    expect(find('^(?!x)one$', 'one', ['^(?!x)one$'])).toBeNull();
  });

  it('prices nothing by a row without a price of text', () => {
    const models = [{ id: 'one', match: { equals: 'one' }, prices: { audio_hours: 1 } }];
    const book = openPriceBook([provider({ models })], DAY, new Set());
    expect(book.find('acme', 'one')?.sheet).toBeNull();
  });
});
