/** The guard over every route there really is, the host's and the data plane's: found by the list the gateway itself serves from. */
import { request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../gateway/testing/test-gateway.ts';
import { systemClock, type Route } from '../gateway/index.ts';
import { createAdminToken } from './auth/admin-token.ts';
import { createAttempts } from './auth/attempts.ts';
import { createSessionCookie } from './auth/cookie.ts';
import { createLogIn } from './auth/log-in.ts';
import { createPasswordCheck } from './auth/password.ts';
import { createEventStreams } from './http/event-streams.ts';
import { hostRoutes } from './http/routes.ts';
import { sessionOf } from './http/session-routes.ts';

const CLIENT_KEY = 'client-key-of-the-test-0123456789-and-longer';
const cookie = createSessionCookie('here');
let gateway: TestGateway;

beforeAll(async () => {
  const logIn = createLogIn({
    clock: systemClock,
    settings: () => ({ password: 'a password nobody uses', insecure: false }),
    token: createAdminToken('/nonexistent'),
    passwords: createPasswordCheck({ N: 2, r: 1, p: 1 }),
    attempts: createAttempts(systemClock),
  });
  gateway = await startTestGateway(`server: { api_key: ${CLIENT_KEY} }`, {
    routes: (control) =>
      hostRoutes({
        control,
        events: createEventStreams({ sessions: logIn.sessions, clock: systemClock }),
        logIn,
        cookie,
        rendererFolder: '/nonexistent',
        pageSize: () => 20,
      }),
    sessionOf: (request) => sessionOf(logIn.sessions, cookie, request),
  });
});
afterAll(() => gateway.stop());

/** A path the route stands for. */
const pathOf = (route: Route): string =>
  route.path.replaceAll(/\{([^}]*)\}/g, '$1').replaceAll(/[:*]\w+/g, 'some');

/** Status of one request; `fetch` would not let a Host or an Origin be set. */
function ask(
  route: Route,
  headers: Readonly<Record<string, string>>,
  body = route.method === 'POST' ? '{}' : '',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = send(
      {
        host: '127.0.0.1',
        port: gateway.port,
        method: route.method,
        path: pathOf(route),
        headers: { 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function over(
  routes: (route: Route) => boolean,
  check: (route: Route) => Promise<void>,
): Promise<void> {
  const chosen = gateway.gateway.routes.filter(routes);
  expect(chosen.length).toBeGreaterThan(0);
  for (const route of chosen) await check(route);
}

const name = (route: Route): string => `${route.method} ${route.path}`;
const key = { authorization: `Bearer ${CLIENT_KEY}` };

describe('every route', () => {
  it.each([{ host: 'evil.example' }, { host: '127.0.0.1.evil.example:8000' }, { host: 'localhost.:1' }])(
    'but health refuses %j',
    async (headers) => {
      await over(
        ({ access }) => access !== 'health',
        async (route) => expect(await ask(route, { ...headers, ...key }), name(route)).toBe(403),
      );
    },
  );

  it.each<Readonly<Record<string, string>>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'chrome-extension://abcdef' },
  ])('refuses a page that is not ours: %j', async (headers) => {
    await over(
      () => true,
      async (route) => expect(await ask(route, { ...headers, ...key }), name(route)).toBe(403),
    );
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'that takes a body refuses %s',
    async (type) => {
      await over(
        ({ method, body }) => method === 'POST' && !(body === 'media' && type.startsWith('multipart')),
        async (route) =>
          expect([401, 415], name(route)).toContain(await ask(route, { 'content-type': type, ...key })),
      );
    },
  );

  it('of the control plane answers 401 without a session, with and without a client key', async () => {
    await over(
      ({ access }) => access === 'session',
      async (route) => {
        expect(await ask(route, {}), name(route)).toBe(401);
        expect(await ask(route, key), name(route)).toBe(401);
        expect(await ask(route, { cookie: cookie.begin(CLIENT_KEY.slice(0, 43), false) }), name(route)).toBe(
          401,
        );
      },
    );
  });

  it('under /admin and /api is one of the control plane, of Ollama, or the log-in itself', async () => {
    const open = gateway.gateway.routes
      .filter(({ path, access }) => /^\/(?:admin|api)\b/.test(path) && access !== 'session')
      .filter(({ access, errors }) => !(access === 'data' && errors.startsWith('ollama-')))
      .map(name);
    expect(
      open.filter(
        (route) => !['POST /admin/login', 'GET /admin/login', 'GET /admin/dashboard'].includes(route),
      ),
    ).toEqual([]);
    const logIn = gateway.gateway.routes.find(
      ({ method, path }) => method === 'POST' && path === '/admin/login',
    );
    if (logIn === undefined) throw new Error('no log-in');
    expect(await ask(logIn, {})).toBe(401);
    expect(await ask(logIn, key)).toBe(401);
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    `Bearer ${CLIENT_KEY.slice(0, -1)}`,
    `Bearer ${CLIENT_KEY}x`,
    "Bearer ' OR 1=1--",
    `Basic ${CLIENT_KEY}`,
    `Bearer ${'x'.repeat(20_000)}`,
  ])('of the data plane refuses the key %j', async (authorization) => {
    await over(
      ({ access }) => access === 'data',
      async (route) => expect(await ask(route, { authorization }), name(route)).toBe(401),
    );
  });
});
