/** A place that stands back is asked where the others are only full, rather than the client told that nothing is free. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { bad, good } from '../testing/key-faults.ts';
import { ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const BEST = { ...ASK, model: 'best' };

let failing: FakeUpstream;
let full: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  failing = await startFakeUpstream();
  full = await startFakeUpstream();
});
afterEach(async () => {
  await gateway.stop();
  await failing.close();
  await full.close();
});

/** `one` has failed so often that it stands back, `two` has its only place taken; ends what takes it. */
async function start(
  targets: readonly string[],
  limits: { readonly coolingWait: number; readonly queued?: number },
): Promise<() => void> {
  const list = targets.map((model) => `{ model: ${model} }`).join(', ');
  const two = providerYaml('two', full.url, [KEY_ONE], ', max_concurrency: 1');
  const yaml = `models: [{ id: best, targets: [${list}] }]\nproviders:\n${providerYaml('one', failing.url, [KEY_ONE])}${two}`;
  gateway = await startTestGateway(yaml, { limits });
  failing.script(bad(500, { message: 'oops' }));
  for (let time = 1; time <= 3; time += 1) await gateway.chat({ ...ASK, model: 'one/m' });
  let end = (): void => undefined;
  full.script((request) => {
    end = () => good(request);
  });
  void gateway.chat({ ...ASK, model: 'two/m' }).catch(() => undefined);
  await expect.poll(() => full.requests).toHaveLength(1);
  full.script(good);
  return () => end();
}

it.each([
  ['before', ['one/m', 'two/m']],
  ['behind', ['two/m', 'one/m']],
])('the target %s the full one, once it has waited as long as for a rest', async (_where, targets) => {
  await start(targets, { coolingWait: 20 });
  failing.script(good);
  expect((await gateway.chat(BEST)).status).toBe(200);
  expect([failing.requests.length, full.requests.length]).toEqual([4, 1]);
});

it('at once where no more requests may wait', async () => {
  await start(['one/m', 'two/m'], { coolingWait: 60_000, queued: 0 });
  failing.script(good);
  expect((await gateway.chat(BEST)).status).toBe(200);
});

it('room that comes soon is better', async () => {
  const end = await start(['one/m', 'two/m'], { coolingWait: 60_000 });
  const answer = gateway.chat(BEST);
  await expect.poll(() => gateway.call('gateway.status')).toMatchObject({ data: { inFlight: 2 } });
  end();
  expect((await answer).status).toBe(200);
  expect([failing.requests.length, full.requests.length]).toEqual([3, 2]);
});

it('room is waited for where it fails once more', async () => {
  const end = await start(['one/m', 'two/m'], { coolingWait: 20 });
  const answer = gateway.chat(BEST);
  await expect.poll(() => failing.requests).toHaveLength(4);
  end();
  expect((await answer).status).toBe(200);
  const row = (await gateway.rows(5)).find(({ attemptCount }) => attemptCount === 2);
  expect(row?.attempts).toMatchObject([{ provider: 'one' }, { provider: 'two', result: 'ok' }]);
});
