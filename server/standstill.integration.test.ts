/** Row 44 of the fault list with a real process: stopped in the middle of everything, as by a sleep, and gone on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../gateway/testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE } from '../gateway/testing/openai-wire.ts';
import { KEY_ONE, KEY_TWO, providerYaml } from '../gateway/testing/test-gateway.ts';
import { runHost, type RunningHost } from './testing/run-host.ts';

/** Time limit on silence, ms; what the gateway takes for a stop is 500 ms more. */
const SILENCE = 2_000;
const STOPPED = 3_000;

let upstream: FakeUpstream;
let folder: string;
let host: RunningHost | undefined;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  folder = await mkdtemp(join(tmpdir(), 'switchyard-standstill-'));
});
afterEach(async () => {
  await host?.stop('SIGKILL');
  host = undefined;
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningHost> {
  const config = join(folder, 'config.yaml');
  const times = `, strategy: priority, timeout: { first_content: ${SILENCE}ms, idle: ${SILENCE}ms }`;
  await writeFile(config, `providers:\n${providerYaml('one', upstream.url, [KEY_ONE, KEY_TWO], times)}`);
  host = await runHost({ args: ['--config', config], folder });
  return host;
}

const chat = ({ address }: RunningHost, body: object): Promise<Response> =>
  fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const STREAM = { ...ASK, stream: true };
const uses = (key: string) => (request: FakeRequest) =>
  (request.headers['authorization'] ?? '').includes(key);

/** What came before the connection broke off. */
async function textUntilCut(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const part of answer.body ?? []) {
      const bytes: Uint8Array = part;
      text += decoder.decode(bytes, { stream: true });
    }
    return `${text} and a clean end`;
  } catch {
    return text;
  }
}

/** An event every 50 ms, whether or not anybody reads, and the end after `span` ms. */
async function speak(request: FakeRequest, span: number): Promise<void> {
  const events = span / 50;
  for (let index = 0; index < events; index += 1) {
    request.write(chunk({ content: `${index} ` }));
    await pause(50);
  }
  request.write(chunk({}, 'stop') + DONE);
  request.end();
}

it('cool-downs stay, streams whose upstreams went on are read to their end, time limits work as before', async () => {
  const running = await start();
  upstream.script((request) =>
    uses(KEY_ONE)(request)
      ? request.json(429, { error: { message: 'slow down' } }, { 'retry-after': '600' })
      : request.json(200, ANSWER),
  );
  expect((await chat(running, ASK)).status).toBe(200);

  upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    // The second one's first content comes while nobody reads.
    if (upstream.requests.length === 3) void speak(request, STOPPED + 300);
    else void pause(SILENCE / 2).then(() => speak(request, 100));
  });
  const speaking = (await chat(running, STREAM)).text();
  const thinking = chat(running, STREAM).then((answer) => answer.text());
  await expect.poll(() => upstream.requests.length, { timeout: 10_000 }).toBe(4);
  process.kill(running.pid, 'SIGSTOP');
  await pause(STOPPED);
  process.kill(running.pid, 'SIGCONT');

  const [spoken, thought] = await Promise.all([speaking, thinking]);
  expect(spoken.match(/"content"/g)).toHaveLength((STOPPED + 300) / 50);
  for (const text of [spoken, thought]) expect(text.endsWith(DONE)).toBe(true);

  upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'and then nothing' }));
  });
  expect(await textUntilCut(await chat(running, STREAM))).toMatch(/idle_timeout.*\s*$/);
  expect(upstream.requests.filter(uses(KEY_ONE))).toHaveLength(1);
});
