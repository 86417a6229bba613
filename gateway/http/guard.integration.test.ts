/** Rebinding, forgery, keys and sessions, each over every route there is. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  requestText,
  samplePath,
  sendRaw,
  SESSION,
  SESSION_COOKIE,
  startTestApp,
  statusOf,
  type TestApp,
} from '../testing/http-app.ts';
import type { Route } from './route.ts';

type Headers = readonly (readonly [string, string])[];

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.stop());

const BODY = '{"model":"fast"}';
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const CREDENTIALS: Headers = [
  ['Cookie', SESSION_COOKIE],
  ['x-switchyard-csrf', SESSION.csrf],
  ['Authorization', 'Bearer key-1'],
];

/** Everything a route could wish for, apart from what `headers` replace. */
function ask(route: Route, headers: Headers, target = samplePath(route)): Promise<string> {
  const replaced = headers.map(([name]) => name.toLowerCase());
  const usual = [...CREDENTIALS, ...(route.method === 'POST' ? [JSON_TYPE] : [])];
  const kept = usual.filter(([name]) => !replaced.includes(name.toLowerCase()));
  const body = route.method === 'POST' ? BODY : '';
  return sendRaw(app.port, requestText(app.port, route.method, target, [...kept, ...headers], body));
}

const routesBut = (...accesses: readonly Route['access'][]): readonly Route[] =>
  app.routes.filter(({ access }) => !accesses.includes(access));

/** Routes that are there to say why there is nothing. */
const NOT_KEPT: Readonly<Record<string, number>> = {
  '/v1/responses/*response': 404,
  '/v1/responses/compact': 400,
  '/v1/conversations{/*rest}': 400,
};

it('every kind of route is there, and answers who has everything', async () => {
  expect(new Set(app.routes.map(({ access }) => access))).toEqual(
    new Set(['health', 'data', 'session', 'page']),
  );
  for (const route of app.routes) {
    const answer = await ask(route, []);
    expect([route.path, statusOf(answer)]).toEqual([route.path, NOT_KEPT[route.path] ?? 200]);
    expect(answer).toMatch(/x-request-id: req_[a-z2-9]{20}\r\n/i);
    expect(answer).not.toMatch(/access-control/i);
  }
  // All but what is at `/`, which is no route of the list.
  expect(app.ran).toHaveLength(app.routes.length - 1);
});

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
    for (const route of routesBut('health')) {
      for (const host of wrongHosts(app.port)) {
        const status = statusOf(await ask(route, [...host, ...more]));
        expect([400, 403], `${route.path} ${JSON.stringify(host)}`).toContain(status);
      }
    }
    expect(app.ran).toEqual([]);
  });

  it('no other host in the request line either', async () => {
    for (const route of routesBut('health')) {
      const answer = await ask(route, [], `http://evil.com${samplePath(route)}`);
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
    expect(statusOf(await ask(models, UPGRADE))).toBe(400);
    const offer: Headers = [
      ['Connection', 'Upgrade, HTTP2-Settings, close'],
      ['Upgrade', 'h2c'],
      ['HTTP2-Settings', 'AAMAAABkAAQAAP__'],
    ];
    const answer = await ask(chat, offer);
    expect(statusOf(answer)).toBe(200);
    expect(answer).toContain(`"bytes":${BODY.length}`);
  });
});

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
        const answer = await ask(route, page);
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
      for (const type of types) expect(statusOf(await ask(route, [['Content-Type', type]]))).toBe(415);
      const form = ask(route, [['Content-Type', 'multipart/form-data; boundary=b']]);
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
        expect(statusOf(await ask(route, [form, page]))).toBe(415);
      }
    }
    expect(app.ran).toEqual([]);
    app.configure({ clients: [{ id: 'laptop', key: 'key-1' }] });
    for (const route of media) expect(statusOf(await ask(route, [form, ['Origin', own]]))).toBe(200);
  });

  it('of our own pages pass on every route', async () => {
    for (const origin of ['127.0.0.1', 'localhost', '[::1]'].map((name) => `http://${name}:${app.port}`)) {
      for (const route of app.routes) {
        const status = statusOf(
          await ask(route, [
            ['Origin', origin],
            ['Sec-Fetch-Site', 'same-origin'],
          ]),
        );
        expect(status, route.path).toBe(NOT_KEPT[route.path] ?? 200);
      }
    }
  });
});

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
        const answer = await ask(route, [['Cookie', 'session=stolen'], ...key]);
        expect(statusOf(answer)).toBe(401);
        expect(answer).toContain('"code":"unauthenticated"');
      }
      if (route.method !== 'GET') {
        expect(statusOf(await ask(route, [['x-switchyard-csrf', 'guess']]))).toBe(403);
      }
    }
    expect(app.ran).toEqual([]);
    // A wrong method on such a path tells nothing without a session.
    const wrong = requestText(app.port, 'GET', '/admin/rpc/sample', [['Authorization', 'Bearer key-1']]);
    expect(statusOf(await sendRaw(app.port, wrong))).toBe(401);
  });
});

describe('beyond loopback', () => {
  it('without a client key only probes answer, and everything else says what to do', async () => {
    app.configure({ loopback: false });
    for (const route of app.routes) {
      const answer = await ask(route, []);
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
