/** A provider that fails and another one behind it: going there is no storm on it, whatever the retry budget has left. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { bad, good } from '../testing/key-faults.ts';
import { ASK } from '../testing/openai-wire.ts';
import { createSkewedClock, type SkewedClock } from '../testing/skewed-clock.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

const BEST = { ...ASK, model: 'best' };
const REQUESTS = 40;

let failing: FakeUpstream;
let healthy: FakeUpstream;
let gateway: TestGateway;
let clock: SkewedClock;

beforeEach(async () => {
  failing = await startFakeUpstream();
  healthy = await startFakeUpstream();
  healthy.script(good);
});
afterEach(async () => {
  await gateway.stop();
  await failing.close();
  await healthy.close();
});

/** `one` fails, `two` stands behind it. */
async function start(
  keys: readonly string[],
  targets: readonly string[] = ['one/m', 'two/m'],
  routing = '',
): Promise<void> {
  const one = providerYaml('one', failing.url, keys, ', strategy: priority').replace('[m]', '[m, n]');
  const list = targets.map((model) => `{ model: ${model} }`).join(', ');
  const yaml = `${routing}\nmodels: [{ id: best, targets: [${list}] }]\nproviders:\n${one}${providerYaml('two', healthy.url, [KEY_ONE])}`;
  clock = createSkewedClock();
  gateway = await startTestGateway(yaml, { clock });
}

/** How often each status, with what was said of the budget, came. */
async function send(times: number): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let count = 0; count < times; count += 1) {
    const answer = await gateway.chat(BEST);
    await answer.text();
    const name = `${answer.status} ${answer.headers.get('x-switchyard-retry') ?? ''}`.trim();
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Which provider and key each request asked. */
async function asked(count: number): Promise<readonly string[]> {
  const rows = await gateway.rows(count);
  return rows.map(({ attempts }) =>
    attempts.map(({ provider, keyFingerprint }) => `${provider}${keyFingerprint ?? ''}`).join(' '),
  );
}

describe('the first provider of an alias is down', () => {
  it.each<[string, readonly string[], (request: FakeRequest) => void]>([
    ['500, one key', [KEY_ONE], bad(500, { message: 'oops' })],
    ['500, two keys', [KEY_ONE, KEY_TWO], bad(500, { message: 'oops' })],
    ['529', [KEY_ONE], bad(529, { message: 'overloaded' })],
    ['resets', [KEY_ONE], (request) => request.reset()],
  ])('%s: every request is answered by the second one', async (_name, keys, fail) => {
    failing.script(fail);
    await start(keys);
    // What rests does so to the end.
    clock.stand();
    expect(await send(REQUESTS)).toEqual({ '200': REQUESTS });
    expect(healthy.requests).toHaveLength(REQUESTS);
    // Three times for each key, then it stands back.
    expect(failing.requests).toHaveLength(3 * keys.length);
  });

  it('silence: the time-out is waited for by three requests, by no other', async () => {
    failing.script((request) => request.hang());
    await start([KEY_ONE], ['one/m', 'two/m'], 'routing: { timeout: { total: 200ms } }');
    expect(await send(10)).toEqual({ '200': 10 });
    expect(failing.requests).toHaveLength(3);
    const row = (await gateway.rows(10)).at(-1);
    const over = { provider: 'one', keyFingerprint: '…1111', reason: 'total_timeout' };
    expect(row?.attempts).toMatchObject([{ provider: 'two', result: 'ok', passedOver: [over] }]);
  });

  it('it is asked all the same where the one behind it fails too, and is back with its first answer', async () => {
    failing.script(bad(500, { message: 'oops' }));
    await start([KEY_ONE]);
    clock.stand();
    await send(4);
    healthy.script(bad(500, { message: 'oops too' }));
    expect(await send(1)).toEqual({ '500': 1 });
    failing.script(good);
    expect(await send(2)).toEqual({ '200': 2 });
    expect(await asked(7)).toEqual([
      ...Array.from({ length: 3 }, () => 'one…1111 two…1111'),
      'two…1111',
      'two…1111 one…1111',
      'two…1111 one…1111',
      'one…1111',
    ]);
  });

  it('a time that it asks for is kept to at once, as long as there is another place', async () => {
    failing.script(bad(503, { message: 'later' }, { 'retry-after': '60' }));
    await start([KEY_ONE, KEY_TWO]);
    clock.stand();
    expect(await send(3)).toEqual({ '200': 3 });
    expect(await asked(3)).toEqual(['one…1111 one…2222 two…1111', 'two…1111', 'two…1111']);
    healthy.script(bad(500, { message: 'oops' }));
    expect(await send(1)).toEqual({ '503': 1 });
    expect((await asked(4)).at(-1)).toBe('two…1111 one…2222');
  });

  it('another model of it is no other provider: the budget holds there, and the one behind both answers', async () => {
    failing.script(bad(500, { message: 'oops' }));
    await start([KEY_ONE], ['one/m', 'one/n', 'two/m'], 'routing: { max_consecutive_failures: 100 }');
    expect(await send(REQUESTS)).toEqual({ '200': REQUESTS });
    expect(failing.requests.length).toBeLessThanOrEqual(1.2 * REQUESTS + 3);
  });

  it('both fail: each request asks both, and keys besides within the budget', async () => {
    failing.script(bad(500, { message: 'oops' }));
    healthy.script(bad(500, { message: 'oops too' }));
    await start([KEY_ONE, KEY_TWO], ['one/m', 'two/m'], 'routing: { max_consecutive_failures: 100 }');
    const counts = await send(REQUESTS);
    expect(Object.keys(counts).sort()).toEqual(['500', '500 budget-exhausted']);
    expect(failing.requests.length).toBeLessThanOrEqual(1.2 * REQUESTS + 3);
    expect(healthy.requests).toHaveLength(REQUESTS);
    const warned = (await gateway.rows(REQUESTS)).filter(({ warnings }) => warnings.length > 0);
    expect(warned).toHaveLength(counts['500 budget-exhausted'] ?? 0);
  });
});
