/** What the routes themselves answer, and what happens when one fails. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  INSTANCE,
  requestText,
  sendRaw,
  SESSION_COOKIE,
  startTestApp,
  statusOf,
  type TestApp,
  type TestAppOptions,
} from '../testing/http-app.ts';
import type { Route } from './route.ts';

let app: TestApp;
const start = async (options: TestAppOptions = {}): Promise<void> => {
  app = await startTestApp(options);
};
afterEach(() => app.stop());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${app.port}${path}`, init);
const chat = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  ask('/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe('models', () => {
  it('are listed', async () => {
    await start();
    const answer = await ask('/v1/models');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toMatchObject({ object: 'list', data: [{ id: 'fast' }, {}, {}] });
  });

  it.each([
    ['fast', 'fast'],
    ['groq/llama-3.3-70b', 'groq/llama-3.3-70b'],
    ['groq%2Fllama-3.3-70b', 'groq/llama-3.3-70b'],
    ['deepseek/deepseek-chat-v3-0324:free', 'deepseek/deepseek-chat-v3-0324:free'],
    ['deepseek%2Fdeepseek-chat-v3-0324%3Afree?x=1', 'deepseek/deepseek-chat-v3-0324:free'],
  ])('are found by id: %s', async (path, id) => {
    await start();
    expect(await (await ask(`/v1/models/${path}`)).json()).toMatchObject({ id });
  });

  it.each(['nothing', 'groq/nothing', '%ff', '%', '__proto__', 'groq%252Fllama-3.3-70b'])(
    'are not found by %s',
    async (id) => {
      await start();
      const answer = await sendRaw(app.port, requestText(app.port, 'GET', `/v1/models/${id}`));
      expect(statusOf(answer)).toBe(404);
      expect(answer).toContain('"code":"model_not_found"');
    },
  );
});

describe('probes', () => {
  it('show detail with a session only, and answer HEAD', async () => {
    await start();
    expect(await (await ask('/health')).json()).toEqual({ status: 'healthy' });
    expect(await (await ask('/ready')).json()).toEqual({ status: 'ready' });
    const known = await ask('/health', { headers: { cookie: SESSION_COOKIE } });
    expect(await known.json()).toEqual({ status: 'healthy', detail: { keys: 2 } });
    const head = await ask('/ready', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
  });
});

describe('the root', () => {
  it('says who is there where the host has no page', async () => {
    await start();
    expect(await (await ask('/')).text()).toContain('Switchyard is running');
    expect((await ask('/', { method: 'HEAD' })).status).toBe(200);
  });

  it("is the host's where it has one", async () => {
    const page: Route = {
      method: 'GET',
      path: '/',
      access: 'page',
      body: 'none',
      errors: 'control',
      handle(ctx) {
        ctx.body = 'page of the host';
      },
    };
    await start({ routes: [page] });
    expect(await (await ask('/')).text()).toBe('page of the host');
  });
});

describe('chat', () => {
  it('hands the request to the pipeline as it came', async () => {
    await start({ settings: { clients: [{ id: 'laptop', key: 'key-1' }] } });
    const body = '{"model" : "fast", "seed": 12345678901234567890}';
    const answer = await chat(body, { authorization: 'Bearer key-1', 'x-switchyard-log': 'Metadata' });
    const [exchange] = app.chats;
    expect(Buffer.from(exchange?.body ?? []).toString()).toBe(body);
    expect(exchange).toMatchObject({
      shape: 'openai-chat',
      operation: 'chat',
      client: { id: 'laptop' },
      logWish: 'metadata',
    });
    expect(answer.headers.get('x-request-id')).toBe(exchange?.id);
    expect(exchange?.arrivedAtWall).toBeGreaterThan(Date.UTC(2025));
    expect(app.logged.at(-1)).toMatch(
      /^info Request received: POST \/v1\/chat\/completions .*"status":200,"client":"laptop","response_time":\d+\}$/,
    );
  });

  it("keeps the client's own request id out of everything", async () => {
    await start();
    const answer = await chat('{}', { 'x-request-id': 'mine' });
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
    expect(app.logged.join()).not.toContain('mine');
  });

  it.each(['ful', 'none', '0'])(
    'refuses the log wish %s rather than logging what was unwanted',
    async (wish) => {
      await start();
      const answer = await chat('{}', { 'x-switchyard-log': wish });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('full, metadata, off');
      expect(app.chats).toEqual([]);
    },
  );

  it.each([
    [INSTANCE, 508],
    [`other, ${INSTANCE} `, 508],
    ['other', 200],
    [`${INSTANCE}x`, 200],
  ])('a request that went through %j gets %i', async (hops, status) => {
    await start();
    expect((await chat('{}', { 'x-switchyard-hop': hops })).status).toBe(status);
  });
});

describe('what does not exist', () => {
  it('is a 404 in an envelope', async () => {
    await start();
    const answer = await ask('/v1/nothing');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: { code: 'not_found', message: expect.stringContaining('GET /v1/nothing') },
    });
  });

  it('is a 405 with the methods there are', async () => {
    await start();
    const answer = await ask('/v1/chat/completions');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
    expect((await ask('/v1/models', { method: 'DELETE' })).headers.get('allow')).toBe('HEAD, GET');
  });

  it('is told in the envelope of the control plane on its paths', async () => {
    await start();
    const answer = await ask('/admin/rpc/x', { headers: { cookie: SESSION_COOKIE } });
    expect(answer.status).toBe(405);
    expect(await answer.json()).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});

describe('a route that fails', () => {
  const failing = (handle: Route['handle']): Route => ({
    method: 'GET',
    path: '/fails',
    access: 'page',
    body: 'none',
    errors: 'control',
    handle,
  });

  it.each([
    [
      'by throwing',
      () => {
        throw new Error('inner detail');
      },
    ],
    ['by rejecting', () => Promise.reject(new Error('inner detail'))],
  ] as const)('%s gives 500 without the detail, which is logged', async (_how, handle) => {
    await start({ routes: [failing(handle)] });
    const answer = await ask('/fails');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('"ok":false');
    expect(text).toContain(answer.headers.get('x-request-id'));
    expect(text).not.toContain('inner detail');
    expect(app.logged.join()).toContain('inner detail');
    expect((await ask('/health')).status).toBe(200);
  });

  it('leaves nothing of the answer it had begun', async () => {
    const handle: Route['handle'] = (ctx) => {
      ctx.set({ 'content-encoding': 'gzip', 'cache-control': 'immutable', 'set-cookie': 'a=b' });
      ctx.status = 201;
      ctx.body = 'begun';
      throw new Error('broke');
    };
    await start({ routes: [failing(handle)] });
    const received = await sendRaw(app.port, requestText(app.port, 'GET', '/fails'));
    expect(statusOf(received)).toBe(500);
    expect(received).not.toMatch(/gzip|immutable|set-cookie|begun/i);
  });

  it('after its head went out is cut off, not ended', async () => {
    const handle: Route['handle'] = (ctx) => {
      ctx.respond = false;
      ctx.res.writeHead(200, { 'content-type': 'text/plain' });
      ctx.res.write('half');
      throw new Error('broke');
    };
    await start({ routes: [failing(handle)] });
    const received = await sendRaw(app.port, requestText(app.port, 'GET', '/fails'));
    expect(received).not.toMatch(/0\r\n\r\n$/);
    expect((await ask('/health')).status).toBe(200);
  });

  it('inside the pipeline is no different', async () => {
    await start({ chat: () => Promise.reject(new Error('inner detail')) });
    const answer = await chat('{}');
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ error: { code: 'internal_error' } });
  });
});
