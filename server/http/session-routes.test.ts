import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { createAttempts } from '../auth/attempts.ts';
import { createSessionCookie } from '../auth/cookie.ts';
import { createLogIn } from '../auth/log-in.ts';
import { createPasswordCheck } from '../auth/password.ts';
import { createFakeControl } from '../testing/fake-control.ts';
import { serveRoutes } from '../../gateway/testing/serve-routes.ts';
import type { ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import { rpcRoute } from './rpc-route.ts';
import { sessionOf, sessionRoutes } from './session-routes.ts';

const clock = createSteppedClock();
const settings = { password: 'correct horse', insecure: false };
const control = createFakeControl();
const cookie = createSessionCookie('here');
let served: ServedRoutes;

beforeEach(async () => {
  settings.password = 'correct horse';
  const logIn = createLogIn({
    clock,
    settings: () => settings,
    token: {
      location: '',
      read: () => Promise.resolve('the-token'),
      matches: (candidate) => Promise.resolve(candidate === 'the-token'),
      digest: () => 'of-the-token',
    },
    passwords: createPasswordCheck({ N: 16, r: 1, p: 1 }),
    attempts: createAttempts(clock),
  });
  served = await serveRoutes([...sessionRoutes(logIn, cookie), rpcRoute(control)], {
    sessionOf: (request) => sessionOf(logIn.sessions, cookie, request),
    allowedHosts: ['gateway.example'],
  });
});
afterEach(() => served.close());

const post = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${served.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
/** At another name; fetch does not let a caller choose the Host, the socket does. */
async function at(path: string, headers: Readonly<Record<string, string>>) {
  const method = path === '/admin/session' ? 'GET' : 'POST';
  const sent = request({
    port: served.port,
    path,
    method,
    headers: { host: 'gateway.example', ...headers },
  });
  sent.end(path === '/admin/login' ? '{"password":"correct horse"}' : '');
  const response = await new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
  const { statusCode, headers: answered } = response;
  return { statusCode, headers: answered, body: await text(response) };
}
const JSON_HEADER = { 'content-type': 'application/json' };
const logIn = (cookie = '') => post('/admin/login', '{"password":"correct horse"}', { cookie });
const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
const whoAmI = (cookie: string) => fetch(`${served.url}/admin/session`, { headers: { cookie } });
/** Headers of calls within a session. */
async function signedIn(): Promise<{ cookie: string; 'x-switchyard-csrf': string }> {
  const response = await logIn();
  const answer = z.object({ data: z.object({ csrf: z.string() }) }).parse(await response.json());
  return { cookie: cookieOf(response), 'x-switchyard-csrf': answer.data.csrf };
}

describe('log-in', () => {
  it('exchanges the password for a cookie that scripts and other sites cannot use', async () => {
    const response = await logIn();
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^switchyard_session_[0-9a-f]{8}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const session = await whoAmI(cookieOf(response));
    expect(await session.json()).toEqual(await response.json());
  });

  it('exchanges the token where no password is set', async () => {
    settings.password = '';
    expect((await post('/admin/login', '{"token":"the-token"}')).status).toBe(200);
  });

  it.each(['', '{}', 'null', '[]', '{', '"x"', '{"token":1}', '{"password":""}', '{"user":"x"}', '\u0000'])(
    'answers 401 to %j and sets no cookie',
    async (body) => {
      const response = await post('/admin/login', body);
      expect(response.status).toBe(401);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect(await response.json()).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    },
  );

  it('says how long to wait after five failures', async () => {
    for (let count = 0; count < 5; count += 1) await post('/admin/login', '{"password":"wrong"}');
    const response = await logIn();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('30');
  });

  it.each([
    ['nothing tells of TLS', {}],
    ['a proxy says so, which anybody can', { 'x-forwarded-proto': 'https' }],
    ['the page came over plain HTTP', { origin: 'http://gateway.example' }],
    ['the page is another one', { origin: 'https://gateway.example:444' }],
  ])('is refused at a name that others can listen to where %s', async (_case, headers) => {
    const response = await at('/admin/login', { ...headers, ...JSON_HEADER });
    expect(response.statusCode).toBe(403);
    expect(response.headers['set-cookie']).toBeUndefined();
  });

  it('is taken from a page that a proxy served over TLS, and its cookie is bound to TLS', async () => {
    const origin = 'https://gateway.example';
    const response = await at('/admin/login', { origin, ...JSON_HEADER });
    expect(response.statusCode).toBe(200);
    const [set = ''] = response.headers['set-cookie'] ?? [];
    expect(set).toMatch(/^__Host-switchyard_session_\w+=[\w-]{43}; .*; Secure$/);
    const session = { cookie: set.split(';')[0] ?? '' };
    const who = await at('/admin/session', session);
    expect(who.statusCode).toBe(200);
    const { data } = z.object({ data: z.object({ csrf: z.string() }) }).parse(JSON.parse(who.body));
    const out = await at('/admin/logout', {
      origin,
      ...session,
      ...JSON_HEADER,
      'x-switchyard-csrf': data.csrf,
    });
    expect(out.headers['set-cookie']?.[0]).toMatch(/^__Host-.*; Secure; Max-Age=0$/);
    expect((await at('/admin/session', session)).statusCode).toBe(401);
  });
});

describe('a session', () => {
  it('is new at every log-in: a planted cookie is not continued, the old one is over', async () => {
    const planted = cookie.begin('x'.repeat(43), false).split(';')[0] ?? '';
    const first = cookieOf(await logIn(planted));
    expect(first).not.toBe(planted);
    expect((await whoAmI(planted)).status).toBe(401);
    const second = cookieOf(await logIn(first));
    expect(second).not.toBe(first);
    expect((await whoAmI(first)).status).toBe(401);
    expect((await whoAmI(second)).status).toBe(200);
  });

  it('ends at log-out, and its cookie is removed', async () => {
    const headers = await signedIn();
    const response = await post('/admin/logout', '', headers);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await whoAmI(headers.cookie)).status).toBe(401);
  });

  it('ends when the password changes', async () => {
    const cookie = cookieOf(await logIn());
    settings.password = 'changed';
    expect((await whoAmI(cookie)).status).toBe(401);
  });
});

describe('a call', () => {
  it('reaches the procedure with its input and answers its result', async () => {
    const response = await post('/admin/rpc/requests.list', '{"limit":5}', await signedIn());
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ ok: true, data: { name: 'requests.list', input: { limit: 5 } } });
  });

  it('without a session, or with its cookie alone, is refused', async () => {
    const { cookie } = await signedIn();
    const before = control.calls.length;
    expect((await post('/admin/rpc/requests.clear', '{}')).status).toBe(401);
    expect((await post('/admin/rpc/requests.clear', '{}', { cookie })).status).toBeGreaterThanOrEqual(401);
    expect(control.calls).toHaveLength(before);
  });

  it('without a body has an empty input', async () => {
    await post('/admin/rpc/gateway.status', '', await signedIn());
    expect(control.calls.at(-1)).toEqual({ name: 'gateway.status', input: {} });
  });

  it('that fails answers the error as data, with its status', async () => {
    const response = await post('/admin/rpc/locked.thing', '{}', await signedIn());
    expect(response.status).toBe(423);
    expect(await response.json()).toEqual({
      ok: false,
      error: { code: 'locked', message: 'It is locked.', field: 'x' },
    });
  });

  it.each([
    ['not JSON', '{"a":', 'The body is not JSON'],
    ['of brackets only', '['.repeat(100_000), 'The body is not JSON'],
    ['that is no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'The body is not JSON in UTF-8'],
  ])('with a body %s is refused', async (_case, body, sentence) => {
    const before = control.calls.length;
    const response = await post('/admin/rpc/requests.list', body, await signedIn());
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(sentence);
    expect(control.calls).toHaveLength(before);
  });
});
