/** Client keys, over every route there is: none, wrong ones, and where they are read from. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRoute, JSON_TYPE, type Headers } from '../testing/ask-route.ts';
import {
  requestText,
  samplePath,
  sendRaw,
  startTestApp,
  statusOf,
  type TestApp,
} from '../testing/http-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

/** The answer's body without the words of its sentence and the id of the request. */
const bodyShape = (answer: string): string =>
  (answer.split('\r\n\r\n')[1] ?? '').replace(/"[^"]*(?: |req_)[^"]*"/g, '"..."');

describe('client keys', () => {
  const WRONG: readonly Headers[] = [
    [],
    [['Authorization', '']],
    [['Authorization', 'Bearer']],
    [['Authorization', 'Bearer ']],
    [['Authorization', 'Basic a2V5LTE6']],
    [['Authorization', 'key-1']],
    [['Authorization', 'Bearer key-']],
    [['Authorization', 'Bearer key-11']],
    [['Authorization', "Bearer ' OR 1=1--"]],
    [['Authorization', 'Bearer k\u00c3\u00a9y-1']],
    [['Authorization', `Bearer ${'k'.repeat(30_000)}`]],
    [['x-api-key', '']],
    [['x-api-key', 'Bearer key-1']],
    [['Cookie', 'key=key-1']],
    [['x-api-token', 'key-1']],
    [['x-goog-api-key', 'key-11']],
    [['api-key', 'key']],
  ];

  it('are needed on every data route once there is one; every wrong one gets the same answer', async () => {
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    for (const route of app.routes.filter(({ access }) => access === 'data')) {
      const shapes = new Set<string>();
      for (const headers of WRONG) {
        const more: Headers = route.method === 'POST' ? [JSON_TYPE] : [];
        const text = requestText(
          app.port,
          route.method,
          samplePath(route),
          [...headers, ...more],
          route.method === 'POST' ? '{}' : '',
        );
        const answer = await sendRaw(app.port, text);
        expect(statusOf(answer), JSON.stringify(headers).slice(0, 100)).toBe(401);
        expect(answer).toMatch(/www-authenticate: Bearer\r\n/i);
        shapes.add(bodyShape(answer));
      }
      // Nothing tells how near the key was; only the sentence says whether there was one.
      // Where the headers tell the format, they tell that of the error too.
      expect(shapes.size, route.path).toBe(route.errorsFor === undefined ? 1 : 2);
    }
    expect(app.ran).toEqual([]);
  });

  it('are never read from the address', async () => {
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    for (const path of ['/v1/models', '/v1beta/models', '/v1/messages', '/api/tags']) {
      const answer = await sendRaw(app.port, requestText(app.port, 'GET', `${path}?key=key-1`));
      expect(statusOf(answer)).toBe(401);
      expect(answer).toMatch(/x-goog-api-key/);
    }
    for (const query of ['key=key-1', 'api_key=key-1', 'access_token=key-1', 'token=key-1']) {
      const answer = await sendRaw(app.port, requestText(app.port, 'GET', `/v1/models?${query}`));
      expect(statusOf(answer)).toBe(401);
    }
    expect(app.logged.join()).not.toContain('key-1');
  });

  it('are read from the headers of every format, and name their client', async () => {
    app.configure({
      clients: [
        { id: 'default', key: 'key-0' },
        { id: 'laptop', key: 'key-1' },
      ],
    });
    for (const header of [
      ['Authorization', 'Bearer key-1'],
      ['authorization', 'bearer  key-1'],
      ['X-Api-Key', 'key-1'],
      ['x-goog-api-key', 'key-1'],
      ['api-key', 'key-1'],
    ] as const) {
      const text = requestText(app.port, 'POST', '/v1/chat/completions', [header, JSON_TYPE], '{}');
      expect(await sendRaw(app.port, text)).toContain('"client":"laptop"');
    }
  });

  it('have nothing to do with sessions', async () => {
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    for (const route of app.routes.filter(({ access }) => access === 'session')) {
      for (const key of [[], [['Authorization', 'Bearer key-1']]] as const) {
        const answer = await askRoute(app, route, [['Cookie', 'session=stolen'], ...key]);
        expect(statusOf(answer)).toBe(401);
        expect(answer).toContain('"code":"unauthenticated"');
      }
      if (route.method !== 'GET') {
        expect(statusOf(await askRoute(app, route, [['x-switchyard-csrf', 'guess']]))).toBe(403);
      }
    }
    expect(app.ran).toEqual([]);
    // A wrong method on such a path tells nothing without a session.
    const wrong = requestText(app.port, 'GET', '/admin/rpc/sample', [['Authorization', 'Bearer key-1']]);
    expect(statusOf(await sendRaw(app.port, wrong))).toBe(401);
  });
});
