/** DNS rebinding, over every route there is: names of hosts that are not ours. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askRoute, BODY, type Headers } from '../testing/ask-route.ts';
import {
  requestText,
  samplePath,
  sendRaw,
  startTestApp,
  statusOf,
  type TestApp,
} from '../testing/http-app.ts';
import type { Route } from './route.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

/** All but the probes. */
const guarded = (): readonly Route[] => app.routes.filter(({ access }) => access !== 'health');

describe('DNS rebinding', () => {
  const UPGRADE: Headers = [
    ['Connection', 'Upgrade, close'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'AAAAAAAAAAAAAAAAAAAAAA=='],
  ];
  const wrongHosts = (port: number): readonly Headers[] => [
    [['Host', `evil.com:${port}`]],
    [['Host', `127.0.0.1.evil.com:${port}`]],
    [['Host', `localhost.:${port}`]],
    [['Host', `x@127.0.0.1:${port}`]],
    [['Host', '127.0.0.1']],
    [['Host', `127.0.0.1:${port + 1}`]],
    [['Host', '']],
    [
      ['Host', `127.0.0.1:${port}`],
      ['Host', 'evil.com'],
    ],
  ];

  it.each([
    ['plain', []],
    ['upgrade', UPGRADE],
  ] as const)('no wrong Host reaches a route (%s)', async (_how, more) => {
    for (const route of guarded()) {
      for (const host of wrongHosts(app.port)) {
        const status = statusOf(await askRoute(app, route, [...host, ...more]));
        expect([400, 403], `${route.path} ${JSON.stringify(host)}`).toContain(status);
      }
    }
    expect(app.ran).toEqual([]);
  });

  it('no other host in the request line either', async () => {
    for (const route of guarded()) {
      const answer = await askRoute(app, route, [], `http://evil.com${samplePath(route)}`);
      expect(statusOf(answer)).toBe(403);
    }
    expect(app.ran).toEqual([]);
  });

  it('a request without Host is refused by either version of HTTP', async () => {
    expect(statusOf(await sendRaw(app.port, 'GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(
      400,
    );
    expect(statusOf(await sendRaw(app.port, 'GET /v1/models HTTP/1.0\r\n\r\n'))).toBe(403);
    expect(app.ran).toEqual([]);
  });

  it('the three right forms pass, on absolute targets too', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const host = `${name}:${app.port}`;
      const headers: Headers = [['Host', host]];
      expect(statusOf(await sendRaw(app.port, requestText(app.port, 'GET', '/v1/models', headers)))).toBe(
        200,
      );
      const absolute = requestText(app.port, 'GET', `http://${host}/v1/models`, headers);
      expect(statusOf(await sendRaw(app.port, absolute))).toBe(200);
    }
  });

  it('probes answer any Host, without detail', async () => {
    for (const path of ['/health', '/ready']) {
      const answer = await sendRaw(app.port, requestText(app.port, 'GET', path, [['Host', 'evil.com']]));
      expect(statusOf(answer)).toBe(200);
      expect(answer).not.toContain('detail');
    }
  });

  it('unknown paths and methods are guarded alike', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['PUT', '/v1/models'],
      ['OPTIONS', '*'],
    ] as const) {
      const answer = await sendRaw(app.port, requestText(app.port, method, path, [['Host', 'evil.com']]));
      expect(statusOf(answer)).toBe(403);
    }
  });

  it('upgrades are refused behind the guard; the one that may be ignored is', async () => {
    const chat = app.routes.find(({ path }) => path === '/v1/chat/completions');
    const models = app.routes.find(({ path }) => path === '/v1/models');
    if (chat === undefined || models === undefined) throw new Error('a route is missing');
    expect(statusOf(await askRoute(app, models, UPGRADE))).toBe(400);
    const offer: Headers = [
      ['Connection', 'Upgrade, HTTP2-Settings, close'],
      ['Upgrade', 'h2c'],
      ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
    ];
    const answer = await askRoute(app, chat, offer);
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain(`"bytes":${BODY.length}`);
  });
});
