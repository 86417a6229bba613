/** Model lists and token counts, asked for with each official SDK. */
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../../contract/config/provider.ts';
import { MODELS } from '../testing/dialect-upstreams/start.ts';
import { startBench, stopBench, type Bench } from '../testing/sdk-cells/bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => stopBench(bench));

const KEY = 'sk-client-000000000000000000005678';
const openai = (): OpenAI => new OpenAI({ baseURL: `${bench.gateway.url}/v1`, apiKey: KEY, maxRetries: 0 });
const anthropic = (): Anthropic => new Anthropic({ baseURL: bench.gateway.url, apiKey: KEY, maxRetries: 0 });
const google = (): GoogleGenAI =>
  new GoogleGenAI({ apiKey: KEY, httpOptions: { baseUrl: bench.gateway.url } });

const offered = DIALECTS.map((dialect) => `${dialect}/${MODELS[dialect]}`);

describe('models', () => {
  it('OpenAI', async () => {
    const ids: string[] = [];
    for await (const { id } of openai().models.list()) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(offered));
    for (const id of [offered[0] ?? '', MODELS['openai-chat']])
      expect((await openai().models.retrieve(id)).id).toBe(id);
    await expect(openai().models.retrieve('nope')).rejects.toMatchObject({ status: 404 });
  });

  it('Anthropic', async () => {
    const ids: string[] = [];
    for await (const { id } of anthropic().models.list({ limit: 1_000 })) ids.push(id);
    expect(ids).toEqual(expect.arrayContaining(offered));
    const short = 'claude-opus-4-6';
    for (const id of [`anthropic-messages/${short}`, short])
      expect((await anthropic().models.retrieve(id)).id).toBe(id);
    await expect(anthropic().models.retrieve('nope')).rejects.toMatchObject({ status: 404 });
  });

  it('Google', async () => {
    const names: (string | undefined)[] = [];
    for await (const { name } of await google().models.list()) names.push(name);
    expect(names).toEqual(expect.arrayContaining(offered.map((id) => `models/${id}`)));
    const got = await google().models.get({ model: MODELS.gemini });
    expect(got.name).toBe(`models/${MODELS.gemini}`);
    await expect(google().models.get({ model: 'nope' })).rejects.toMatchObject({ status: 404 });
  });
});

describe.each(DIALECTS)('tokens of a request to %s', (to) => {
  const model = `${to}/${MODELS[to]}`;
  const text = 'How many tokens are these few words, roughly speaking?';

  it('OpenAI', async () => {
    expect((await openai().responses.inputTokens.count({ model, input: text })).input_tokens).toBeGreaterThan(
      5,
    );
  });

  it('Anthropic', async () => {
    const counted = await anthropic().messages.countTokens({
      model,
      messages: [{ role: 'user', content: text }],
    });
    expect(counted.input_tokens).toBeGreaterThan(5);
  });

  it('Google', async () => {
    expect((await google().models.countTokens({ model, contents: text })).totalTokens).toBeGreaterThan(5);
  });
});
