/** What the guard lets pass, over every route there is, and what it says of what it refuses. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRoute, statusAllowed } from '../testing/ask-route.ts';
import { requestText, sendRaw, startTestApp, statusOf, type TestApp } from '../testing/http-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

it('every kind of route is there, and answers who has everything', async () => {
  expect(new Set(app.routes.map(({ access }) => access))).toEqual(
    new Set(['health', 'data', 'session', 'page']),
  );
  for (const route of app.routes) {
    const answer = await askRoute(app, route, []);
    expect([route.path, statusOf(answer)]).toEqual([route.path, statusAllowed(route)]);
    expect(answer).toMatch(/x-request-id: req_[a-z2-9]{20}\r\n/i);
    expect(answer).not.toMatch(/access-control/i);
  }
  // All but what is at `/`, which is no route of the list.
  expect(app.ran).toHaveLength(app.routes.length - 1);
});

describe('beyond loopback', () => {
  it('without a client key only probes answer, and everything else says what to do', async () => {
    app.configure({ loopback: false });
    for (const route of app.routes) {
      const answer = await askRoute(app, route, []);
      expect([route.path, statusOf(answer)]).toEqual([route.path, route.access === 'health' ? 200 : 401]);
      if (route.access === 'health') continue;
      expect(answer).toContain('APP_API_KEY');
      expect(answer).toContain('server.allow_unauthenticated: true');
    }
    expect(app.ran).toEqual(['/health', '/ready']);
    app.configure({ allowUnauthenticated: true });
    expect(statusOf(await sendRaw(app.port, requestText(app.port, 'GET', '/v1/models')))).toBe(200);
  });

  it('a change of the settings counts from the next request on', async () => {
    const list = (): Promise<string> => sendRaw(app.port, requestText(app.port, 'GET', '/v1/models'));
    expect(statusOf(await list())).toBe(200);
    app.configure({ allowedIps: ['10.0.0.0/8'] });
    expect(statusOf(await list())).toBe(403);
    app.configure({ allowedIps: ['127.0.0.0/8'] });
    expect(statusOf(await list())).toBe(200);
    app.configure({ allowedIps: ['127.0.0.0/99'] });
    const answer = await list();
    expect(statusOf(answer)).toBe(500);
    expect(answer).toContain('127.0.0.0/99');
  });
});

it('refusals are logged at info in one bounded line without what was brought', async () => {
  app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
  const target = `/v1/models/${'x'.repeat(5_000)}?key=sk-canary-1`;
  await sendRaw(app.port, requestText(app.port, 'GET', target, [['Authorization', 'Bearer sk-canary-2']]));
  const lines = app.logged.filter((line) => line.includes('Request received'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^info Request received: GET \/v1\/models\/x+ .*"code":"authentication_error","response_time":\d+\}$/,
  );
  expect(lines[0]?.length).toBeLessThan(400);
  expect(app.logged.join()).not.toContain('canary');
});
