import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { describe, expect, it } from 'vitest';
import { mergeFacts } from '../catalogue/merge-facts.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { loadBundledPrices, PRICES_VERSION } from './bundled-prices.ts';
import { createCatalogueData, type CatalogueData } from './catalogue-data.ts';

const bundled = loadBundledPrices();
const open = (clock = createSteppedClock()): CatalogueData =>
  createCatalogueData(clock, () => bundled.then(({ book }) => book));

async function look(address: string, ...models: readonly string[]) {
  const data = open();
  await data.prepare([{ addresses: [address], models }]);
  return models.map((model) => mergeFacts(data.facts([address], model)));
}

describe('the bundled catalogues', () => {
  it('know a model of a known address: price, context, capabilities', async () => {
    const [facts] = await look('https://api.openai.com/v1', 'gpt-5');
    expect(facts).toMatchObject({
      name: 'GPT-5',
      contextTokens: 400_000,
      maxOutputTokens: 128_000,
      price: { input: 1.25, output: 10, cacheRead: 0.125, source: 'catalogue', tiered: false },
    });
    expect(facts?.capabilities).toContain('tools');
  });

  it('mark prices that rise with the prompt', async () => {
    const [facts] = await look(
      'https://generativelanguage.googleapis.com/v1beta/openai',
      'models/gemini-2.5-pro',
    );
    expect(facts?.price).toMatchObject({ input: 1.25, tiered: true });
  });

  it.each([
    ['https://generativelanguage.googleapis.com', 'gemini-2.5-pro', { flex: 0.5, batch: 0.5, priority: 1.8 }],
    ['https://api.anthropic.com', 'claude-opus-4-6-20260205', { batch: 0.5, us: 1.1, fast: 6 }],
    ['https://api.anthropic.com', 'claude-opus-5', { batch: 0.5, us: 1.1, fast: 2 }],
    ['https://api.anthropic.com', 'claude-sonnet-5', { batch: 0.5, us: 1.1 }],
  ])('know what tiers of service cost: %s, %s', async (address, model, factors) => {
    expect((await open().sheet([address], model))?.factors).toEqual(factors);
  });

  it('know nothing of an unknown address or model: not free, not known', async () => {
    const [local] = await look('http://localhost:11434/v1', 'gpt-5');
    expect(local).toMatchObject({ price: null, contextTokens: null, capabilities: null });
    const [unknown] = await look('https://api.openai.com/v1', 'no-such-model');
    expect(unknown?.price).toBeNull();
    const [free] = await look('https://openrouter.ai/api/v1', 'deepseek/deepseek-chat-v3-0324:free');
    expect(free?.price).toBeNull();
  });

  it('know providers by more addresses than the price book', async () => {
    const [facts] = await look('https://api.together.ai/v1', 'meta-llama/Llama-3.3-70B-Instruct-Turbo');
    expect(facts?.price).not.toBeNull();
  });

  it('name the models of a provider that lists none', async () => {
    const data = open();
    const names = (await data.names('https://api.z.ai/api/paas/v4')).map(({ id }) => id);
    expect(names).toContain('glm-4.5-air');
    expect(await data.names('https://nobody.example/v1')).toEqual([]);
  });

  it('know nothing before they are asked to prepare', () => {
    const data = open();
    expect(data.facts(['https://api.openai.com/v1'], 'gpt-5')).toEqual([]);
  });

  it('take prices anew after an hour', async () => {
    const clock = createSteppedClock(Date.UTC(2025, 0, 1));
    const data = open(clock);
    const addresses = ['https://api.openai.com/v1'];
    await data.prepare([{ addresses, models: ['gpt-5'] }]);
    const before = data.facts(addresses, 'gpt-5');
    await data.prepare([{ addresses, models: ['gpt-5'] }]);
    expect(data.facts(addresses, 'gpt-5')).toBe(before);
    clock.step(3_600_001);
    await data.prepare([{ addresses, models: ['gpt-5'] }]);
    expect(data.facts(addresses, 'gpt-5')).not.toBe(before);
  });

  it('are of the version whose day is told', async () => {
    const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(text));
    expect(dependencies['@pydantic/genai-prices']).toBe(PRICES_VERSION);
  });
});
