/** Rows 24 to 26 of the fault suite: failures that the client is told. */
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeRequest } from '../testing/fake-upstream.ts';
import { bad, good, keysOf, openKeyFaults, rowsOf, usedKey, type KeyFaults } from '../testing/key-faults.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';

let faults: KeyFaults;
beforeEach(async () => {
  faults = await openKeyFaults();
});
afterEach(() => faults.checkAndStop(), 30_000);

it.each([400, 413, 422])('24: %i: one call, the words of the upstream, nobody marked', async (status) => {
  faults.upstream.script(bad(status, { message: `no ${'x'.repeat(50_000)}`, type: 'invalid_request_error' }));
  const running = await faults.start(3);
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(status);
  const text = await answer.text();
  expect(text).toContain('no xxx');
  expect(text.length).toBeLessThanOrEqual(65_536 + 100);
  expect(faults.upstream.requests).toHaveLength(1);
  for (const key of await keysOf(running)) {
    expect(key).toMatchObject({ state: 'ready', consecutiveFailures: 0, models: [], lastFailedAt: null });
  }
  await rowsOf(running, 1);
});

it('24: 404 for a file that is not there: each key once, the words of the upstream, nobody marked', async () => {
  faults.upstream.script(bad(404, { message: 'No such File object: file-1', type: 'invalid_request_error' }));
  const running = await faults.start(2);
  for (let time = 1; time <= 2; time += 1) {
    const answer = await running.chat(ASK);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      expect.stringContaining('No such File object'),
    ]);
    expect(faults.upstream.requests).toHaveLength(2 * time);
  }
  for (const key of await keysOf(running)) {
    expect(key).toMatchObject({ state: 'ready', consecutiveFailures: 0, models: [] });
  }
  await rowsOf(running, 2);
});

it('24: a file that the last of six keys has is found, though five do not have it', async () => {
  faults.upstream.script((request) =>
    (usedKey(request) < 6 ? bad(404, { message: 'No such File object: file-1' }) : good)(request),
  );
  const running = await faults.start(6);
  expect((await running.chat(ASK)).status).toBe(200);
  expect(faults.upstream.requests.map(usedKey)).toEqual([1, 2, 3, 4, 5, 6]);
});

it.each([
  [400, 400],
  [413, 413],
  [422, 400],
])('24: %i with more words than are kept is still the fault of the request: %i', async (status, told) => {
  faults.upstream.script(bad(status, { message: `no ${'x'.repeat(100_000)}` }));
  const running = await faults.start(2);
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(told);
  const text = await answer.text();
  expect(text).toContain('no xxx');
  expect(text.length).toBeLessThan(65_536);
  expect(faults.upstream.requests).toHaveLength(1);
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
    faults.upstream.script(fail);
    const running = await faults.start(1, '', ', timeout: { total: 300ms }');
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
  faults.upstream.script((request) =>
    chance() < 0.5 ? bad(500, { message: 'oops' })(request) : good(request),
  );
  const running = await faults.start(5, 'requests: { bodies: metadata }');
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
  expect(faults.upstream.requests.length).toBeLessThan(1_250);
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
    data: { errorCode: 'upstream_error', warnings: [{ text: expect.stringContaining('budget-exhausted') }] },
  });
}, 60_000);
