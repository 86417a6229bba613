/** Counting tokens against a whole gateway and an upstream that does what the test says. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isObject, parseJson, type JsonObject } from '../core/json.ts';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, KEY_TWO, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.stop();
  await upstream.close();
});

/** @param id a provider's own id, so that its endpoints are known */
async function start(id: string, keys: readonly string[] = [KEY_ONE]): Promise<TestGateway> {
  const base = id === 'openai' || id === 'groq' ? upstream.url : upstream.url.replace(/\/v1$/, '');
  const list = keys.map((value, index) => `{ id: k${index + 1}, value: ${value} }`).join(', ');
  gateway = await startTestGateway(
    `providers:\n  - { id: ${id}, base_url: "${base}", allow_private_network: true, models: [real], keys: [${list}] }\nmodels:\n  - { id: asked, targets: [{ model: ${id}/real }] }\n`,
  );
  return gateway;
}

const post = (of: TestGateway, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${of.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const bodyOf = (request: { readonly body: Buffer } | undefined): JsonObject => {
  const value = parseJson(request?.body.toString() ?? '');
  return isObject(value) ? value : {};
};
const said = (count: number): Promise<void> =>
  expect
    .poll(() => upstream.requests.length)
    .toBe(count)
    .then(() => undefined);

const ANTHROPIC = { model: 'asked', messages: [{ role: 'user', content: 'hello world' }] };
const COUNT_TOKENS = '/v1/messages/count_tokens';

describe('a provider of the client’s own format', () => {
  it('is asked with the client’s own bytes, and its answer goes back as it is', async () => {
    const of = await start('anthropic');
    upstream.script((asked) => asked.json(200, { input_tokens: 42, extra: true }, { 'request-id': 'r1' }));
    const answer = await post(of, `${COUNT_TOKENS}?beta=true`, ANTHROPIC, { 'anthropic-beta': 'b1' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ input_tokens: 42, extra: true });
    expect(answer.headers.get('x-switchyard-estimate')).toBeNull();
    expect(answer.headers.get('request-id')).toBe('r1');
    const [asked] = upstream.requests;
    expect(asked?.path).toBe(COUNT_TOKENS);
    expect(asked?.headers).toMatchObject({ 'x-api-key': KEY_ONE, 'anthropic-beta': 'b1' });
    expect(asked?.body.toString()).toBe(JSON.stringify({ ...ANTHROPIC, model: 'real' }));
    const [row] = await of.rows(1);
    expect(row).toMatchObject({
      outcome: 'ok',
      provider: 'anthropic',
      path: `${COUNT_TOKENS}?beta=true`,
      tokens: null,
    });
  });

  it('keeps no bodies of it', async () => {
    const of = await start('anthropic');
    upstream.script((asked) => asked.json(200, { input_tokens: 42 }));
    await post(of, COUNT_TOKENS, ANTHROPIC);
    const [row] = await of.rows(1);
    const body = await of.call('requests.body', { id: row?.id, part: 'request' });
    expect(JSON.stringify(body)).not.toContain('hello world');
  });

  it('of Gemini is asked in both forms, the model inside renamed', async () => {
    const of = await start('google');
    upstream.script((asked) => asked.json(200, { totalTokens: 7 }));
    const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
    const plain = await post(of, '/v1beta/models/asked:countTokens', { contents });
    expect(await plain.json()).toEqual({ totalTokens: 7 });
    const inner = { model: 'models/asked', contents };
    await post(of, '/v1beta/models/asked:countTokens', { generateContentRequest: inner });
    expect(upstream.requests.map(({ path }) => path)).toEqual([
      '/v1beta/models/real:countTokens',
      '/v1beta/models/real:countTokens',
    ]);
    expect(bodyOf(upstream.requests[0])).toEqual({ contents });
    expect(bodyOf(upstream.requests[1])).toEqual({
      generateContentRequest: { ...inner, model: 'models/real' },
    });
  });
});

describe('a provider of another format', () => {
  it('is asked in its own words', async () => {
    const of = await start('google');
    upstream.script((asked) => asked.json(200, { totalTokens: 7 }));
    const answer = await post(of, COUNT_TOKENS, { ...ANTHROPIC, system: 'be brief' });
    expect(await answer.json()).toEqual({ input_tokens: 7 });
    expect(answer.headers.get('x-switchyard-estimate')).toBeNull();
    expect(upstream.requests[0]?.path).toBe('/v1beta/models/real:countTokens');
    expect(bodyOf(upstream.requests[0])).toMatchObject({
      generateContentRequest: { model: 'models/real', contents: [{ role: 'user' }] },
    });
  });

  it('of which another endpoint counts is asked there', async () => {
    const of = await start('openai');
    upstream.script((asked) => asked.json(200, { object: 'response.input_tokens', input_tokens: 9 }));
    const answer = await post(of, '/v1beta/models/asked:countTokens', {
      contents: [{ parts: [{ text: 'hi' }] }],
    });
    expect(await answer.json()).toEqual({ totalTokens: 9 });
    expect(upstream.requests[0]?.path).toBe('/v1/responses/input_tokens');
    expect(bodyOf(upstream.requests[0])).toMatchObject({ model: 'real' });
  });
});

describe('an estimate', () => {
  it.each([
    [COUNT_TOKENS, ANTHROPIC, 'input_tokens'],
    ['/v1/responses/input_tokens', { model: 'asked', input: 'hello world' }, 'input_tokens'],
    ['/v1beta/models/asked:countTokens', { contents: [{ parts: [{ text: 'hello world' }] }] }, 'totalTokens'],
    [
      '/v1beta/models/asked:countTokens',
      { generateContentRequest: { model: 'models/asked', contents: [{ parts: [{ text: 'hello world' }] }] } },
      'totalTokens',
    ],
  ])('is made where the provider has no such call: %s', async (path, body, member) => {
    const of = await start('groq');
    const answer = await post(of, path, body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-switchyard-estimate')).toBe('true');
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    // Two words, the frame of the message and that of the answer.
    expect(await answer.json()).toMatchObject({ [member]: 8 });
    expect(upstream.requests).toEqual([]);
    expect((await of.rows(1))[0]).toMatchObject({
      outcome: 'ok',
      status: 200,
      attemptCount: 0,
      tokens: null,
    });
  });

  it.each([
    ['404', 404],
    ['405', 405],
    ['a limit of its own', 429],
    ['an error of its own', 500],
    ['a refusal', 400],
  ])('is made where the provider answers with %s, and chat is not held against it', async (_case, status) => {
    const of = await start('anthropic');
    upstream.script((asked) =>
      asked.json(
        status,
        { type: 'error', error: { type: 'some_error', message: 'no' } },
        { 'retry-after': '60' },
      ),
    );
    for (let round = 1; round <= 4; round += 1) {
      const answer = await post(of, COUNT_TOKENS, ANTHROPIC);
      expect(answer.headers.get('x-switchyard-estimate')).toBe('true');
      expect(await answer.json()).toEqual({ input_tokens: 8 });
      await said(round);
    }
    const [row] = await of.rows(4);
    expect(row).toMatchObject({ outcome: 'ok', attempts: [{ status, cooldown: null, action: 'stop' }] });
  });

  it.each([
    ['breaks', (asked: { reset: () => void }) => asked.reset()],
    [
      'says nothing of use',
      (asked: { json: (status: number, value: unknown) => void }) => asked.json(200, { a: 1 }),
    ],
  ])('is made where the call %s', async (_case, script) => {
    const of = await start('anthropic');
    upstream.script(script);
    const answer = await post(of, COUNT_TOKENS, ANTHROPIC);
    expect(answer.headers.get('x-switchyard-estimate')).toBe('true');
  });

  it('counts tools, system and images', async () => {
    const of = await start('groq');
    const plain = Number(
      bodyOf({ body: Buffer.from(await (await post(of, COUNT_TOKENS, ANTHROPIC)).text()) })['input_tokens'],
    );
    const url = 'https://pictures.example/x.png';
    const more = {
      ...ANTHROPIC,
      system: 'You are brief.',
      tools: [{ name: 'get_weather', description: 'of a city', input_schema: { type: 'object' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'url', url } },
            { type: 'text', text: 'hello world' },
          ],
        },
      ],
    };
    const counted = bodyOf({ body: Buffer.from(await (await post(of, COUNT_TOKENS, more)).text()) })[
      'input_tokens'
    ];
    expect(counted).toBeGreaterThan(plain + 1_600 + 10);
    expect(counted).toBeLessThan(plain + 1_600 + 80);
  });
});

describe('keys', () => {
  it('that are refused make way for the next', async () => {
    const of = await start('anthropic', [KEY_ONE, KEY_TWO]);
    upstream.script((asked) =>
      asked.headers['x-api-key'] === KEY_ONE
        ? asked.json(401, {
            type: 'error',
            error: { type: 'authentication_error', message: 'invalid x-api-key' },
          })
        : asked.json(200, { input_tokens: 5 }),
    );
    const answer = await post(of, COUNT_TOKENS, ANTHROPIC);
    expect(await answer.json()).toEqual({ input_tokens: 5 });
    const [row] = await of.rows(1);
    expect(row?.attempts.at(-1)).toMatchObject({ result: 'ok' });
  });

  it('that are all refused are told, in the client’s own envelope', async () => {
    const of = await start('anthropic');
    upstream.script((asked) =>
      asked.json(401, {
        type: 'error',
        error: { type: 'authentication_error', message: 'invalid x-api-key' },
      }),
    );
    const answer = await post(of, COUNT_TOKENS, ANTHROPIC);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toMatchObject({
      type: 'error',
      error: { message: expect.stringContaining('refused') },
    });
    expect((await of.rows(1))[0]).toMatchObject({ errorCode: 'upstream_credentials_rejected' });
  });
});

it('bad input is refused in the client’s own envelope, naming the member', async () => {
  const of = await start('groq');
  const answer = await post(of, COUNT_TOKENS, { model: 'asked', messages: 'hi' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    type: 'error',
    error: { type: 'invalid_request_error', message: expect.stringContaining('messages') },
  });
});
