import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream } from '../testing/fake-upstream.ts';
import { lastMoments } from '../testing/last-moments.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, KEY_THREE, KEY_TWO, providerYaml, startTestGateway } from '../testing/test-gateway.ts';
import { systemClock } from '../system-clock.ts';
import { createHealthFile } from './health-file.ts';
import { createHealth } from './health.ts';

const PROCESS = fileURLToPath(new URL('../testing/health-process.ts', import.meta.url));
const silent = (): void => undefined;
const warned: string[] = [];
const logger = { debug: silent, info: silent, warn: (text: string) => void warned.push(text), error: silent };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-health-'));
  warned.length = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it.each([3, 60, 200])('what cools survives a kill -9 at key %i, but for the last moment', async (reports) => {
  const file = join(folder, 'health.json');
  const child = spawn(process.execPath, [PROCESS, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const cooled: { readonly key: string; readonly at: number }[] = [];
  for await (const line of createInterface(child.stdout)) {
    const [number = '', at = ''] = line.split(' ');
    cooled.push({ key: `k${number}`, at: Number(at) });
    if (cooled.length === reports) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  const kept = await createHealthFile({ file, clock: systemClock, logger }).read();
  const settings = { base: 1, ceiling: 1, maxConsecutiveFailures: 3 };
  const health = createHealth({
    clock: systemClock,
    random: Math.random,
    settings: () => settings,
    accountOf: () => undefined,
    changed: silent,
    kept: kept.coolings,
  });
  const end = cooled.at(-1)?.at ?? 0;
  const latest = lastMoments(cooled.map(({ at }) => at));
  for (const { key, at } of cooled) {
    const { phase, left } = health.view('one', key);
    if (end - at < latest && phase === 'none') continue;
    expect(phase).toBe('cooling');
    expect(left).toBeGreaterThan(3_500_000);
  }
  expect(warned).toEqual([]);
});

it('a gateway that starts again knows what cooled, and forgets it for a key that was replaced', async () => {
  const upstream = await startFakeUpstream();
  upstream.script((request) =>
    (request.headers['authorization'] ?? '').includes(KEY_ONE)
      ? request.json(401, { error: { message: 'Incorrect API key' } })
      : request.json(200, ANSWER),
  );
  const start = (first: string) =>
    startTestGateway(
      `providers:\n${providerYaml('one', upstream.url, [first, KEY_TWO], ', strategy: priority')}`,
      { dataFolder: folder },
    );
  const states = async (running: Awaited<ReturnType<typeof start>>) => {
    const answer = await running.call('providers.list');
    await running.stop();
    return answer;
  };
  const before = await start(KEY_ONE);
  await before.chat(ASK);
  await before.stop();
  const calls = upstream.requests.length;
  const after = await start(KEY_ONE);
  expect((await after.chat(ASK)).status).toBe(200);
  expect(upstream.requests).toHaveLength(calls + 1);
  expect(await states(after)).toMatchObject({
    data: [{ keys: [{ state: 'cooling', reason: 'key_rejected' }, { state: 'ready' }] }],
  });
  expect(await states(await start(KEY_THREE))).toMatchObject({
    data: [{ keys: [{ state: 'ready' }, { state: 'ready' }] }],
  });
  expect(await readFile(join(folder, 'health.json'), 'utf8')).not.toContain('sk-test');
  await upstream.close();
});

it('a file that is none is taken for no file, and replaced', async () => {
  const path = join(folder, 'health.json');
  await writeFile(path, '{"version":1,"coolings":[{"provider":');
  const file = createHealthFile({ file: path, clock: systemClock, logger });
  expect(await file.read()).toEqual({ coolings: [], accounts: [] });
  expect(warned).toEqual(['Cool-downs are forgotten: their file cannot be understood']);
  file.changed(() => ({ coolings: [], accounts: [['one', 'k1', 'org-1']] }));
  await file.close();
  expect(await file.read()).toEqual({ coolings: [], accounts: [['one', 'k1', 'org-1']] });
});

it('a folder that cannot be written says so once and disturbs nothing', async () => {
  const file = createHealthFile({ file: join(folder, 'none', 'health.json'), clock: systemClock, logger });
  for (let round = 0; round < 3; round += 1) {
    file.changed(() => ({ coolings: [], accounts: [] }));
    await file.close();
  }
  expect(warned).toHaveLength(1);
});
