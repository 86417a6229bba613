/** A key is replaced while a call with the old one is under way. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { good, keysOf } from '../testing/key-faults.ts';
import { ASK } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  memoryFile,
  providerYaml,
  startTestGateway,
  type TestGateway,
} from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
let asked: PromiseWithResolvers<FakeRequest>;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  asked = Promise.withResolvers();
  upstream.script(asked.resolve);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const yaml = (key: string): string => `providers:\n${providerYaml('one', upstream.url, [key])}`;

it('what the old one is told holds for the new one no more', async () => {
  const file = memoryFile(yaml(KEY_ONE));
  let changed = (): void => undefined;
  gateway = await startTestGateway('', {
    configFile: {
      ...file,
      read: () => file.read(),
      watch(listener) {
        changed = listener;
        return () => undefined;
      },
    },
  });
  const answer = gateway.chat(ASK);
  const request = await asked.promise;
  file.text = yaml(KEY_TWO);
  changed();
  await expect
    .poll(async () => (await keysOf(gateway))[0]?.fingerprint, { timeout: 10_000 })
    .toBe(`…${KEY_TWO.slice(-4)}`);
  request.json(
    401,
    { error: { message: 'Incorrect API key', code: 'invalid_api_key' } },
    {
      'openai-organization': 'org-old',
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '0',
    },
  );
  expect((await answer).status).toBe(502);
  expect((await keysOf(gateway))[0]).toMatchObject({ state: 'ready', quota: [] });
  upstream.script(good);
  expect((await gateway.chat(ASK)).status).toBe(200);
});
