/** What the log says of a request that still runs. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import {
  KEY_ONE,
  KEY_TWO,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}${providerYaml('two', upstream.url, [KEY_TWO])}
models:
  - { id: both, targets: [{ model: one/m }, { model: two/m }] }\n`,
  );
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

it('has the attempts that failed so far', async () => {
  let calls = 0;
  upstream.script((asked) => {
    calls += 1;
    if (calls > 1) return asked.hang();
    asked.json(500, { error: { message: 'no' } });
  });
  const leaving = new AbortController();
  const asked = fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    signal: leaving.signal,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'both', messages: [{ role: 'user', content: 'hi' }] }),
  }).catch(() => null);
  await expect.poll(() => calls, { timeout: 10_000 }).toBe(2);
  const [, id = ''] = /"id":"([^"]+)"/.exec(JSON.stringify(await gateway.call('requests.list', {}))) ?? [];
  expect(await gateway.call('requests.get', { id })).toMatchObject({
    data: {
      outcome: 'live',
      attemptCount: 1,
      provider: 'one',
      attempts: [{ provider: 'one', status: 500 }],
    },
  });
  leaving.abort();
  await asked;
  const [row] = await gateway.rows(1);
  expect(row).toMatchObject({ id, outcome: 'client-left', attemptCount: 2 });
});
