/** Measurements and alerts of a running gateway. */
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;
let hook: Server | undefined;
/** What the webhook was sent: its bearer and its body. */
let told: { readonly bearer: string | undefined; readonly body: string }[] = [];

beforeEach(async () => {
  told = [];
  upstream = await startFakeUpstream();
  upstream.script((request) => request.json(200, ANSWER));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
  hook?.closeAllConnections();
  hook?.close();
  hook = undefined;
});

async function start(more: string): Promise<TestGateway> {
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}${more}\n`);
  return gateway;
}

/** @returns its address; answers with the status given until it is asked once more often than `failures` */
function startHook(failures: number): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      told.push({ bearer: request.headers.authorization, body });
      response.statusCode = told.length > failures ? 204 : 503;
      response.end();
    });
  });
  hook = server;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/hook`);
    });
  });
}

async function until(found: () => boolean | Promise<boolean>): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    if (await found()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen');
}

it('tells Prometheus of requests, tokens and the process', async () => {
  const { url, chat } = await start('');
  await (await chat(ASK)).text();
  await (await chat({ ...ASK, model: 'nobody/has-it' })).text();
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await response.text();
  expect(text).toMatch(/^switchyard_requests_total\{model="[^"]+",provider="one",status="200"\} 1$/m);
  expect(text).toMatch(/^switchyard_requests_total\{model="",provider="",status="404"\} 1$/m);
  expect(text).toMatch(/^switchyard_tokens_total\{model="[^"]+",provider="one",kind="input"\} [1-9]/m);
  expect(text).toMatch(/^switchyard_keys\{provider="one",state="[^"]+"\} 1$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
  expect(text).not.toContain(KEY_ONE);
});

it('counts tokens that are estimated also of a request that the log keeps nothing of', async () => {
  upstream.script((request) => request.json(200, { ...ANSWER, usage: undefined }));
  const { url, chat } = await start('');
  await (await chat(ASK, { 'x-switchyard-log': 'off' })).text();
  const input = /^switchyard_tokens_total\{model="[^"]+",provider="one",kind="input"\} [1-9]/m;
  await until(async () => input.test(await (await fetch(`${url}/metrics`)).text()));
});

it('asks for a key of clients at /metrics where they have one, and tells nothing when turned off', async () => {
  const { url } = await start('server: { api_key: client-key-1234 }\nmonitoring: { enabled: false }');
  const ask = (headers: Record<string, string>) => fetch(`${url}/metrics`, { headers });
  expect((await ask({})).status).toBe(401);
  const off = await ask({ authorization: 'Bearer client-key-1234' });
  expect([off.status, await off.text()]).toEqual([404, expect.stringContaining('monitoring.enabled')]);
});

it('raises an alert as event, problem and webhook, tries the webhook again, and tells when it is over', async () => {
  const address = await startHook(1);
  upstream.script((request) => request.json(500, { error: { message: 'no' } }));
  const {
    chat,
    call,
    gateway: running,
  } = await start(
    `monitoring:
  interval: 50ms
  alerts: [{ when: error_rate, above: 0.5, window: 2s, at_least: 1 }]
  webhook: { url: "${address}", token: hook-token-1234 }`,
  );
  const events: string[] = [];
  running.control.subscribe(['alerts.changed'], (message) => {
    if (message.topic === 'alerts.changed') events.push(`${message.data.state} ${message.data.alert.id}`);
    return true;
  });
  await (await chat(ASK)).text();
  await until(() => events.length >= 1);
  expect(JSON.stringify(await call('gateway.status'))).toContain('"code":"alert"');
  expect(JSON.stringify(await call('alerts.list'))).toContain('100 % of the last');
  await until(() => told.length >= 2);
  expect(told.slice(0, 2).map(({ bearer }) => bearer)).toEqual(Array(2).fill('Bearer hook-token-1234'));
  expect(JSON.parse(told[1]?.body ?? '')).toMatchObject({ source: 'switchyard', state: 'raised' });
  await until(() => events.length >= 2 && told.length >= 3);
  expect(events).toEqual(['raised 1-error_rate', 'cleared 1-error_rate']);
  expect(JSON.stringify(await call('gateway.status'))).not.toContain('"code":"alert"');
});
