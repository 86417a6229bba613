/** Rows 18 and 19 of the fault suite: keys that are asked too often, and for how long they rest. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  bad,
  good,
  HOUR,
  keysOf,
  openKeyFaults,
  rowsOf,
  SECOND,
  usedKey,
  type KeyFaults,
} from '../testing/key-faults.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';

let faults: KeyFaults;
beforeEach(async () => {
  faults = await openKeyFaults();
});
afterEach(() => faults.checkAndStop(), 30_000);

describe('18: 429 with a Retry-After of any kind', () => {
  it.each([
    ['5', 0, 5 * SECOND],
    ['the date', 10 * SECOND, 20 * SECOND],
    ['-1', 20.1 * SECOND, 36 * SECOND],
    ['abc', 20.1 * SECOND, 36 * SECOND],
    ['1e9', 23.9 * HOUR, 24 * HOUR],
  ])('%s', async (value, least, most) => {
    const header = value === 'the date' ? new Date(faults.clock.wall() + 20 * SECOND).toUTCString() : value;
    faults.upstream.script((request) =>
      usedKey(request) === 1
        ? bad(429, { message: 'slow' }, { 'retry-after': header })(request)
        : good(request),
    );
    const running = await faults.start(2);
    expect((await running.chat(ASK)).status).toBe(200);
    const [limited, other] = await keysOf(running);
    expect(limited).toMatchObject({ state: 'cooling', reason: 'rate_limited', scope: 'key', status: 429 });
    expect(limited?.coolingFor).toBeGreaterThan(least);
    expect(limited?.coolingFor).toBeLessThanOrEqual(most);
    expect(other?.state).toBe('ready');
    await running.chat(ASK);
    expect([faults.callsTo(1), faults.callsTo(2)]).toEqual([1, 2]);
    const [, second] = await rowsOf(running, 2);
    expect(second?.attempts).toMatchObject([
      { why: 'first', passedOver: [{ provider: 'one', keyFingerprint: '…1001', reason: 'rate_limited' }] },
    ]);
  });
});

it('19: 40 keys limited in the same second: three calls, then rest; back within a second of its end', async () => {
  faults.upstream.script(bad(429, { message: 'slow' }, { 'retry-after-ms': '1500' }));
  const running = await faults.start(40);
  faults.clock.stand();
  const answer = await running.chat(ASK);
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(2);
  expect(await answer.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  expect(faults.upstream.requests).toHaveLength(3);
  expect((await keysOf(running)).every(({ state }) => state === 'cooling')).toBe(true);
  faults.upstream.script(good);
  faults.clock.go();
  // Near enough to wait for.
  expect((await running.chat(ASK)).status).toBe(200);
  expect(faults.upstream.requests).toHaveLength(4);
  const [, row] = await rowsOf(running, 2);
  expect(row?.attempts).toMatchObject([{ why: 'probe', result: 'ok' }]);
  expect(row?.attempts[0]?.waited).toBeGreaterThan(500);
});

it('19: in the very moment in which the rest is over, and not before, one key is asked', async () => {
  faults.upstream.script(bad(429, { message: 'slow' }, { 'retry-after-ms': '60000' }));
  const running = await faults.start(40);
  faults.clock.stand();
  expect((await running.chat(ASK)).status).toBe(429);
  faults.upstream.script(good);
  faults.clock.pass(57_000);
  expect((await running.chat(ASK)).status).toBe(429);
  expect(faults.upstream.requests).toHaveLength(3);
  faults.clock.pass(3_000);
  expect((await running.chat(ASK)).status).toBe(200);
  expect(faults.upstream.requests).toHaveLength(4);
  const rows = await rowsOf(running, 3);
  expect(rows.map(({ attempts }) => attempts.map(({ why, waited }) => [why, waited]))).toEqual([
    [expect.any(Array), expect.any(Array), expect.any(Array)],
    [],
    [['probe', 0]],
  ]);
});

it('19: keys that are known to be of different accounts: four calls of a request at the most', async () => {
  faults.upstream.script((request) =>
    bad(429, { message: 'slow' }, { 'openai-organization': `org-${usedKey(request)}` })(request),
  );
  const running = await faults.start(12, 'routing: { retries: 10 }');
  expect((await running.chat(ASK)).status).toBe(429);
  expect(faults.upstream.requests).toHaveLength(4);
  expect((await keysOf(running)).filter(({ state }) => state === 'cooling')).toHaveLength(4);
});

it.each(['limit: 0', 'GenerateRequestsPerDayPerProjectPerModel-FreeTier'])(
  'free projects without quota (%s) leave the key that is paid for alone',
  async (sign) => {
    const details = [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [{ quotaId: sign.startsWith('limit') ? 'x' : sign }],
      },
    ];
    const error = { code: 429, message: `Quota exceeded, ${sign}`, status: 'RESOURCE_EXHAUSTED', details };
    faults.upstream.script((request) => (usedKey(request) < 5 ? bad(429, error)(request) : good(request)));
    const running = await faults.start(5, 'routing: { retries: 10 }');
    // Four calls are the most that a request makes which limits stop.
    expect((await running.chat(ASK)).status).toBe(429);
    expect((await running.chat(ASK)).status).toBe(200);
    expect([1, 2, 3, 4, 5].map(faults.callsTo)).toEqual([1, 1, 1, 1, 1]);
  },
);

it('what is left of the limits is shown for the key it belongs to', async () => {
  faults.upstream.script((request) =>
    request.json(200, ANSWER, {
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
    }),
  );
  const running = await faults.start(2);
  await running.chat(ASK);
  expect((await keysOf(running)).map(({ quota }) => quota)).toMatchObject([
    [{ name: 'requests', limit: 500, remaining: 499 }],
    [],
  ]);
});
