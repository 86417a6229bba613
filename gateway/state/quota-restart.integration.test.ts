import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, KEY_TWO, providerYaml, startTestGateway } from '../testing/test-gateway.ts';

let folder: string;
let upstream: FakeUpstream;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-quota-'));
  upstream = await startFakeUpstream();
  upstream.script((request) =>
    request.json(200, ANSWER, {
      'x-ratelimit-limit-requests': '100',
      'x-ratelimit-remaining-requests': '37',
      'x-ratelimit-reset-requests': '2h',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '990',
      'x-ratelimit-reset-tokens': '0s',
    }),
  );
});
afterEach(async () => {
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
});

const start = (...keys: readonly string[]) =>
  startTestGateway(`providers:\n${providerYaml('one', upstream.url, keys)}`, { dataFolder: folder });
type Running = Awaited<ReturnType<typeof start>>;

/** What is left of the first key's limits, as the pages are told. */
async function leftOf(running: Running): Promise<unknown> {
  const providers = await running.gateway.control.handlers['providers.list']({});
  return providers[0]?.keys[0]?.quota;
}
async function afterRestart(
  ...keys: readonly string[]
): Promise<{ left: unknown; logged: readonly string[] }> {
  const running = await start(...keys);
  const left = await leftOf(running);
  await running.stop();
  return { left, logged: running.logged };
}

it('a gateway that starts again tells what was left, and when it was told', async () => {
  const before = await start(KEY_ONE);
  expect((await before.chat(ASK)).status).toBe(200);
  await expect.poll(() => leftOf(before)).toMatchObject([{ name: 'requests' }, { name: 'tokens' }]);
  const told = await leftOf(before);
  await before.stop();

  // The one that was whole again meanwhile is gone.
  const [requests] = Array.isArray(told) ? told : [];
  expect(requests).toMatchObject({ limit: 100, remaining: 37 });
  expect((await afterRestart(KEY_ONE)).left).toEqual([requests]);
  // And again, though nothing was asked in between.
  expect((await afterRestart(KEY_ONE)).left).toEqual([requests]);
  expect(await readFile(join(folder, 'quota.json'), 'utf8')).not.toContain('sk-test');

  expect((await afterRestart(KEY_TWO)).left).toEqual([]);
  expect((await afterRestart(KEY_ONE)).left).toEqual([]);
});

it('a damaged file costs the figures alone', async () => {
  await writeFile(join(folder, 'quota.json'), '{"version":1,');
  const { left, logged } = await afterRestart(KEY_ONE);
  expect(left).toEqual([]);
  expect(logged.filter((line) => line.includes('What was left of limits is forgotten'))).toHaveLength(1);
});
