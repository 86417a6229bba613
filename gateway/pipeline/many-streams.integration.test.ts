/**
 * Row 32 of the fault list in small: waves of streams of which three in ten are left at a random moment. The same in
 * large is `npm run bench:soak`.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { request as ask } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ASK, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { memoryInUse } from '../testing/memory-in-use.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

/** The first is not measured: it opens what stays open, and has code compiled. */
const WAVES = 4;
const STREAMS = 60;
const EVENTS = 20;

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  upstream.script(speak);
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

/** Whoever is going to leave is never told an end. */
async function speak(request: FakeRequest): Promise<void> {
  const leaves = request.body.includes('"I leave"');
  request.head(200, { 'content-type': 'text/event-stream', connection: 'close' });
  request.write(HEAD);
  const gone = new AbortController();
  void request.closed.then(() => gone.abort());
  for (let index = 0; !gone.signal.aborted && (leaves || index < EVENTS); index += 1) {
    request.write(chunk({ content: `${index} ` }));
    await pause(5);
  }
  request.write(chunk({}, 'stop') + DONE);
  request.end();
  request.cut();
}

/** @param patience events after which the client leaves; null: it stays to the end */
function stream(patience: number | null): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const content = patience === null ? 'I stay' : 'I leave';
    const asked = ask(
      `${gateway.url}/v1/chat/completions`,
      { method: 'POST', agent: false, headers: { 'content-type': 'application/json' } },
      (answer) => {
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
          if (patience !== null && (text.match(/^data:/gm)?.length ?? 0) >= patience) asked.destroy();
        });
        answer.on('error', () => undefined);
        answer.on('close', () => resolve(text));
      },
    );
    asked.on('error', () => resolve(text));
    asked.end(JSON.stringify({ ...ASK, stream: true, messages: [{ role: 'user', content }] }));
  });
}

/** Of this process: of clients, gateway and upstream. */
function openSockets(): number {
  if (process.platform !== 'linux') return 0;
  return readdirSync('/proc/self/fd').filter((file) => linkOf(file).startsWith('socket:')).length;
}
function linkOf(file: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    // The one by which the folder was read.
    return '';
  }
}

it(
  'streams that end and streams that are left leave nothing behind, and one row each',
  { timeout: 60_000 },
  async () => {
    let seed = 32;
    const chance = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const patience = (): number | null => (chance() < 0.3 ? Math.ceil(chance() * EVENTS) : null);
    const sockets = openSockets();
    const memory: number[] = [];
    let left = 0;
    for (let wave = 0; wave < WAVES; wave += 1) {
      const all = Array.from({ length: STREAMS }, patience);
      left += all.filter((one) => one !== null).length;
      const texts = await Promise.all(all.map(stream));
      for (const [index, text] of texts.entries()) {
        if (all[index] === null) expect(text.endsWith(DONE)).toBe(true);
        else expect(text).not.toContain(DONE);
      }
      await expect.poll(() => upstream.openSockets, { timeout: 10_000 }).toBe(0);
      await expect.poll(openSockets, { timeout: 10_000 }).toBeLessThanOrEqual(sockets);
      memory.push(memoryInUse());
    }

    const sent = WAVES * STREAMS;
    expect(left).toBeGreaterThan(sent / 5);
    const rows = (...values: readonly string[]) =>
      gateway.call('requests.list', {
        limit: 1,
        filter: values.length === 0 ? {} : { where: [{ kind: 'text', field: 'outcome', values }] },
      });
    await expect.poll(() => rows('ok'), { timeout: 10_000 }).toMatchObject({ data: { total: sent - left } });
    expect(await rows('client-left')).toMatchObject({ data: { total: left } });
    expect(await rows()).toMatchObject({ data: { total: sent } });
    expect(upstream.requests).toHaveLength(sent);
    expect(await gateway.call('gateway.status')).toMatchObject({ data: { inFlight: 0 } });
    const [first = 0] = memory;
    expect((memory.at(-1) ?? Infinity) - first).toBeLessThan(5_000_000);
  },
);
