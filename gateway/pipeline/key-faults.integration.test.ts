/** Rows 18 to 29 and 44 of the fault suite: whose fault a failure is, and for how long. */
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestRow } from '../../contract/log/row.ts';
import type { KeyView, ProviderView } from '../../contract/rpc/procedures/providers.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, HEAD } from '../testing/openai-wire.ts';
import { createSkewedClock, type SkewedClock } from '../testing/skewed-clock.ts';
import { providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';
import { watched, type WatchedGateway } from '../testing/watched-gateway.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Keys by their number; the last four characters tell which. */
const keyOf = (number: number): string => `sk-test-key-00000000${String(1_000 + number)}`;

let upstream: FakeUpstream;
let gateway: WatchedGateway | undefined;
let clock: SkewedClock;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  clock = createSkewedClock();
});
afterEach(async () => {
  await gateway?.checkAndStop();
  gateway = undefined;
  await upstream.close();
}, 30_000);

async function watch(yaml: string): Promise<WatchedGateway> {
  gateway = watched(await startTestGateway(yaml, { clock }), upstream, 'sk-test-key-');
  return gateway;
}

/** As many keys of the provider `one`, always tried from the first on. */
async function start(count: number, more = '', models = ''): Promise<WatchedGateway> {
  const keys = Array.from({ length: count }, (_, index) => keyOf(index + 1));
  const yaml = `providers:\n${providerYaml('one', upstream.url, keys, `, strategy: priority${models}`)}`;
  return watch(`${more}\n${yaml}`);
}

const isViews = (value: unknown): value is readonly ProviderView[] => Array.isArray(value);
async function keys(running: TestGateway): Promise<readonly KeyView[]> {
  const answer = await running.call('providers.list');
  if (!answer.ok || !isViews(answer.data)) throw new Error('no providers');
  return answer.data[0]?.keys ?? [];
}
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const usedKey = ({ headers }: FakeRequest): number => Number((headers['authorization'] ?? '').slice(-3));
const callsTo = (number: number): number => upstream.requests.filter((one) => usedKey(one) === number).length;
const good = (request: FakeRequest): void => request.json(200, ANSWER);
const bad =
  (status: number, error: object, headers: Readonly<Record<string, string>> = {}) =>
  (request: FakeRequest): void =>
    request.json(status, { error }, headers);

/** What holds after every fault: one row for each request, and no secret in any of them. */
async function rowsOf(running: TestGateway, count: number): Promise<readonly RequestRow[]> {
  const rows = await running.rows(count);
  expect(rows).toHaveLength(count);
  expect(JSON.stringify(rows)).not.toContain('sk-test-key-');
  for (const row of rows) expect(row.attempts.length).toBe(row.attemptCount);
  return rows;
}

describe('18: 429 with a Retry-After of any kind', () => {
  it.each([
    ['5', 0, 5 * SECOND],
    ['the date', 10 * SECOND, 20 * SECOND],
    ['-1', 20.1 * SECOND, 36 * SECOND],
    ['abc', 20.1 * SECOND, 36 * SECOND],
    ['1e9', 23.9 * HOUR, 24 * HOUR],
  ])('%s', async (value, least, most) => {
    const header = value === 'the date' ? new Date(clock.wall() + 20 * SECOND).toUTCString() : value;
    upstream.script((request) =>
      usedKey(request) === 1
        ? bad(429, { message: 'slow' }, { 'retry-after': header })(request)
        : good(request),
    );
    const running = await start(2);
    expect((await running.chat(ASK)).status).toBe(200);
    const [limited, other] = await keys(running);
    expect(limited).toMatchObject({ state: 'cooling', reason: 'rate_limited', scope: 'key', status: 429 });
    expect(limited?.coolingFor).toBeGreaterThan(least);
    expect(limited?.coolingFor).toBeLessThanOrEqual(most);
    expect(other?.state).toBe('ready');
    await running.chat(ASK);
    expect([callsTo(1), callsTo(2)]).toEqual([1, 2]);
    const [, second] = await rowsOf(running, 2);
    expect(second?.attempts).toMatchObject([
      { why: 'first', passedOver: [{ name: 'one key …1001', reason: 'rate_limited' }] },
    ]);
  });
});

it('19: 40 keys limited in the same second: three calls, then rest; back within a second of its end', async () => {
  upstream.script(bad(429, { message: 'slow' }, { 'retry-after-ms': '1500' }));
  const running = await start(40);
  clock.stand();
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(2);
  expect(await answer.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  expect(upstream.requests).toHaveLength(3);
  expect((await keys(running)).every(({ state }) => state === 'cooling')).toBe(true);
  upstream.script(good);
  clock.go();
  // Near enough to wait for.
  expect((await running.chat(ASK)).status).toBe(200);
  expect(upstream.requests).toHaveLength(4);
  const [, row] = await rowsOf(running, 2);
  expect(row?.attempts).toMatchObject([{ why: 'probe', result: 'ok' }]);
  expect(row?.attempts[0]?.waited).toBeGreaterThan(500);
});

it('19: keys that are known to be of different accounts: four calls of a request at the most', async () => {
  upstream.script((request) =>
    bad(429, { message: 'slow' }, { 'openai-organization': `org-${usedKey(request)}` })(request),
  );
  const running = await start(12, 'routing: { retries: 10 }');
  expect((await running.chat(ASK)).status).toBe(429);
  expect(upstream.requests).toHaveLength(4);
  expect((await keys(running)).filter(({ state }) => state === 'cooling')).toHaveLength(4);
});

it('20: 20 requests answered with 500: the last key is still tried, and the first good answer ends it', async () => {
  upstream.script(bad(500, { message: 'oops' }));
  const running = await start(3);
  for (let index = 0; index < 20; index += 1) expect((await running.chat(ASK)).status).toBe(500);
  expect((await keys(running)).filter(({ state }) => state === 'ready')).toHaveLength(1);
  const before = upstream.requests.length;
  upstream.script(good);
  expect((await running.chat(ASK)).status).toBe(200);
  expect(upstream.requests).toHaveLength(before + 1);
  await rowsOf(running, 21);
});

it('21: 401 on one of three keys: the next one at once, and back by itself once it works', async () => {
  let revoked = true;
  upstream.script((request) =>
    revoked && usedKey(request) === 1
      ? bad(401, { message: 'Incorrect API key', code: 'invalid_api_key' })(request)
      : good(request),
  );
  const running = await start(3);
  expect((await running.chat(ASK)).status).toBe(200);
  const [row] = await rowsOf(running, 1);
  expect(row?.attempts).toMatchObject([
    { result: 'key_rejected', scope: 'key', action: 'next-key', why: 'first' },
    { result: 'ok', why: 'next-key', waited: 0 },
  ]);
  revoked = false;
  await running.chat(ASK);
  expect(callsTo(1)).toBe(1);
  clock.pass(60 * SECOND);
  await running.chat(ASK);
  expect(callsTo(1)).toBe(2);
  expect((await keys(running)).map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
});

it('22: 403 for one model: that key and model rest, the key is not marked', async () => {
  upstream.script((request) =>
    usedKey(request) === 1 && request.body.includes('"m"')
      ? bad(403, { message: 'Project has no access to model m' })(request)
      : good(request),
  );
  const running = await start(2, '', '');
  expect((await running.chat(ASK)).status).toBe(200);
  const [first] = await keys(running);
  expect(first).toMatchObject({
    state: 'ready',
    consecutiveFailures: 0,
    models: [{ model: 'm', reason: 'forbidden', scope: 'model' }],
  });
});

it('23: 402 on all: 402, one call for each key, however many', async () => {
  upstream.script(bad(402, { message: 'Insufficient Balance' }));
  const running = await start(6, 'routing: { retries: 10 }');
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(402);
  expect(await answer.json()).toMatchObject({ error: { code: 'credentials_exhausted' } });
  expect([1, 2, 3, 4, 5, 6].map(callsTo)).toEqual([1, 1, 1, 1, 1, 1]);
  await rowsOf(running, 1);
});

it.each([400, 413, 422])('24: %i: one call, the words of the upstream, nobody marked', async (status) => {
  upstream.script(bad(status, { message: `no ${'x'.repeat(50_000)}`, type: 'invalid_request_error' }));
  const running = await start(3);
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(status);
  const text = await answer.text();
  expect(text).toContain('no xxx');
  expect(text.length).toBeLessThanOrEqual(65_536 + 100);
  expect(upstream.requests).toHaveLength(1);
  for (const key of await keys(running)) {
    expect(key).toMatchObject({ state: 'ready', consecutiveFailures: 0, models: [], lastFailedAt: null });
  }
  await rowsOf(running, 1);
});

it.each([
  [400, 400],
  [413, 413],
  [422, 400],
])('24: %i with more words than are kept is still the fault of the request: %i', async (status, told) => {
  upstream.script(bad(status, { message: `no ${'x'.repeat(100_000)}` }));
  const running = await start(2);
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(told);
  const text = await answer.text();
  expect(text).toContain('no xxx');
  expect(text.length).toBeLessThan(65_536);
  expect(upstream.requests).toHaveLength(1);
});

describe('25: a final failure', () => {
  const cut = (request: FakeRequest): void => {
    request.raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"id":');
    request.cut();
  };
  const failure = (status: number, message: string) => bad(status, { message }, { 'retry-after': '7200' });
  it.each<[string, (request: FakeRequest) => void]>([
    ['401', failure(401, 'Incorrect API key')],
    ['402', failure(402, 'Insufficient Balance')],
    ['403', failure(403, 'no')],
    ['404', failure(404, 'no such model')],
    ['408', failure(408, 'late')],
    ['409', failure(409, 'conflict')],
    ['429', failure(429, 'slow')],
    ['500', failure(500, 'oops')],
    ['529', failure(529, 'overloaded')],
    ['a reset', (request) => request.reset()],
    ['an answer cut short', cut],
    ['a page', (request) => request.respond(200, { 'content-type': 'text/html' }, '<html></html>')],
    ['a redirect', (request) => request.respond(307, { location: 'http://127.0.0.1:9/' }, '')],
    ['silence', (request) => request.hang()],
  ])('%s is final for SDKs too, and makes nobody wait for more than a minute', async (_name, fail) => {
    upstream.script(fail);
    const running = await start(1, '', ', timeout: { total: 300ms }');
    const client = new OpenAI({ apiKey: 'none', baseURL: `${running.url}/v1` });
    running.alsoAsked(1);
    await expect(
      client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'x' }] }),
    ).rejects.toThrow();
    await rowsOf(running, 1);
    const answer = await running.chat(ASK);
    expect(answer.headers.get('x-should-retry')).toBe('false');
    expect(Number(answer.headers.get('retry-after') ?? 0)).toBeLessThanOrEqual(60);
  });
});

it('26: half of 1,000 requests fail: less than a quarter more calls, and whoever gets the failure is told why', async () => {
  let seed = 26;
  const chance = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  upstream.script((request) => (chance() < 0.5 ? bad(500, { message: 'oops' })(request) : good(request)));
  const running = await start(5, 'requests: { bodies: metadata }');
  const answers: Response[] = [];
  let asked = 0;
  const ask = async (): Promise<void> => {
    while (asked < 1_000) {
      asked += 1;
      const answer = await running.chat(ASK);
      expect(await answer.json()).toEqual(answer.status === 200 ? ANSWER : { error: { message: 'oops' } });
      answers.push(answer);
    }
  };
  await Promise.all(Array.from({ length: 20 }, ask));
  expect(upstream.requests.length).toBeLessThan(1_250);
  const failed = answers.filter(({ status }) => status !== 200);
  const spent = failed.filter(({ headers }) => headers.get('x-switchyard-retry') === 'budget-exhausted');
  expect(spent.length).toBeGreaterThan(0);
  const page = await running.call('requests.list', {
    limit: 500,
    filter: { where: [{ kind: 'flag', field: 'failed' }] },
  });
  expect(page).toMatchObject({ data: { total: failed.length } });
  const id = spent[0]?.headers.get('x-request-id');
  expect(await running.call('requests.get', { id })).toMatchObject({
    data: { errorCode: 'upstream_error', warnings: [expect.stringContaining('budget-exhausted')] },
  });
}, 60_000);

it('29: after five failures exactly one of 50 parallel requests finds out whether it is over', async () => {
  upstream.script((request) =>
    usedKey(request) === 1 ? bad(500, { message: 'oops' })(request) : good(request),
  );
  const running = await start(2, 'routing: { max_consecutive_failures: 3 }');
  for (let index = 0; index < 5; index += 1) expect((await running.chat(ASK)).status).toBe(200);
  expect((await keys(running))[0]).toMatchObject({ state: 'cooling', scope: 'key' });
  const before = callsTo(1);
  clock.pass(10 * 60 * SECOND);
  const all = upstream.requests.length + 50;
  upstream.script(async (request) => {
    // Until every other one has found its place.
    if (usedKey(request) === 1)
      await expect.poll(() => upstream.requests.length, { timeout: 15_000 }).toBe(all);
    good(request);
  });
  const answers = await Promise.all(Array.from({ length: 50 }, () => running.chat(ASK)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(callsTo(1) - before).toBe(1);
  expect((await keys(running))[0]?.state).toBe('ready');
  await rowsOf(running, 55);
});

it('29: a probe that is a long stream holds nobody up once its content comes', async () => {
  const running = await start(1);
  upstream.script(bad(429, { message: 'slow' }, { 'retry-after': '5' }));
  await running.chat(ASK);
  clock.pass(6 * SECOND);
  upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(HEAD + chunk({ content: 'so' }));
  });
  const probe = await running.chat({ ...ASK, stream: true });
  await probe.body?.getReader().read();
  upstream.script(good);
  expect((await running.chat(ASK)).status).toBe(200);
  upstream.requests.at(1)?.cut();
  const rows = await rowsOf(running, 3);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['error', 'cut', 'ok']);
});

it('29: others wait a moment for what the probe of the only key finds out', async () => {
  const running = await start(1);
  upstream.script(bad(429, { message: 'slow' }, { 'retry-after': '5' }));
  await running.chat(ASK);
  clock.pass(6 * SECOND);
  const probe = Promise.withResolvers<FakeRequest>();
  upstream.script(probe.resolve);
  const first = running.chat(ASK);
  const request = await probe.promise;
  const others = Array.from({ length: 5 }, () => running.chat(ASK));
  await expect
    .poll(() => running.call('gateway.status'), { timeout: 10_000 })
    .toMatchObject({ data: { inFlight: 6 } });
  // Longer than they look again.
  await new Promise((resolve) => setTimeout(resolve, 200));
  upstream.script(good);
  good(request);
  const answers = await Promise.all([first, ...others]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await rowsOf(running, 7);
});

it('30: a client that leaves while its request waits for a key to rest: no call, nobody marked', async () => {
  upstream.script(bad(429, { message: 'slow' }, { 'retry-after-ms': '1900' }));
  const running = await start(1);
  clock.stand();
  await running.chat(ASK);
  const leaving = new AbortController();
  const answer = running.chat(ASK, {}, leaving.signal).catch(() => 'left');
  await expect
    .poll(() => running.call('gateway.status'), { timeout: 10_000 })
    .toMatchObject({ data: { inFlight: 1 } });
  leaving.abort();
  expect(await answer).toBe('left');
  const [, row] = await rowsOf(running, 2);
  expect(row).toMatchObject({ outcome: 'client-left', status: 499, attempts: [] });
  expect(row?.doneAt).toBeLessThan(1_900);
  expect(upstream.requests).toHaveLength(1);
});

describe('44: a clock that is set, and a machine that sleeps', () => {
  const limited = bad(429, { message: 'slow' }, { 'retry-after': '600' });

  it.each([
    ['an hour back', -HOUR],
    ['a little forward', 4 * SECOND],
  ])('%s: nothing ends at once, nothing sticks', async (_how, by) => {
    upstream.script((request) => (usedKey(request) === 1 ? limited(request) : good(request)));
    const running = await start(2);
    await running.chat(ASK);
    clock.jump(by);
    await running.chat(ASK);
    expect(callsTo(1)).toBe(1);
    expect((await keys(running))[0]?.coolingFor).toBeLessThanOrEqual(600 * SECOND);
    clock.pass(601 * SECOND);
    await running.chat(ASK);
    expect(callsTo(1)).toBe(2);
  });

  it('an hour forward, as after a sleep: each key is tried by one request, and not by all', async () => {
    upstream.script((request) => (usedKey(request) < 3 ? limited(request) : good(request)));
    const running = await start(3);
    await running.chat(ASK);
    clock.jump(HOUR);
    // Both answer when all have come: until then nobody knows that they are well.
    const all = upstream.requests.length + 20;
    upstream.script(async (request) => {
      while (usedKey(request) < 3 && upstream.requests.length < all) await nextTurn();
      good(request);
    });
    await Promise.all(Array.from({ length: 20 }, () => running.chat(ASK)));
    expect([callsTo(1), callsTo(2)]).toEqual([2, 2]);
  });
});

it('a failover is told while it runs, with each attempt', async () => {
  upstream.script((request) =>
    usedKey(request) === 1 ? bad(503, { message: `busy ${keyOf(1)}` })(request) : request.hang(),
  );
  const running = await start(2);
  const heard: unknown[] = [];
  const subscription = running.gateway.control.subscribe(['requests.changed'], ({ data }) => {
    heard.push(data);
    return true;
  });
  const leaving = new AbortController();
  const answer = running.chat(ASK, {}, leaving.signal).catch(() => undefined);
  await expect
    .poll(() => heard.flat())
    .toContainEqual(
      expect.objectContaining({
        outcome: 'live',
        attemptCount: 1,
        attempts: [expect.objectContaining({ result: 'overloaded', action: 'next-key', why: 'first' })],
      }),
    );
  leaving.abort();
  await answer;
  subscription.close();
  expect(JSON.stringify(heard)).not.toContain('sk-test-key-');
});

describe('one account behind several keys', () => {
  const inOrganisation = { 'anthropic-organization-id': 'org-7', 'retry-after': '30' };
  const limit = {
    type: 'rate_limit_error',
    message: 'This would exceed the rate limit for your organization.',
  };

  it('is learned from the answers, shown, and rests as a whole for the model', async () => {
    upstream.script((request) => request.json(200, ANSWER, inOrganisation));
    const running = await start(2);
    for (const key of [1, 2]) {
      if (key === 2) await running.call('keys.update', { provider: 'one', id: 'k1', enabled: false });
      expect((await running.chat(ASK)).status).toBe(200);
    }
    await running.call('keys.update', { provider: 'one', id: 'k1', enabled: true });
    expect((await keys(running)).map(({ sharesAccountWith }) => sharesAccountWith)).toEqual([['k2'], ['k1']]);
    const before = upstream.requests.length;
    upstream.script(bad(429, limit, inOrganisation));
    expect((await running.chat(ASK)).status).toBe(429);
    expect(upstream.requests).toHaveLength(before + 1);
    expect((await keys(running)).map(({ models }) => models)).toMatchObject([
      [{ model: 'm', scope: 'account', reason: 'rate_limited' }],
      [{ model: 'm', scope: 'account', reason: 'rate_limited' }],
    ]);
    expect(await running.call('keys.clear', { provider: 'one', id: 'k2' })).toMatchObject({
      data: { cleared: 1 },
    });
    upstream.script(good);
    expect((await running.chat(ASK)).status).toBe(200);
  });
});

it('what is left of the limits is shown for the key it belongs to', async () => {
  upstream.script((request) =>
    request.json(200, ANSWER, {
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
    }),
  );
  const running = await start(2);
  await running.chat(ASK);
  expect((await keys(running)).map(({ quota }) => quota)).toMatchObject([
    [{ name: 'requests', limit: 500, remaining: 499 }],
    [],
  ]);
});

it('keys of which the user says that they share an account rest together', async () => {
  upstream.script(
    bad(429, { message: 'your organization', type: 'rate_limit_error' }, { 'retry-after': '30' }),
  );
  const running = await watch(
    `providers:\n  - id: one\n    dialect: openai-chat\n    base_url: ${upstream.url}\n    allow_private_network: true\n    models: [m]\n    strategy: priority\n    keys:\n${[
      1, 2, 3,
    ]
      .map((key) => `      - { id: k${key}, value: ${keyOf(key)}${key < 3 ? ', account: ours' : ''} }\n`)
      .join('')}`,
  );
  expect((await running.chat(ASK)).status).toBe(429);
  expect([1, 2, 3].map(callsTo)).toEqual([1, 0, 1]);
  expect((await keys(running)).map(({ sharesAccountWith }) => sharesAccountWith)).toEqual([
    ['k2'],
    ['k1'],
    [],
  ]);
});
