/** Rows 29, 30 and 44 of the fault suite: when a rest ends, and who finds out whether it is over. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeRequest } from '../testing/fake-upstream.ts';
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
import { ASK, chunk, HEAD } from '../testing/openai-wire.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

let faults: KeyFaults;
beforeEach(async () => {
  faults = await openKeyFaults();
});
afterEach(() => faults.checkAndStop(), 30_000);

it('29: after five failures exactly one of 50 parallel requests finds out whether it is over', async () => {
  faults.upstream.script((request) =>
    usedKey(request) === 1 ? bad(500, { message: 'oops' })(request) : good(request),
  );
  const running = await faults.start(2, 'routing: { max_consecutive_failures: 3 }');
  for (let index = 0; index < 5; index += 1) expect((await running.chat(ASK)).status).toBe(200);
  expect((await keysOf(running))[0]).toMatchObject({ state: 'cooling', scope: 'key' });
  const before = faults.callsTo(1);
  faults.clock.pass(10 * 60 * SECOND);
  const all = faults.upstream.requests.length + 50;
  faults.upstream.script(async (request) => {
    // Until every other one has found its place.
    if (usedKey(request) === 1)
      await expect.poll(() => faults.upstream.requests.length, { timeout: 15_000 }).toBe(all);
    good(request);
  });
  const answers = await Promise.all(Array.from({ length: 50 }, () => running.chat(ASK)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(faults.callsTo(1) - before).toBe(1);
  expect((await keysOf(running))[0]?.state).toBe('ready');
  await rowsOf(running, 55);
});

it('29: a probe that is a long stream holds nobody up once its content comes', async () => {
  const running = await faults.start(1);
  faults.upstream.script(bad(429, { message: 'slow' }, { 'retry-after': '5' }));
  await running.chat(ASK);
  faults.clock.pass(6 * SECOND);
  faults.upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(HEAD + chunk({ content: 'so' }));
  });
  const probe = await running.chat({ ...ASK, stream: true });
  await probe.body?.getReader().read();
  faults.upstream.script(good);
  expect((await running.chat(ASK)).status).toBe(200);
  faults.upstream.requests.at(1)?.cut();
  const rows = await rowsOf(running, 3);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['error', 'cut', 'ok']);
});

it('29: others wait a moment for what the probe of the only key finds out', async () => {
  const running = await faults.start(1);
  faults.upstream.script(bad(429, { message: 'slow' }, { 'retry-after': '5' }));
  await running.chat(ASK);
  faults.clock.pass(6 * SECOND);
  const probe = Promise.withResolvers<FakeRequest>();
  faults.upstream.script(probe.resolve);
  const first = running.chat(ASK);
  const request = await probe.promise;
  const others = Array.from({ length: 5 }, () => running.chat(ASK));
  await expect
    .poll(() => running.call('gateway.status'), { timeout: 10_000 })
    .toMatchObject({ data: { inFlight: 6 } });
  // Longer than they look again.
  await new Promise((resolve) => setTimeout(resolve, 200));
  faults.upstream.script(good);
  good(request);
  const answers = await Promise.all([first, ...others]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await rowsOf(running, 7);
});

it('30: a client that leaves while its request waits for a key to rest: no call, nobody marked', async () => {
  faults.upstream.script(bad(429, { message: 'slow' }, { 'retry-after-ms': '1900' }));
  const running = await faults.start(1);
  faults.clock.stand();
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
  expect(faults.upstream.requests).toHaveLength(1);
});

describe('44: a clock that is set, and a machine that sleeps', () => {
  const limited = bad(429, { message: 'slow' }, { 'retry-after': '600' });

  it.each([
    ['an hour back', -HOUR],
    ['a little forward', 4 * SECOND],
  ])('%s: nothing ends at once, nothing sticks', async (_how, by) => {
    faults.upstream.script((request) => (usedKey(request) === 1 ? limited(request) : good(request)));
    const running = await faults.start(2);
    await running.chat(ASK);
    faults.clock.jump(by);
    await running.chat(ASK);
    expect(faults.callsTo(1)).toBe(1);
    expect((await keysOf(running))[0]?.coolingFor).toBeLessThanOrEqual(600 * SECOND);
    faults.clock.pass(601 * SECOND);
    await running.chat(ASK);
    expect(faults.callsTo(1)).toBe(2);
  });

  it('an hour forward, as after a sleep: each key is tried by one request, and not by all', async () => {
    faults.upstream.script((request) => (usedKey(request) < 3 ? limited(request) : good(request)));
    const running = await faults.start(3);
    await running.chat(ASK);
    faults.clock.jump(HOUR);
    // Both answer when all have come: until then nobody knows that they are well.
    const all = faults.upstream.requests.length + 20;
    faults.upstream.script(async (request) => {
      while (usedKey(request) < 3 && faults.upstream.requests.length < all) await nextTurn();
      good(request);
    });
    await Promise.all(Array.from({ length: 20 }, () => running.chat(ASK)));
    expect([faults.callsTo(1), faults.callsTo(2)]).toEqual([2, 2]);
  });
});
