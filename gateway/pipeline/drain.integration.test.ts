/** Rows 34 and 35 of the fault list: the gateway ends in order, whatever hangs on it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ASK as PLAIN, chunk, DONE } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const ASK = { ...PLAIN, stream: true };

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

it('lets a running stream end, with idle and silent connections open, and takes no new request', async () => {
  let finish: (() => void) | undefined;
  upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    request.write(chunk({ content: 'first' }));
    finish = () => {
      request.write(`${chunk({ content: 'last' }, 'stop')}${DONE}`);
      request.end();
    };
  });
  const silent = connect(gateway.port, '127.0.0.1');
  silent.on('error', () => undefined);
  const ready = await fetch(`${gateway.url}/ready`);
  expect(ready.status).toBe(200);
  const answer = await gateway.chat(ASK);
  const reader = answer.body?.getReader();
  await reader?.read();

  const drained = gateway.gateway.drain(10_000);
  expect((await fetch(`${gateway.url}/ready`)).status).toBe(503);
  const refused = await gateway.chat(ASK);
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: 'draining' } });

  finish?.();
  let text = '';
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
    text += Buffer.from(part.value).toString();
  expect(text).toContain('[DONE]');
  await drained;
  silent.destroy();
  await expect(fetch(`${gateway.url}/ready`)).rejects.toThrow();
});

it('tells an endless stream in band at the deadline and ends', async () => {
  upstream.script((request) => {
    request.head(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => request.write(chunk({ content: 'again ' })), 10);
    void request.closed.finally(() => clearInterval(timer));
  });
  const answer = await gateway.chat(ASK);
  const read = (async () => {
    let text = '';
    try {
      for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
    } catch {
      // The connection ends without its last chunk; what came before it counts.
    }
    return text;
  })();
  await gateway.gateway.drain(300);
  const text = await read;
  expect(text).toContain('"code":"draining"');
  expect(text).not.toContain('[DONE]');
  await upstream.requests[0]?.closed;
});

it('waits for a slow client that is still taking a translated answer', async () => {
  const content = 'A'.repeat(30_000_000);
  upstream.script((request) =>
    request.json(200, { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content } }] }),
  );
  const body = JSON.stringify({ model: 'one/m', max_tokens: 9, messages: ASK.messages });
  const slow = connect(gateway.port, '127.0.0.1');
  slow.on('error', () => undefined);
  slow.write(
    `POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:${gateway.port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  // All of it is written, and most waits for the client.
  await gateway.rows(1);
  const drained = gateway.gateway.drain(20_000);
  // Longer than what is left to those who are told of the end.
  await sleep(1_500);
  let received = 0;
  slow.on('data', (part: Buffer) => (received += part.length));
  await once(slow, 'close');
  expect(received).toBeGreaterThan(content.length);
  await drained;
});
