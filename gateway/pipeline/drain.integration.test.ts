/** Rows 34 and 35 of the fault list: the gateway ends in order, whatever hangs on it. */
import { connect } from 'node:net';
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
