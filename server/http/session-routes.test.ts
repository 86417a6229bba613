import * as z from 'zod/mini';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { createAttempts } from '../auth/attempts.ts';
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
  served = await serveRoutes([...sessionRoutes(logIn), rpcRoute(control)], {
    sessionOf: (request) => sessionOf(logIn.sessions, request),
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
      expect.stringMatching(/^switchyard_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
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

  it('is refused over plain HTTP where others can listen', async () => {
    // fetch does not let a caller choose the Host; the socket does.
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const headers = { host: 'gateway.example', 'content-type': 'application/json' };
      const options = { port: served.port, path: '/admin/login', method: 'POST', headers };
      request(options, (response) => resolve(response.statusCode)).end('{"password":"correct horse"}');
    });
    expect(status).toBe(403);
  });
});

describe('a session', () => {
  it('is new at every log-in: a planted cookie is not continued, the old one is over', async () => {
    const planted = `switchyard_session=${'x'.repeat(43)}`;
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
    ['larger than 8 MB', `"${'x'.repeat(8_400_000)}"`, 'larger than 8 MB'],
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
