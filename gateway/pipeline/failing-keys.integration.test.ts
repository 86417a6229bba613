/** Rows 20 to 23 of the fault suite: whose fault a failure is, the key or what is behind it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  bad,
  good,
  keyOf,
  keysOf,
  openKeyFaults,
  rowsOf,
  SECOND,
  usedKey,
  type KeyFaults,
} from '../testing/key-faults.ts';
import { ASK } from '../testing/openai-wire.ts';

let faults: KeyFaults;
beforeEach(async () => {
  faults = await openKeyFaults();
});
afterEach(() => faults.checkAndStop(), 30_000);

it('20: 20 requests answered with 500: the last key is still tried, and the first good answer ends it', async () => {
  faults.upstream.script(bad(500, { message: 'oops' }));
  const running = await faults.start(3);
  for (let index = 0; index < 20; index += 1) expect((await running.chat(ASK)).status).toBe(500);
  expect((await keysOf(running)).filter(({ state }) => state === 'ready')).toHaveLength(1);
  const before = faults.upstream.requests.length;
  faults.upstream.script(good);
  expect((await running.chat(ASK)).status).toBe(200);
  expect(faults.upstream.requests).toHaveLength(before + 1);
  await rowsOf(running, 21);
});

it('21: 401 on one of three keys: the next one at once, and back by itself once it works', async () => {
  let revoked = true;
  faults.upstream.script((request) =>
    revoked && usedKey(request) === 1
      ? bad(401, { message: 'Incorrect API key', code: 'invalid_api_key' })(request)
      : good(request),
  );
  const running = await faults.start(3);
  expect((await running.chat(ASK)).status).toBe(200);
  const [row] = await rowsOf(running, 1);
  expect(row?.attempts).toMatchObject([
    { result: 'key_rejected', scope: 'key', action: 'next-key', why: 'first' },
    { result: 'ok', why: 'next-key', waited: 0 },
  ]);
  revoked = false;
  await running.chat(ASK);
  expect(faults.callsTo(1)).toBe(1);
  faults.clock.pass(60 * SECOND);
  await running.chat(ASK);
  expect(faults.callsTo(1)).toBe(2);
  expect((await keysOf(running)).map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
});

it('22: 403 for one model: that key and model rest, the key is not marked', async () => {
  faults.upstream.script((request) =>
    usedKey(request) === 1 && request.body.includes('"m"')
      ? bad(403, { message: 'Project has no access to model m' })(request)
      : good(request),
  );
  const running = await faults.start(2, '', '');
  expect((await running.chat(ASK)).status).toBe(200);
  const [first] = await keysOf(running);
  expect(first).toMatchObject({
    state: 'ready',
    consecutiveFailures: 0,
    models: [{ model: 'm', reason: 'forbidden', scope: 'model' }],
  });
});

it('23: 402 on all: 402, one call for each key, however many', async () => {
  faults.upstream.script(bad(402, { message: 'Insufficient Balance' }));
  const running = await faults.start(6);
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(402);
  expect(await answer.json()).toMatchObject({ error: { code: 'credentials_exhausted' } });
  expect([1, 2, 3, 4, 5, 6].map(faults.callsTo)).toEqual([1, 1, 1, 1, 1, 1]);
  await rowsOf(running, 1);
});

it.each([
  [402, { message: 'Insufficient Balance' }],
  [401, { message: 'Incorrect API key', code: 'invalid_api_key' }],
  [403, { message: 'Project has no access to model m' }],
])(
  '%i on more keys than a request may try again: one that works is found all the same',
  async (status, error) => {
    faults.upstream.script((request) => (usedKey(request) < 5 ? bad(status, error) : good)(request));
    const running = await faults.start(6);
    expect((await running.chat(ASK)).status).toBe(200);
    expect([1, 2, 3, 4, 5, 6].map(faults.callsTo)).toEqual([1, 1, 1, 1, 1, 0]);
  },
);

it('of hundreds of refused keys a request meets some, and the next one others', async () => {
  faults.upstream.script(bad(401, { message: 'Incorrect API key', code: 'invalid_api_key' }));
  const running = await faults.start(60, 'routing: { retries: 3 }');
  expect((await running.chat(ASK)).status).toBe(502);
  expect(faults.upstream.requests).toHaveLength(24);
  expect((await running.chat(ASK)).status).toBe(502);
  expect(new Set(faults.upstream.requests.map(usedKey)).size).toBe(48);
});

it('a page of a firewall that one prompt meets: one call, and the next prompt is answered', async () => {
  const page = '<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head></html>';
  faults.upstream.script((request) =>
    request.body.includes('evil')
      ? request.respond(403, { 'content-type': 'text/html; charset=UTF-8' }, page)
      : good(request),
  );
  const running = await faults.start(6);
  const evil = { ...ASK, messages: [{ role: 'user', content: 'evil' }] };
  for (let time = 1; time <= 4; time += 1) {
    expect((await running.chat(evil)).status).toBe(403);
    expect(faults.upstream.requests).toHaveLength(time);
  }
  for (const key of await keysOf(running)) expect(key).toMatchObject({ state: 'ready', models: [] });
  expect((await running.chat(ASK)).status).toBe(200);
});

it('no failover at all is none on refused keys either', async () => {
  faults.upstream.script((request) => (usedKey(request) === 1 ? bad(401, { message: 'no' }) : good)(request));
  const running = await faults.start(2, 'routing: { retries: 0 }');
  expect((await running.chat(ASK)).status).toBe(502);
  expect((await running.chat(ASK)).status).toBe(200);
});

it('what a provider does itself counts as before, besides keys that it refuses', async () => {
  faults.upstream.script((request) =>
    bad(usedKey(request) % 2 === 1 ? 401 : 500, { message: 'no' })(request),
  );
  const running = await faults.start(10, 'routing: { retries: 2 }');
  expect((await running.chat(ASK)).status).toBe(500);
  expect(faults.upstream.requests.map(usedKey)).toEqual([1, 2, 3, 4, 5, 6]);
});

it('a failover is told while it runs, with each attempt', async () => {
  faults.upstream.script((request) =>
    usedKey(request) === 1 ? bad(503, { message: `busy ${keyOf(1)}` })(request) : request.hang(),
  );
  const running = await faults.start(2);
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
