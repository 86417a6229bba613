/** What the user interface is told of dialects and addresses, and what it may write. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFakeUpstream } from '../testing/fake-upstream.ts';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway('');
});
afterAll(() => gateway.stop());

const add = (input: object) => gateway.call('providers.add', input);
/** Adds it, looks at it and takes it away again. */
async function addressesOf(input: {
  readonly id: string;
  readonly dialect?: string;
  readonly baseUrl?: string;
}): Promise<unknown> {
  const { handlers } = gateway.gateway.control;
  const answer = await add(input);
  if (!answer.ok) return answer.error;
  const added = (await handlers['providers.list']({})).at(-1);
  await handlers['providers.remove']({ id: input.id });
  return added?.endpoints.map(({ dialect, finalUrl }) => `${dialect} ${finalUrl}`);
}

describe('a provider at any address', () => {
  const GEMINI = 'https://a.example/v1beta/models/MODEL:streamGenerateContent?alt=sse';
  it.each([
    ['openai-chat', 'https://a.example/v1', 'https://a.example/v1/chat/completions'],
    ['openai-chat', 'https://a.example/v1/chat/completions', 'https://a.example/v1/chat/completions'],
    ['openai-responses', 'https://a.example/v1/', 'https://a.example/v1/responses'],
    ['anthropic-messages', 'https://a.example', 'https://a.example/v1/messages'],
    ['anthropic-messages', 'https://a.example/v1', 'https://a.example/v1/messages'],
    ['anthropic-messages', 'https://a.example/v1/messages', 'https://a.example/v1/messages'],
    ['openai-chat', 'https://a.example/odd/#', 'https://a.example/odd/'],
    ['anthropic-messages', 'https://a.example/ask#', 'https://a.example/ask'],
    ['gemini', 'https://a.example', GEMINI],
    ['gemini', 'https://a.example/v1beta', GEMINI],
    ['gemini', 'https://a.example/v1beta/models/gemini-pro:generateContent', GEMINI],
  ])('in %s at %s is called at %s', async (dialect, baseUrl, finalUrl) =>
    expect(await addressesOf({ id: 'mine', dialect, baseUrl })).toEqual([`${dialect} ${finalUrl}`]),
  );
});

it('an address with # at its end is called as it is, and has neither list nor other calls', async () => {
  const upstream = await startFakeUpstream({ scriptLists: true });
  upstream.script((request) =>
    request.json(200, {
      id: 'x',
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }],
    }),
  );
  const baseUrl = `${upstream.url}/odd/place/#`;
  expect(
    await add({ id: 'exact', dialect: 'openai-chat', baseUrl, allowPrivateNetwork: true }),
  ).toMatchObject({ ok: true, data: { baseUrl } });
  const post = (path: string, body: object) =>
    fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'exact/m', ...body }),
    });
  expect((await post('/v1/chat/completions', { messages: [] })).status).toBe(200);
  expect((await post('/v1/embeddings', { input: 'a' })).ok).toBe(false);
  expect(upstream.requests.map(({ path }) => path)).toEqual(['/v1/odd/place/']);

  // The same address written again has not moved.
  const { handlers } = gateway.gateway.control;
  await handlers['keys.add']({
    provider: 'exact',
    value: 'sk-test-exact-00000000004444',
    label: '',
    weight: 1,
    rpm: 0,
    tpm: 0,
    maxConcurrency: 0,
  });
  expect((await handlers['providers.update']({ id: 'exact', baseUrl })).keys).toHaveLength(1);
  await handlers['providers.remove']({ id: 'exact' });
  await upstream.close();
});

describe('a built-in provider', () => {
  it('is shown with every dialect and where each is called', async () => {
    expect(await addressesOf({ id: 'openrouter' })).toEqual([
      'openai-chat https://openrouter.ai/api/v1/chat/completions',
      'openai-responses https://openrouter.ai/api/v1/responses',
      'anthropic-messages https://openrouter.ai/api/v1/messages',
    ]);
  });

  it('moves with all that lies at one place', async () => {
    expect(await addressesOf({ id: 'openrouter', baseUrl: 'https://proxy.example/or/v1' })).toEqual([
      'openai-chat https://proxy.example/or/v1/chat/completions',
      'openai-responses https://proxy.example/or/v1/responses',
      'anthropic-messages https://proxy.example/or/v1/messages',
    ]);
  });

  it('moves without what lies elsewhere', async () => {
    expect(await addressesOf({ id: 'deepseek', baseUrl: 'https://proxy.example/v1' })).toEqual([
      'openai-chat https://proxy.example/v1/chat/completions',
    ]);
  });

  it('is spoken to in the one dialect that is asked for', async () => {
    expect(
      await addressesOf({ id: 'anthropic', dialect: 'openai-chat', baseUrl: 'https://api.anthropic.com/v1' }),
    ).toEqual(['openai-chat https://api.anthropic.com/v1/chat/completions']);
  });

  it('of which only the user knows the address is asked for it', async () => {
    expect(await add({ id: 'azure-openai' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input', field: 'baseUrl', message: expect.stringContaining('Azure OpenAI') },
    });
    expect(
      await addressesOf({ id: 'azure-openai', baseUrl: 'https://mine.openai.azure.com/openai/v1' }),
    ).toEqual([
      'openai-chat https://mine.openai.azure.com/openai/v1/chat/completions',
      'openai-responses https://mine.openai.azure.com/openai/v1/responses',
    ]);
  });
});

it('templates are all but the one for any address, and say what they need', async () => {
  const templates = await gateway.gateway.control.handlers['providers.templates']({});
  expect(templates).toHaveLength(21);
  expect(templates.map(({ id }) => id)).not.toContain('custom');
  const needing = templates.filter(({ addressExample }) => addressExample !== null);
  expect(needing.map(({ id }) => id)).toEqual(['azure-openai', 'vllm']);
  expect(needing.flatMap(({ endpoints }) => endpoints.map(({ finalUrl }) => finalUrl)).join('')).toBe('');
});
