/** Answers that have ended while their reader has taken only what the system's buffers hold. */
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK, chunk, DONE } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

/** Characters of an answer: more than the buffers between two processes hold. */
const LONG = 7_500_000;
const TEXT = 'x'.repeat(LONG);

let upstream: FakeUpstream;
let gateway: TestGateway;
let socket: Socket;

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  socket.destroy();
  await gateway.stop();
  await upstream.close();
});

/** @param writeStall ms */
async function start(writeStall: number): Promise<void> {
  gateway = await startTestGateway(
    `server: { max_in_flight: 1 }\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE])}`,
    { limits: { writeStall } },
  );
}

const answers = {
  whole: () => upstream.script((request) => request.json(200, { ...ANSWER, padding: TEXT })),
  streamed: () => upstream.script((request) => request.sse([chunk({ content: TEXT }, 'stop'), DONE])),
};

/** Asks without reading a byte of the answer. */
function ask(streamed: boolean): void {
  const body = JSON.stringify({ ...ASK, stream: streamed });
  socket = connect(gateway.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
}

/** Bytes that came until the connection ended, or until `enough` of them. */
function readOn(enough: number, pause: number): Promise<number> {
  return new Promise((resolve) => {
    let bytes = 0;
    const timer = setInterval(() => {
      const part: unknown = socket.read(Math.min(300_000, socket.readableLength));
      if (Buffer.isBuffer(part)) bytes += part.length;
      if (bytes >= enough) done();
    }, pause);
    const done = (): void => {
      clearInterval(timer);
      resolve(bytes);
    };
    socket.once('close', done);
  });
}

describe.each([
  ['whole', false],
  ['streamed', true],
] as const)('an answer that is %s', (kind, streamed) => {
  it('counts as under way until it was taken', async () => {
    await start(120_000);
    answers[kind]();
    ask(streamed);
    // It has ended for the upstream, the log and the keys, and still holds its memory.
    expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'ok' });
    expect((await gateway.chat(ASK)).status).toBe(503);
    expect(await readOn(LONG, 1)).toBeGreaterThanOrEqual(LONG);
    await answersAgain();
  });

  it('is let go where nobody takes it', async () => {
    await start(500);
    answers[kind]();
    ask(streamed);
    await gateway.rows(1);
    await answersAgain();
    expect(await readOn(LONG, 1)).toBeLessThan(LONG);
  });

  it('reaches whoever reads slowly in whole, however long that takes', async () => {
    await start(1_500);
    answers[kind]();
    ask(streamed);
    expect(await readOn(LONG, 100)).toBeGreaterThanOrEqual(LONG);
    await answersAgain();
  });
});

async function answersAgain(): Promise<void> {
  upstream.script((request) => request.json(200, ANSWER));
  await expect.poll(async () => (await gateway.chat(ASK)).status, { timeout: 20_000 }).toBe(200);
}
