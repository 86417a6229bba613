import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { serveRoutes } from '../../gateway/testing/serve-routes.ts';
import type { ServedRoutes } from '../../gateway/testing/serve-routes.ts';
import { createAttempts } from '../auth/attempts.ts';
import { createSessionCookie } from '../auth/cookie.ts';
import { createLogIn } from '../auth/log-in.ts';
import { createPasswordCheck } from '../auth/password.ts';
import { createFakeControl } from '../testing/fake-control.ts';
import { createEventStreams } from './event-streams.ts';
import { hostRoutes } from './routes.ts';
import { sessionOf } from './session-routes.ts';

const clock = createSteppedClock();
const logIn = createLogIn({
  clock,
  settings: () => ({ password: '', insecure: false }),
  token: {
    location: '',
    read: () => Promise.resolve('the-token'),
    matches: () => Promise.resolve(false),
    digest: () => '',
  },
  passwords: createPasswordCheck({ N: 16, r: 1, p: 1 }),
  attempts: createAttempts(clock),
});
const control = createFakeControl();
const cookie = createSessionCookie('here');
const routes = hostRoutes({
  control,
  events: createEventStreams({ sessions: logIn.sessions, clock }),
  logIn,
  cookie,
  rendererFolder: '/nowhere',
  pageSize: () => 20,
});
const closed = routes.filter(
  ({ method, path }) =>
    (path.startsWith('/admin') && method === 'POST') || /^\/(?:api|admin\/(?:rpc|session))/.test(path),
);
let served: ServedRoutes;
beforeAll(async () => {
  served = await serveRoutes(routes, { sessionOf: (request) => sessionOf(logIn.sessions, cookie, request) });
});
afterAll(() => served.close());

const CREDENTIALS: readonly Record<string, string>[] = [
  {},
  { authorization: 'Bearer sk-a-client-key' },
  { 'x-api-key': 'sk-a-client-key' },
  { cookie: cookie.begin('', false) },
  { cookie: cookie.begin('a'.repeat(43), false) },
  { cookie: cookie.begin('a'.repeat(43), true), 'x-switchyard-csrf': 'a' },
];

it.each(closed.map(({ method, path }) => [method, path.replace(/:\w+/, 'requests.list')] as const))(
  '%s %s is 401 without a session, whatever key is brought',
  async (method, path) => {
    for (const headers of CREDENTIALS) {
      const response = await fetch(`${served.url}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
      expect([path, response.status]).toEqual([
        path,
        path === '/admin/login' ? expect.toBeOneOf([401, 429]) : 401,
      ]);
    }
    expect(control.calls).toEqual([]);
  },
);

it('covers every route with data behind it', () => {
  expect(closed.map(({ path }) => path)).toEqual([
    '/admin/login',
    '/admin/logout',
    '/admin/session',
    '/admin/rpc/events',
    '/admin/rpc/:name',
    '/api/requests',
    '/api/request/:id',
    '/api/stats',
  ]);
  const open = routes.filter((route) => !closed.includes(route));
  expect(open.every(({ access, method }) => access === 'page' && method === 'GET')).toBe(true);
});
