/** Chats of the playground tell no secret, and go past what guards the way in from outside. */
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { createGateway, createMemorySecrets } from '../index.ts';
import { chunk, DONE } from '../testing/openai-wire.ts';
import { ask, chatCall, wordsOf, openPlayground, type PlaygroundHost } from '../testing/playground-chat.ts';
import {
  KEY_ONE,
  KEY_TWO,
  memoryFile,
  providerYaml,
  realClock,
  TEST_WORKERS,
} from '../testing/test-gateway.ts';

let host: PlaygroundHost;
beforeEach(async () => {
  host = await openPlayground();
});
afterEach(() => host.stop());

describe('secrets', () => {
  it('never stand in what is told of the end, nor in the events about it', async () => {
    host.upstream.script((request) => request.sse([chunk({ content: 'x' }, `stop ${KEY_ONE}`), DONE]));
    const of = await host.start();
    const heard: unknown[] = [];
    of.gateway.control.subscribe(['requests.changed'], (message) => {
      heard.push(message);
      return true;
    });
    const end = await ask(of, chatCall());
    expect(end).toMatchObject({ outcome: 'ok', finishReason: 'stop [redacted]' });
    await expect.poll(() => JSON.stringify(heard)).toContain('stop [redacted]');
    expect(JSON.stringify(heard)).not.toContain(KEY_ONE);
  });

  it('are in no part, even when the upstream repeats them in pieces', async () => {
    host.upstream.script((request) => {
      const key = request.headers['authorization']?.replace('Bearer ', '') ?? '';
      const pieces = `I was sent ${key}, thank you`.split(/(?:)/u).map((content) => chunk({ content }));
      request.sse([chunk({ reasoning_content: `key ${key}` }), ...pieces, chunk({}, 'stop'), DONE]);
    });
    const call = chatCall();
    const end = await ask(await host.start(), call);
    expect(end.outcome).toBe('ok');
    expect(wordsOf(call, 'text-delta')).toBe('I was sent [redacted], thank you');
    expect(wordsOf(call, 'reasoning-delta')).toBe('key [redacted]');
  });
});

describe('the way in', () => {
  it.each([
    ['client keys', `server: { api_key: client-key-0123456789 }\n`],
    ['a bind beyond loopback', 'server: { host: 0.0.0.0 }\n'],
    ['other hosts and addresses', 'server: { allowed_hosts: [gw.example.com], allowed_ips: [10.9.9.9] }\n'],
  ])('is open with %s, and to nobody who only claims to be the gateway', async (_name, yaml) => {
    host.upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
    const of = await host.start(yaml);
    expect(await ask(of, chatCall())).toMatchObject({ outcome: 'ok' });
    const forged = await of.chat(
      { model: 'one/m', messages: [], stream: true },
      { 'user-agent': 'Switchyard-Playground', 'x-switchyard-inner': '1' },
    );
    expect([401, 403]).toContain(forged.status);
    expect(host.upstream.requests).toHaveLength(1);
  });

  it('needs no port', async () => {
    host.upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const of = await host.start();
    const other = await createGateway({
      version: '0.0.0-test',
      clock: realClock,
      random: Math.random,
      logger: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: () => undefined,
      },
      configFile: memoryFile(`providers:\n${providerYaml('one', host.upstream.url, [KEY_TWO])}`),
      overrides: { ...NO_OVERRIDES, settings: [{ path: 'server.port', value: port, origin: 'test' }] },
      environment: {},
      secrets: createMemorySecrets(),
      dataFolder: of.folder,
      workers: TEST_WORKERS,
      routes: () => [],
      sessionOf: () => null,
      demoUpstream: null,
    });
    await expect(other.listen()).rejects.toThrow(String(port));
    const end = await other.control.handlers['playground.chat'](
      { model: 'one/m', messages: [{ role: 'user', text: 'hi' }], parameters: {} },
      chatCall(),
    );
    expect(end).toMatchObject({ outcome: 'ok', keyFingerprint: '…2222' });
    await other.drain(0);
    taken.close();
  });
});
