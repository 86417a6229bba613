import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ASK as PLAIN, chunk, DONE, HEAD } from '../testing/openai-wire.ts';
import { whenRead } from '../testing/when-read.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const ASK = { ...PLAIN, stream: true };
const USAGE =
  'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\n\n';
const WORDS = [chunk({ content: 'Hello' }), chunk({ content: ', wörld 🌍' })];
const WHOLE = [HEAD, ...WORDS, chunk({}, 'stop'), DONE];

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

async function start(more = '', ports: Parameters<typeof startTestGateway>[1] = {}): Promise<TestGateway> {
  gateway = await startTestGateway(
    `providers:\n${providerYaml('one', upstream.url, [KEY_ONE], more)}`,
    ports,
  );
  return gateway;
}

const sdk = (of: TestGateway): OpenAI =>
  new OpenAI({ baseURL: `${of.url}/v1`, apiKey: 'local', maxRetries: 0 });

async function readBySdk(of: TestGateway): Promise<string> {
  const stream = await sdk(of).chat.completions.create({
    model: 'one/m',
    stream: true,
    messages: [{ role: 'user', content: 'hi' }],
  });
  let text = '';
  for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
  return text;
}

/** Everything that came before the connection ended without its last chunk, which fetch reports after the bytes. */
async function readToTheBreak(answer: Response): Promise<string> {
  let text = '';
  const read = async (): Promise<void> => {
    for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
  };
  await expect(read()).rejects.toThrow();
  return text;
}

describe('a whole stream', () => {
  it('asks for usage in the client’s stead and withholds exactly that event', async () => {
    upstream.script((request) => request.sse([HEAD, ...WORDS, chunk({}, 'stop'), USAGE, DONE]));
    const { chat, rows } = await start();
    const answer = await chat(ASK);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(await answer.text()).toBe(WHOLE.join(''));
    expect(JSON.parse(upstream.requests[0]?.body.toString() ?? '')).toMatchObject({
      stream_options: { include_usage: true },
      model: 'm',
    });
    const [row] = await rows(1);
    expect(row).toMatchObject({
      outcome: 'ok',
      finishReason: 'stop',
      streamed: true,
      tokens: { input: 7, output: 2 },
    });
    expect(row?.firstContentAt).toBeGreaterThan(0);
  });

  it.each([{}, { include_usage: false, include_obfuscation: false }])(
    'asks for usage where the client speaks of stream options and does not: %j',
    async (options) => {
      upstream.script((request) => request.sse([HEAD, ...WORDS, chunk({}, 'stop'), USAGE, DONE]));
      const { chat, rows } = await start();
      const answer = await chat({ ...ASK, stream_options: options });
      expect(await answer.text()).toBe(WHOLE.join(''));
      expect(JSON.parse(upstream.requests[0]?.body.toString() ?? '')).toMatchObject({
        stream_options: { ...options, include_usage: true },
      });
      expect(await rows(1)).toMatchObject([{ tokensEstimated: false, tokens: { input: 7, output: 2 } }]);
    },
  );

  it('leaves a client that asks for usage itself alone', async () => {
    const sent = [HEAD, ...WORDS, chunk({}, 'stop'), USAGE, DONE].join('');
    upstream.script((request) => request.sse([sent]));
    const { chat } = await start();
    const body =
      '{"model" : "one/m",\n "stream":true, "stream_options" : {"include_usage":true}, "seed": 12345678901234567890, "messages":[]}';
    expect(await (await chat(body)).text()).toBe(sent);
    expect(upstream.requests[0]?.body.toString()).toBe(body.replace('one/m', 'm'));
  });

  it('arrives while the upstream is still writing', async () => {
    let finish: (() => void) | undefined;
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(HEAD + (WORDS[0] ?? ''));
      finish = () => {
        request.write(WHOLE.slice(2).join(''));
        request.end();
      };
    });
    const { chat } = await start();
    const answer = await chat(ASK);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toContain('Hello');
    finish?.();
    let rest = '';
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
      rest += Buffer.from(part.value).toString();
    expect(rest).toContain('[DONE]');
  });
});

describe('a stream that is not whole', () => {
  const broken: readonly (readonly [string, (upstream: FakeUpstream) => void])[] = [
    [
      'FIN without the last chunk',
      (up) =>
        up.script((request) => {
          request.head(200, { 'content-type': 'text/event-stream' });
          request.write(HEAD + WORDS.join(''));
          request.cut();
        }),
    ],
    [
      'RST',
      (up) =>
        up.script(async (request) => {
          request.head(200, { 'content-type': 'text/event-stream' });
          request.write(HEAD + WORDS.join(''));
          await whenRead();
          request.reset();
        }),
    ],
    ['a clean end without the terminator', (up) => up.script((request) => request.sse([HEAD, ...WORDS]))],
    [
      'a finish reason but no terminator',
      (up) => up.script((request) => request.sse([HEAD, ...WORDS, chunk({}, 'stop')])),
    ],
  ];

  it.each(broken)('%s: the SDK throws, the row says cut, no terminator is made up', async (_name, script) => {
    script(upstream);
    const running = await start();
    await expect(readBySdk(running)).rejects.toThrow();
    const [row] = await running.rows(1);
    expect(row).toMatchObject({ outcome: 'cut', errorCode: 'upstream_cut' });
    expect(row?.attempts).toHaveLength(1);
  });

  it('cut at any byte before the terminator never looks complete, and every row says cut', async () => {
    const bytes = Buffer.from(WHOLE.join(''));
    const terminator = bytes.indexOf('data: [DONE]');
    const running = await start();
    for (let at = 1; at < terminator; at += 1) {
      upstream.script((request) => {
        request.head(200, { 'content-type': 'text/event-stream' });
        request.write(bytes.subarray(0, at));
        request.cut();
      });
      await expect(readBySdk(running), `cut at ${at}`).rejects.toThrow();
    }
    await expect
      .poll(() =>
        running.call('requests.list', {
          limit: 1,
          filter: { where: [{ kind: 'text', field: 'outcome', values: ['cut'] }] },
        }),
      )
      .toMatchObject({ ok: true, data: { total: terminator - 1 } });
    expect(await running.call('requests.list', { limit: 1 })).toMatchObject({
      data: { total: terminator - 1 },
    });
  });

  it('an error event of the upstream’s own is passed on once and the row says error', async () => {
    const error = 'data: {"error":{"message":"engine fell over","code":500}}\n\n';
    upstream.script((request) => request.sse([HEAD, ...WORDS, error]));
    const { chat, rows } = await start();
    const answer = await chat(ASK);
    expect(await readToTheBreak(answer)).toBe([HEAD, ...WORDS, error].join(''));
    const [row] = await rows(1);
    expect(row).toMatchObject({ outcome: 'error', errorCode: 'upstream_error' });
  });

  it('a line without end is cut at its limit', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(HEAD + (WORDS[0] ?? '') + 'data: ');
      const part = Buffer.alloc(1_048_576, 'a');
      for (let count = 0; count < 20; count += 1) request.write(part);
    });
    const running = await start();
    await expect(readBySdk(running)).rejects.toThrow();
    const [row] = await running.rows(1);
    expect(row?.errorCode).toBe('sse_line_too_long');
  });
});

describe('time', () => {
  it('silence before the first content: its own code, upstream closed', async () => {
    upstream.script((request) => request.hang());
    const { chat, rows } = await start(', timeout: { first_content: 200ms }');
    const answer = await chat(ASK);
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ error: { code: 'first_content_timeout' } });
    await upstream.requests[0]?.closed;
    expect((await rows(1))[0]).toMatchObject({ errorCode: 'first_content_timeout' });
  });

  it('comments alone do not count as content', async () => {
    let stop = false;
    upstream.script(async (request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      while (!stop) {
        request.write(': ping\n\n');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    const { chat } = await start(', timeout: { first_content: 200ms }', {
      limits: { holdBack: 60_000, heldEvents: 1_000_000 },
    });
    const answer = await chat(ASK);
    stop = true;
    expect(answer.status).toBe(504);
  });

  it('silence in the middle: partial text kept, error in band, no terminator', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(HEAD + WORDS.join(''));
    });
    const { chat, rows } = await start(', timeout: { idle: 200ms }');
    const answer = await chat(ASK);
    const text = await readToTheBreak(answer);
    expect(text.startsWith(HEAD + WORDS.join(''))).toBe(true);
    expect(text).toContain('"code":"idle_timeout"');
    expect(text).not.toContain('[DONE]');
    expect((await rows(1))[0]).toMatchObject({ outcome: 'cut', errorCode: 'idle_timeout' });
  });

  it('a silent upstream: heartbeats between events, then the answer', async () => {
    upstream.script(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 350));
      request.sse(WHOLE);
    });
    const { chat } = await start('', { limits: { heartbeat: 100 } });
    const text = await (await chat(ASK)).text();
    expect(text.startsWith(': ')).toBe(true);
    expect(text.replaceAll(/^: [^\n]*\n\n/gm, '')).toBe(WHOLE.join(''));
  });

  it('an answer that is not streamed has a total time', async () => {
    upstream.script((request) => request.hang());
    const { chat } = await start(', timeout: { total: 200ms }');
    const answer = await chat({ ...ASK, stream: false });
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ error: { code: 'total_timeout' } });
  });

  it('all attempts together have a deadline', async () => {
    upstream.script((request) => request.hang());
    gateway = await startTestGateway(
      `routing: { deadline: 200ms }\nproviders:\n${providerYaml('one', upstream.url, [KEY_ONE])}`,
    );
    const answer = await gateway.chat(ASK);
    expect(answer.status).toBe(504);
    expect(await answer.json()).toMatchObject({ error: { code: 'deadline_exceeded' } });
  });
});
