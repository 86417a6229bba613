/** Requests that pages of others send, over every route there is. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRoute, CREDENTIALS, statusAllowed, type Headers } from '../testing/ask-route.ts';
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

describe('forged requests of a page', () => {
  it('of another origin are refused on every route', async () => {
    const pages: readonly Headers[] = [
      [['Origin', 'null']],
      [['Origin', 'https://evil.com']],
      [['Origin', `http://127.0.0.1:${app.port}.evil.com`]],
      [['Origin', `http://127.0.0.1:${app.port + 1}`]],
      [['Origin', 'chrome-extension://abcdef']],
      [['Sec-Fetch-Site', 'cross-site']],
      [
        ['Origin', `http://127.0.0.1:${app.port}`],
        ['Origin', 'https://evil.com'],
      ],
    ];
    for (const route of app.routes) {
      for (const page of pages) {
        const answer = await askRoute(app, route, page);
        expect(statusOf(answer), `${route.path} ${JSON.stringify(page)}`).toBe(403);
        expect(answer).not.toMatch(/access-control/i);
      }
    }
    expect(app.ran).toEqual([]);
  });

  it('in a form or as plain text are refused on every route that takes a body', async () => {
    const types = ['text/plain', 'application/x-www-form-urlencoded'];
    const posts = app.routes.filter(({ method }) => method === 'POST');
    expect(posts.length).toBeGreaterThan(2);
    for (const route of posts) {
      for (const type of types)
        expect(statusOf(await askRoute(app, route, [['Content-Type', type]]))).toBe(415);
      const form = askRoute(app, route, [['Content-Type', 'multipart/form-data; boundary=b']]);
      if (route.body !== 'media') expect(statusOf(await form), route.path).toBe(415);
      else expect(statusOf(await form)).toBe(200);
      const untyped = requestText(app.port, 'POST', samplePath(route), CREDENTIALS, '{}');
      expect(statusOf(await sendRaw(app.port, untyped))).toBe(415);
    }
    expect(app.ran).toEqual(['/v1/images/:call', '/v1/audio/:call']);
  });

  it('with files are only taken from pages that bring a client key', async () => {
    const own = `http://127.0.0.1:${app.port}`;
    const form = ['Content-Type', 'multipart/form-data; boundary=b'] as const;
    const media = app.routes.filter(({ body }) => body === 'media');
    expect(media.map(({ path }) => path)).toEqual(['/v1/images/:call', '/v1/audio/:call']);
    for (const route of media) {
      for (const page of [['Origin', own] as const, ['Sec-Fetch-Site', 'same-origin'] as const]) {
        expect(statusOf(await askRoute(app, route, [form, page]))).toBe(415);
      }
    }
    expect(app.ran).toEqual([]);
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    for (const route of media)
      expect(statusOf(await askRoute(app, route, [form, ['Origin', own]]))).toBe(200);
  });

  it('of our own pages pass on every route', async () => {
    for (const origin of ['127.0.0.1', 'localhost', '[::1]'].map((name) => `http://${name}:${app.port}`)) {
      for (const route of app.routes) {
        const status = statusOf(
          await askRoute(app, route, [
            ['Origin', origin],
            ['Sec-Fetch-Site', 'same-origin'],
          ]),
        );
        expect(status, route.path).toBe(statusAllowed(route));
      }
    }
  });
});
