/** What every address is for: whose format it speaks, what it hands on, and what its errors look like. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isObject } from '../core/json.ts';
import { startTestApp, type TestApp } from '../testing/http-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

type Headers = Readonly<Record<string, string>>;
const url = (path: string): string => `http://127.0.0.1:${app.port}${path}`;
const post = (path: string, body: unknown = { model: 'fast' }, headers: Headers = {}): Promise<Response> =>
  fetch(url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const get = async (path: string, headers: Headers = {}): Promise<unknown> =>
  (await fetch(url(path), { headers })).json();

const OPENAI = { error: { message: expect.any(String), type: expect.any(String), code: expect.any(String) } };
const ANTHROPIC = { type: 'error', error: { type: expect.any(String), message: expect.any(String) } };
const GEMINI = {
  error: { code: expect.any(Number), message: expect.any(String), status: expect.any(String) },
};
const OLLAMA = { error: expect.any(String) };

describe('chat', () => {
  const body = { model: null, streamed: null, framing: 'sse' };
  it.each([
    ['/v1/chat/completions', 'openai-chat', 'chat', body],
    ['/v1/chat/completions?api-version=2024-02-01', 'openai-chat', 'chat', body],
    ['/v1/completions', 'openai-completions', 'chat', body],
    ['/v1/responses', 'openai-responses', 'chat', body],
    ['/v1/responses/input_tokens', 'openai-responses', 'count', { ...body, streamed: false }],
    ['/v1/messages', 'anthropic-messages', 'chat', body],
    ['/v1/messages?beta=true', 'anthropic-messages', 'chat', body],
    ['/v1/messages/count_tokens?beta=true', 'anthropic-messages', 'count', { ...body, streamed: false }],
    ['/api/chat', 'ollama-chat', 'chat', { ...body, framing: 'ndjson' }],
    ['/api/generate', 'ollama-generate', 'chat', { ...body, framing: 'ndjson' }],
  ])('POST %s is %s, %s', async (path, shape, operation, asked) => {
    const answer = await post(path, { model: 'fast', messages: [{}], prompt: 'x' });
    expect(answer.status).toBe(200);
    expect(app.chats).toHaveLength(1);
    expect(app.chats[0]).toMatchObject({ shape, operation, path: asked });
  });

  it.each([
    ['gemini-2.5-pro:generateContent', 'gemini-2.5-pro', false, 'sse', 'chat'],
    ['gemini-2.5-pro:streamGenerateContent?alt=sse', 'gemini-2.5-pro', true, 'sse', 'chat'],
    ['gemini-2.5-pro:streamGenerateContent', 'gemini-2.5-pro', true, 'json-array', 'chat'],
    ['gemini-2.5-pro:streamGenerateContent?$alt=json;x', 'gemini-2.5-pro', true, 'json-array', 'chat'],
    ['models/x:generateContent', 'x', false, 'sse', 'chat'],
    ['openai/gpt-5:generateContent', 'openai/gpt-5', false, 'sse', 'chat'],
    ['openai%2Fgpt-5:generateContent', 'openai/gpt-5', false, 'sse', 'chat'],
    [
      'deepseek/deepseek-chat-v3-0324:free:countTokens',
      'deepseek/deepseek-chat-v3-0324:free',
      false,
      'sse',
      'count',
    ],
    ['a:generateContent:generateContent', 'a:generateContent', false, 'sse', 'chat'],
    ['%E6%A8%A1%E5%9E%8B%3Ax:generateContent', '模型:x', false, 'sse', 'chat'],
    ['x:embedContent', 'x', false, 'sse', 'other'],
    ['x:batchEmbedContents', 'x', false, 'sse', 'other'],
  ])('POST models/%s asks for %s', async (path, model, streamed, framing, operation) => {
    for (const version of ['v1beta', 'v1']) {
      expect((await post(`/${version}/models/${path}`, {})).status).toBe(200);
    }
    expect(app.chats).toHaveLength(2);
    for (const chat of app.chats) {
      expect(chat).toMatchObject({ shape: 'gemini', operation, path: { model, streamed, framing } });
    }
  });

  it.each([
    ['openai/gpt-5:generateContent', 'openai/gpt-5', false, 'chat'],
    [
      'openrouter/deepseek/r1:free:streamGenerateContent?alt=sse',
      'openrouter/deepseek/r1:free',
      true,
      'chat',
    ],
    ['openai/e:embedContent', 'openai/e', false, 'other'],
  ])('POST %s too, as the AI SDK writes names with a slash', async (path, model, streamed, operation) => {
    expect((await post(`/v1beta/${path}`, {})).status).toBe(200);
    expect(app.chats).toMatchObject([{ shape: 'gemini', operation, path: { model, streamed } }]);
  });

  it.each(['x', 'x:', 'x:doAnything', ':generateContent', 'x:generateContent/y'])(
    'POST models/%s is nothing',
    async (path) => {
      const answer = await post(`/v1beta/models/${path}`, {});
      expect([404, 405]).toContain(answer.status);
      expect(await answer.json()).toMatchObject(GEMINI);
      expect(app.chats).toEqual([]);
    },
  );
});

describe('errors have the form of the format the path belongs to', () => {
  it.each([
    ['/v1/nothing', OPENAI],
    ['/nothing', OPENAI],
    ['/v1/messages/batches', ANTHROPIC],
    ['/v1/messages', ANTHROPIC],
    ['/v1beta/nothing', GEMINI],
    ['/v1beta/models', GEMINI],
    ['/api/pull', OLLAMA],
    ['/api/tags', OLLAMA],
    ['/v1/responses/resp_1', OPENAI],
    ['/v1/conversations', OPENAI],
  ])('%s', async (path, form) => {
    const unknown = await post(path, {}, { 'content-type': 'text/plain' });
    expect(unknown.status).toBe(415);
    expect(await unknown.json()).toMatchObject(form);
    const stranger = await post(path, {}, { origin: 'https://evil.example' });
    expect(stranger.status).toBe(403);
    expect(await stranger.json()).toMatchObject(form);
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    const keyless = await post(path, {});
    expect(keyless.status).toBe(401);
    expect(await keyless.json()).toMatchObject(form);
  });

  it('an unknown one names where chat is in that format', async () => {
    expect(JSON.stringify(await get('/v1/messages/batches/x'))).toContain('POST /v1/messages.');
    expect(JSON.stringify(await get('/v1beta/files'))).toContain('/v1beta/models/{model}:generateContent');
    expect(JSON.stringify(await get('/api/blobs/x'))).toContain('POST /api/chat.');
    expect(JSON.stringify(await get('/v1/files'))).toContain('POST /v1/chat/completions.');
  });

  it("curl's default form is refused with a sentence that says what to send", async () => {
    const answer = await post('/api/chat', {}, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toEqual({ error: expect.stringContaining('Content-Type: application/json') });
  });
});

describe('what the gateway does not keep', () => {
  it.each([
    ['GET', '/v1/responses/resp_1', 404],
    ['DELETE', '/v1/responses/resp_1', 404],
    ['POST', '/v1/responses/resp_1/cancel', 404],
    ['GET', '/v1/responses/resp_1/input_items', 404],
    ['POST', '/v1/responses/compact', 400],
    ['POST', '/v1/conversations', 400],
    ['GET', '/v1/conversations/conv_1', 400],
    ['POST', '/v1/conversations/conv_1/items', 400],
    ['DELETE', '/v1/conversations/conv_1', 400],
  ])('%s %s says so', async (method, path, status) => {
    const answer = await fetch(url(path), { method });
    expect(answer.status).toBe(status);
    const code = status === 404 ? 'not_found' : 'unsupported_feature';
    expect(await answer.json()).toMatchObject({ error: { code, message: expect.stringMatching(/gateway/) } });
  });
});

describe('model lists', () => {
  const IDS = ['fast', 'groq/llama-3.3-70b', 'deepseek/deepseek-chat-v3-0324:free'];
  const ANT = { 'anthropic-version': '2023-06-01' };

  it("in OpenAI's form, unless something tells another", async () => {
    const askers: readonly Headers[] = [
      {},
      { authorization: 'Bearer k' },
      { authorization: 'Bearer k', 'x-api-key': 'k' },
    ];
    for (const headers of askers) {
      expect(await get('/v1/models', headers)).toMatchObject({
        object: 'list',
        data: IDS.map((id) => ({ id, object: 'model' })),
      });
    }
    expect(await get('/v1/models/groq/llama-3.3-70b')).toMatchObject({
      id: 'groq/llama-3.3-70b',
      object: 'model',
    });
  });

  it("in Anthropic's form, with its pages", async () => {
    const whole = { data: IDS.map((id) => ({ type: 'model', id })), has_more: false };
    expect(await get('/v1/models?limit=1000', ANT)).toMatchObject(whole);
    expect(await get('/v1/models', { ...ANT, authorization: 'Bearer k' })).toMatchObject(whole);
    expect(await get('/v1/models', { 'x-api-key': 'k' })).toMatchObject(whole);
    expect(await get('/v1/models?limit=2', ANT)).toMatchObject({
      data: [{ id: IDS[0] }, { id: IDS[1] }],
      has_more: true,
      first_id: IDS[0],
      last_id: IDS[1],
    });
    expect(await get(`/v1/models?limit=2&after_id=${IDS[1]}`, ANT)).toMatchObject({
      data: [{ id: IDS[2] }],
      has_more: false,
    });
    expect(await get(`/v1/models?limit=1&before_id=${IDS[2]}`, ANT)).toMatchObject({
      data: [{ id: IDS[1] }],
      has_more: true,
    });
    expect(await get('/v1/models/fast', ANT)).toMatchObject({ type: 'model', id: 'fast' });
    for (const wrong of ['limit=0', 'limit=x', 'after_id=nope', 'before_id=nope']) {
      expect(await get(`/v1/models?${wrong}`, ANT)).toMatchObject({
        error: { type: 'invalid_request_error' },
      });
    }
    expect(await get('/v1/models/nope', ANT)).toMatchObject({
      type: 'error',
      error: { type: 'not_found_error' },
    });
  });

  it("in Codex's form beside OpenAI's, without a prompt that would take the place of its own", async () => {
    const list = await get('/v1/models?client_version=0.153.0');
    expect(list).toMatchObject({
      object: 'list',
      data: IDS.map((id) => ({ id })),
      models: IDS.map((slug) => ({ slug, display_name: slug, visibility: 'list', supported_in_api: true })),
    });
    expect(JSON.stringify(list)).not.toContain('base_instructions');
  });

  it("in Gemini's form, with its pages", async () => {
    const name = (id: string | undefined): string => `models/${id}`;
    expect(await get('/v1beta/models')).toMatchObject({ models: IDS.map((id) => ({ name: name(id) })) });
    expect(await get('/v1/models', { 'x-goog-api-client': 'genai-js/3.1' })).toHaveProperty('models');
    const first = await get('/v1beta/models?pageSize=2');
    expect(first).toMatchObject({
      models: [{ name: name(IDS[0]) }, { name: name(IDS[1]) }],
      nextPageToken: expect.any(String),
    });
    const token = isObject(first) ? String(first['nextPageToken']) : '';
    const second = await get(`/v1beta/models?pageSize=2&pageToken=${token}`);
    expect(second).toMatchObject({ models: [{ name: name(IDS[2]) }] });
    expect(second).not.toHaveProperty('nextPageToken');
    for (const wrong of ['pageSize=-1', 'pageToken=bm9wZQ']) {
      expect(await get(`/v1beta/models?${wrong}`)).toMatchObject({ error: { status: 'INVALID_ARGUMENT' } });
    }
    for (const path of ['groq/llama-3.3-70b', 'models/groq/llama-3.3-70b', 'groq%2Fllama-3.3-70b']) {
      expect(await get(`/v1beta/models/${path}`)).toMatchObject({ name: name(IDS[1]) });
    }
    expect(await get('/v1beta/models/nope')).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  });
});

describe("what Ollama's clients probe", () => {
  it('is answered', async () => {
    expect(await get('/api/version')).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(await get('/api/ps')).toEqual({ models: [] });
    expect(await get('/api/tags')).toMatchObject({ models: [{ name: 'fast', model: 'fast' }, {}, {}] });
    for (const path of ['/', '/api/tags', '/api/version']) {
      expect((await fetch(url(path), { method: 'HEAD' })).status).toBe(200);
    }
  });

  it('a model is shown by either name of the member', async () => {
    expect(await (await post('/api/show', { model: 'fast' })).json()).toHaveProperty('model_info');
    expect(await (await post('/api/show', { name: 'fast', verbose: true })).json()).toHaveProperty(
      'capabilities',
    );
    const missing = await post('/api/show', { model: 'nope' });
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({ error: expect.stringContaining('"nope"') });
    expect((await post('/api/show', {})).status).toBe(400);
    expect((await post('/api/show', [])).status).toBe(400);
  });

  it.each([
    ['/api/chat', { model: 'fast' }, 'load'],
    ['/api/chat', { model: 'fast', messages: [] }, 'load'],
    ['/api/chat', { model: 'fast', messages: [], keep_alive: 0 }, 'unload'],
    ['/api/generate', { model: 'fast' }, 'load'],
    ['/api/generate', { model: 'fast', prompt: '', keep_alive: '0s' }, 'unload'],
  ])('%s with %j asks for nothing and is answered at once', async (path, body, reason) => {
    expect(await (await post(path, body)).json()).toMatchObject({
      model: 'fast',
      done: true,
      done_reason: reason,
    });
    expect(app.chats).toEqual([]);
  });
});

describe('keys in the address', () => {
  it('open nothing, and the answer names the header that would', async () => {
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    const answer = await post('/v1beta/models/x:generateContent?key=key-1', {});
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      error: { status: 'UNAUTHENTICATED', message: expect.stringMatching(/\?key=.*x-goog-api-key/s) },
    });
    const right = await post('/v1beta/models/x:generateContent?key=stray', {}, { 'x-goog-api-key': 'key-1' });
    expect(right.status).toBe(200);
    expect(app.logged.join()).not.toMatch(/key-1|stray/);
  });
});
