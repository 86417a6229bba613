/** A provider that fails and another one behind it: going there is no storm on it, whatever the retry budget has left. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { bad, good } from '../testing/key-faults.ts';
import { ASK } from '../testing/openai-wire.ts';
import { createSkewedClock } from '../testing/skewed-clock.ts';
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

/** `one` fails, `two` stands behind it. The clock stands, so what rests does so to the end. */
async function start(
  keys: readonly string[],
  targets: readonly string[] = ['one/m', 'two/m'],
  routing = '',
): Promise<void> {
  const one = providerYaml('one', failing.url, keys).replace('[m]', '[m, n]');
  const list = targets.map((model) => `{ model: ${model} }`).join(', ');
  const yaml = `${routing}\nmodels: [{ id: best, targets: [${list}] }]\nproviders:\n${one}${providerYaml('two', healthy.url, [KEY_ONE])}`;
  const clock = createSkewedClock();
  gateway = await startTestGateway(yaml, { clock });
  clock.stand();
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

describe('the first provider of an alias is down', () => {
  it.each<[string, readonly string[], (request: FakeRequest) => void]>([
    ['500, one key', [KEY_ONE], bad(500, { message: 'oops' })],
    ['500, two keys', [KEY_ONE, KEY_TWO], bad(500, { message: 'oops' })],
    ['529', [KEY_ONE], bad(529, { message: 'overloaded' })],
    ['resets', [KEY_ONE], (request) => request.reset()],
  ])('%s: every request is answered by the second one', async (_name, keys, fail) => {
    failing.script(fail);
    await start(keys);
    expect(await send(REQUESTS)).toEqual({ '200': REQUESTS });
    expect(healthy.requests).toHaveLength(REQUESTS);
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
