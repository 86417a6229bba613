/** Chats of the playground against a whole gateway and an upstream that does what the test says. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatPart } from '../../contract/rpc/procedures/playground.ts';
import { createGateway, createMemorySecrets } from '../index.ts';
import { NO_OVERRIDES } from '../config/overrides.ts';
import { isObject } from '../core/json.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import {
  KEY_ONE,
  KEY_TWO,
  memoryFile,
  providerYaml,
  realClock,
  startTestGateway,
  TEST_WORKERS,
  type TestGateway,
} from '../testing/test-gateway.ts';
import { createToldCall, type ToldCall } from '../testing/told-call.ts';

const USAGE = {
  prompt_tokens: 12,
  completion_tokens: 5,
  total_tokens: 17,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 2 },
};
const usage = `data: ${JSON.stringify({ id: 'c', choices: [], usage: USAGE })}\n\n`;

let upstream: FakeUpstream;
let gateway: TestGateway | undefined;

beforeEach(async () => {
  upstream = await startFakeUpstream();
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await upstream.close();
});

async function start(more = '', keys: readonly string[] = [KEY_ONE]): Promise<TestGateway> {
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, keys)}${more}`);
  return gateway;
}

const ask = (of: TestGateway, call: ToldCall<ChatPart>, parameters: object = {}) =>
  of.gateway.control.handlers['playground.chat'](
    { model: 'one/m', messages: [{ role: 'user', text: 'hi' }], parameters },
    call,
  );
const chatCall = () => createToldCall<ChatPart>();
const wordsOf = (call: ToldCall<ChatPart>, kind: ChatPart['kind']): string =>
  call.told.map((part) => (part.kind === kind && 'text' in part ? part.text : '')).join('');
function bodyOf(request: FakeRequest | undefined): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(request?.body.toString() ?? '{}');
  return isObject(value) ? value : {};
}

describe('an answer', () => {
  it('is told piece by piece, with who served it and what it took', async () => {
    upstream.script((request) =>
      request.sse([
        HEAD,
        chunk({ reasoning_content: 'Let me ' }),
        chunk({ reasoning: 'think.' }),
        chunk({ content: 'Hel' }) + chunk({ content: 'lo' }),
        chunk({ content: ' 世界' }),
        chunk({ refusal: 'No more.' }),
        chunk({}, 'stop'),
        usage,
        DONE,
      ]),
    );
    const of = await start();
    const call = chatCall();
    const end = await ask(of, call);
    expect(end).toEqual({
      requestId: expect.stringMatching(/^req_/),
      outcome: 'ok',
      status: 200,
      provider: 'one',
      model: 'm',
      keyFingerprint: '…1111',
      attempts: 1,
      firstContentAt: expect.any(Number),
      doneAt: expect.any(Number),
      tokens: { input: 12, cacheRead: 4, cacheWrite: 0, output: 5, reasoning: 2 },
      cost: null,
      warnings: [],
      finishReason: 'stop',
      error: null,
    });
    expect(call.told.slice(0, 2)).toEqual([
      { kind: 'sent', requestId: end.requestId },
      { kind: 'served', provider: 'one', model: 'm', attempts: 1 },
    ]);
    expect(wordsOf(call, 'reasoning-delta')).toBe('Let me think.');
    expect(wordsOf(call, 'text-delta')).toBe('Hello 世界');
    expect(wordsOf(call, 'refusal-delta')).toBe('No more.');
    const [row] = await of.rows(1);
    expect(row).toMatchObject({
      id: end.requestId,
      app: 'Switchyard playground',
      client: null,
      outcome: 'ok',
    });
  });

  it('is asked for with the parameters that are set, and no other', async () => {
    upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
    const of = await start();
    await ask(of, chatCall());
    await ask(of, chatCall(), {
      temperature: 0,
      topP: 0.5,
      maxTokens: 9,
      seed: 7,
      stop: ['END'],
      reasoningEffort: 'low',
    });
    const plain = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true };
    const [first, second] = upstream.requests.map(bodyOf);
    expect(first).toEqual({ ...plain, stream_options: { include_usage: true } });
    expect(second).toEqual({
      ...plain,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.5,
      max_tokens: 9,
      seed: 7,
      stop: ['END'],
      reasoning_effort: 'low',
    });
  });

  it('may come as a whole from an upstream that does not stream', async () => {
    upstream.script((request) => request.json(200, ANSWER));
    const call = chatCall();
    const end = await ask(await start(), call);
    expect(end).toMatchObject({ outcome: 'ok', finishReason: 'stop', tokens: { input: 3, output: 1 } });
    expect(wordsOf(call, 'text-delta')).toBe('hello');
  });

  it('tells key, tokens and time also where the log keeps nothing', async () => {
    upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), usage, DONE]));
    const end = await ask(await start('requests: { bodies: off }\n'), chatCall());
    expect(end).toMatchObject({ outcome: 'ok', keyFingerprint: '…1111', tokens: { input: 12 } });
  });

  it('sends the limit again under its newer name to a model that asks for it, and remembers that', async () => {
    upstream.script((request) => {
      if (bodyOf(request)['max_tokens'] === undefined) {
        request.sse([chunk({ content: 'x' }, 'stop'), DONE]);
        return;
      }
      const message =
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
      request.json(400, { error: { message, type: 'invalid_request_error', code: 'unsupported_parameter' } });
    });
    const of = await start();
    expect(await ask(of, chatCall(), { maxTokens: 9 })).toMatchObject({ outcome: 'ok' });
    expect(await ask(of, chatCall(), { maxTokens: 8 })).toMatchObject({ outcome: 'ok' });
    expect(upstream.requests.map((request) => bodyOf(request)['max_completion_tokens'])).toEqual([
      undefined,
      9,
      8,
    ]);
  });
});

describe('a failure', () => {
  it('before content is the sentence of the gateway with its code', async () => {
    upstream.script((request) =>
      request.json(401, {
        error: { message: `Incorrect API key provided: ${KEY_ONE}`, code: 'invalid_api_key' },
      }),
    );
    const of = await start('routing: { retries: 0 }\n');
    const end = await ask(of, chatCall());
    expect(end).toMatchObject({ outcome: 'error', status: 502, provider: 'one', firstContentAt: null });
    expect(end.error?.code).toBe('upstream_credentials_rejected');
    expect(end.error?.message).toContain('…1111');
    expect(JSON.stringify(end)).not.toContain(KEY_ONE);
  });

  it('of routing names what is there', async () => {
    const of = await start();
    const end = await of.gateway.control.handlers['playground.chat'](
      { model: 'one/n', messages: [{ role: 'user', text: 'hi' }], parameters: {} },
      chatCall(),
    );
    expect(end).toMatchObject({ outcome: 'error', status: 404, provider: null, keyFingerprint: null });
    expect(end.error).toMatchObject({ code: 'model_not_found', message: expect.stringContaining('one/m') });
  });

  it('after content keeps what came and says what broke', async () => {
    upstream.script((request) =>
      request.sse([
        chunk({ content: 'half' }),
        'data: {"error":{"message":"overloaded","code":"server_error"}}\n\n',
      ]),
    );
    const call = chatCall();
    const end = await ask(await start(), call);
    expect(wordsOf(call, 'text-delta')).toBe('half');
    expect(end).toMatchObject({ outcome: 'error', status: 200, keyFingerprint: '…1111' });
    expect(end.error?.message).toContain('overloaded');
  });

  it('of a stream that ends without its terminator is a cut, never a good end', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'half' }) + chunk({}, 'stop'));
      request.cut();
    });
    const end = await ask(await start(), chatCall());
    expect(end).toMatchObject({ outcome: 'cut', error: { code: 'upstream_cut' } });
  });

  it('of an answer without an end is bounded, and its upstream closed', async () => {
    const piece = chunk({ content: 'x'.repeat(500_000) });
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      for (let count = 0; count < 20; count += 1) request.write(piece);
    });
    const end = await ask(await start(), chatCall());
    expect(end).toMatchObject({ outcome: 'cut', error: { code: 'answer_too_long' } });
    await upstream.requests[0]?.closed;
  });

  it('of a body that is too large is told like any other', async () => {
    const of = await start();
    const end = await of.gateway.control.handlers['playground.chat'](
      {
        model: 'one/m',
        messages: Array.from({ length: 9 }, () => ({ role: 'user', text: 'x'.repeat(4_000_000) })),
        parameters: {},
      },
      chatCall(),
    );
    expect(end).toMatchObject({ outcome: 'error', status: 413, error: { code: 'body_too_large' } });
  });
});

describe('stopping', () => {
  it('closes the upstream at once and ends as stopped', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'word' }));
    });
    const of = await start();
    const call = chatCall();
    const ending = ask(of, call);
    await call.until(({ kind }) => kind === 'text-delta');
    call.cancel();
    const [request] = upstream.requests;
    // Resolves only when the gateway has hung up: this upstream never ends by itself.
    await request?.closed;
    expect(await ending).toMatchObject({
      outcome: 'stopped',
      provider: 'one',
      keyFingerprint: '…1111',
      error: null,
    });
    expect((await of.rows(1))[0]).toMatchObject({ outcome: 'client-left' });
  });

  it('before the upstream answered, or before anything was sent', async () => {
    upstream.script((request) => request.hang());
    const of = await start();
    const call = chatCall();
    const ending = ask(of, call);
    const request = await upstream.nextRequest();
    call.cancel();
    await request.closed;
    expect(await ending).toMatchObject({ outcome: 'stopped', status: null, firstContentAt: null });

    const gone = chatCall();
    gone.cancel();
    expect(await ask(of, gone)).toMatchObject({ outcome: 'stopped' });
  });

  it('happens by itself when the gateway ends', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'word' }));
    });
    const of = await start();
    const call = chatCall();
    const ending = ask(of, call);
    await call.until(({ kind }) => kind === 'text-delta');
    await of.gateway.drain(0);
    expect(await ending).toMatchObject({ outcome: 'cut', error: { code: 'draining' } });
  });
});

describe('secrets', () => {
  it('never stand in what is told of the end, nor in the events about it', async () => {
    upstream.script((request) => request.sse([chunk({ content: 'x' }, `stop ${KEY_ONE}`), DONE]));
    const of = await start();
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
    upstream.script((request) => {
      const key = request.headers['authorization']?.replace('Bearer ', '') ?? '';
      const pieces = `I was sent ${key}, thank you`.split(/(?:)/u).map((content) => chunk({ content }));
      request.sse([chunk({ reasoning_content: `key ${key}` }), ...pieces, chunk({}, 'stop'), DONE]);
    });
    const call = chatCall();
    const end = await ask(await start(), call);
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
    upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
    const of = await start(yaml);
    expect(await ask(of, chatCall())).toMatchObject({ outcome: 'ok' });
    const forged = await of.chat(
      { model: 'one/m', messages: [], stream: true },
      { 'user-agent': 'Switchyard-Playground', 'x-switchyard-inner': '1' },
    );
    expect([401, 403]).toContain(forged.status);
    expect(upstream.requests).toHaveLength(1);
  });

  it('needs no port', async () => {
    upstream.script((request) => request.sse([chunk({ content: 'x' }, 'stop'), DONE]));
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const of = await start();
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
      configFile: memoryFile(`providers:\n${providerYaml('one', upstream.url, [KEY_TWO])}`),
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

describe('conversations', () => {
  const turn = {
    id: 't1',
    parent: null,
    column: '',
    role: 'user',
    text: `my key is ${KEY_ONE}`,
    reasoning: '',
    refusal: '',
    files: [],
    calls: [],
    results: [],
    model: '',
    at: 1,
    figures: null,
  };
  const conversation = {
    id: 'conversation-1',
    title: 'Keys',
    system: `system ${KEY_ONE}`,
    columns: [{ id: 'c1', model: 'one/m', parameters: { temperature: 1 }, leaf: 't2', chosen: {} }],
    synced: true,
    tools: [],
    toolChoice: 'auto',
    autoContinue: false,
    format: { kind: 'text' },
    turns: [turn, { ...turn, id: 't2', role: 'assistant', text: 'Use `Authorization: Bearer KEY`.' }],
    createdAt: 1,
    updatedAt: 2,
  };

  it('are kept without secrets, in words as they were written', async () => {
    const { call, folder } = await start();
    expect(await call('conversations.put', conversation)).toMatchObject({ ok: true, data: { turns: 2 } });
    const kept = await call('conversations.get', { id: 'conversation-1' });
    expect(kept).toMatchObject({
      ok: true,
      data: {
        system: 'system [redacted]',
        turns: [{ text: 'my key is [redacted]' }, { text: 'Use `Authorization: Bearer KEY`.' }],
      },
    });
    expect(await readFile(join(folder, 'conversations', 'conversation-1.json'), 'utf8')).not.toContain(
      KEY_ONE,
    );
    expect(await call('conversations.remove', { id: 'conversation-1' })).toMatchObject({ ok: true });
    expect(await call('conversations.get', { id: 'conversation-1' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('have no secret in any other text they are made of, and no text longer than can be read again', async () => {
    const { call, folder } = await start('', [KEY_ONE, 'short-88']);
    const figures = {
      requestId: KEY_ONE,
      outcome: 'error',
      provider: KEY_ONE,
      model: KEY_ONE,
      keyFingerprint: KEY_ONE,
      attempts: 1,
      firstContentAt: null,
      doneAt: 1,
      inputTokens: null,
      cachedTokens: null,
      outputTokens: null,
      reasoningTokens: null,
      finishReason: KEY_ONE,
      error: { code: KEY_ONE, message: KEY_ONE },
    };
    const everywhere = {
      ...conversation,
      title: KEY_ONE,
      columns: [
        {
          id: KEY_ONE,
          model: KEY_ONE,
          parameters: { stop: [KEY_ONE] },
          leaf: KEY_ONE,
          chosen: { [KEY_ONE]: KEY_ONE },
        },
      ],
      tools: [{ name: KEY_ONE, description: KEY_ONE, schema: KEY_ONE, canned: KEY_ONE }],
      toolChoice: `tool:${KEY_ONE}`,
      format: { kind: 'schema', name: KEY_ONE, strict: true, schema: KEY_ONE },
      system: `${'z'.repeat(1_000_000 - 8)}short-88`,
      turns: [
        {
          ...turn,
          id: KEY_ONE,
          parent: KEY_ONE,
          column: KEY_ONE,
          role: 'assistant',
          reasoning: KEY_ONE,
          refusal: KEY_ONE,
          files: [{ hash: 'a'.repeat(64), kind: 'text', name: KEY_ONE, mime: KEY_ONE, size: 1 }],
          calls: [{ id: KEY_ONE, name: KEY_ONE, arguments: KEY_ONE }],
          results: [{ callId: KEY_ONE, text: KEY_ONE, origin: 'manual' }],
          model: KEY_ONE,
          figures: { ...figures, warnings: [KEY_ONE] },
        },
      ],
    };
    const put = await call('conversations.put', everywhere);
    expect(put).toMatchObject({ ok: true });
    const kept = await call('conversations.get', { id: 'conversation-1' });
    expect(kept).toMatchObject({ ok: true, data: { turns: [{ figures: { outcome: 'error' } }] } });
    const file = await readFile(join(folder, 'conversations', 'conversation-1.json'), 'utf8');
    expect(file + JSON.stringify(put)).not.toContain(KEY_ONE);
    expect(file).not.toContain('short-88');
  });

  it('take no path for an id', async () => {
    const { call } = await start();
    for (const id of ['../../etc/passwd', 'a/b/c/d/e/f', 'CONVERSATION', '']) {
      expect(await call('conversations.get', { id })).toMatchObject({ error: { code: 'invalid_input' } });
    }
  });
});

describe('the test of a model', () => {
  it('is one real, short request, and tells what the model writes', async () => {
    upstream.script((request) =>
      request.sse([chunk({ content: 're' }), chunk({ content: 'ady' }, 'stop'), DONE]),
    );
    const of = await start();
    const call = createToldCall<{ readonly text: string }>();
    const test = await of.gateway.control.handlers['providers.test']({ provider: 'one', model: 'm' }, call);
    expect(test).toMatchObject({
      ok: true,
      model: 'm',
      status: 200,
      text: 'ready',
      keyFingerprint: '…1111',
      error: null,
    });
    expect(call.told.map(({ text }) => text).join('')).toBe('ready');
    expect(bodyOf(upstream.requests[0])).toMatchObject({ max_tokens: 16, stream: true });
    expect(upstream.requests).toHaveLength(1);
    expect((await of.rows(1))[0]).toMatchObject({ id: test.requestId, app: 'Switchyard model test' });
  });

  it('says why it failed, and that a provider is not there', async () => {
    upstream.script((request) =>
      request.json(402, { error: { message: 'Insufficient balance', code: 402 } }),
    );
    const of = await start('routing: { retries: 0 }\n');
    const call = createToldCall<{ readonly text: string }>();
    const test = await of.gateway.control.handlers['providers.test']({ provider: 'one', model: 'm' }, call);
    expect(test).toMatchObject({ ok: false, text: '', firstContentAt: null });
    expect(test.error?.message).toContain('Insufficient balance');
    expect(await of.call('providers.test', { provider: 'two', model: 'm' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });
});
