/** What browsers ask before they let a page send, over every route there is. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JSON_TYPE, type Headers } from '../testing/ask-route.ts';
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

describe('preflights', () => {
  const preflight = (path: string, origin: string): Promise<string> =>
    sendRaw(
      app.port,
      requestText(app.port, 'OPTIONS', path, [
        ['Origin', origin],
        ['Access-Control-Request-Method', 'POST'],
        ['Access-Control-Request-Headers', 'authorization,content-type,x-stainless-os'],
        ['Access-Control-Request-Private-Network', 'true'],
        ['Sec-Fetch-Site', 'cross-site'],
      ]),
    );

  it('of strangers get no CORS header, on any path', async () => {
    for (const route of app.routes) {
      const answer = await preflight(samplePath(route), 'https://evil.com');
      expect(statusOf(answer)).toBe(403);
      expect(answer).not.toMatch(/access-control/i);
    }
  });

  it('of a listed origin are answered for the data plane, never with a wildcard or credentials', async () => {
    const origin = 'https://app.example.com';
    app.configure({ allowedOrigins: [origin], clients: [{ id: 'laptop', key: 'key-1' }] });
    for (const route of app.routes.filter(({ access }) => access === 'data')) {
      const answer = await preflight(samplePath(route), origin);
      expect(statusOf(answer)).toBe(204);
      expect(answer).toMatch(/access-control-allow-origin: https:\/\/app\.example\.com\r\n/i);
      expect(answer).toMatch(/access-control-allow-headers: authorization,content-type,x-stainless-os\r\n/i);
      expect(answer).toMatch(new RegExp(`access-control-allow-methods: [A-Z, ]*${route.method}`, 'i'));
      expect(answer).toMatch(/vary: Origin/i);
      expect(answer).not.toMatch(/credentials|private-network|: \*/i);
    }
    for (const route of app.routes.filter(({ access }) => access === 'session')) {
      expect(await preflight(samplePath(route), origin)).not.toMatch(/access-control/i);
    }
  });

  it('are followed by an answer that the page may read, errors included', async () => {
    const origin = 'https://app.example.com';
    app.configure({ allowedOrigins: [origin], clients: [{ id: 'laptop', key: 'key-1' }] });
    const send = (key: string): Promise<string> => {
      const headers: Headers = [
        ['Origin', origin],
        ['Sec-Fetch-Site', 'cross-site'],
        ['x-api-key', key],
        JSON_TYPE,
      ];
      return sendRaw(app.port, requestText(app.port, 'POST', '/v1/chat/completions', headers, '{}'));
    };
    for (const [key, status] of [
      ['key-1', 200],
      ['wrong', 401],
    ] as const) {
      const answer = await send(key);
      expect(statusOf(answer)).toBe(status);
      expect(answer).toMatch(/access-control-allow-origin: https:\/\/app\.example\.com\r\n/i);
      expect(answer).toMatch(/vary: Origin/i);
      expect(answer).not.toMatch(/credentials/i);
    }
  });
});
