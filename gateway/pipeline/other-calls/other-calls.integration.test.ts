/** Calls that are no chat, with the official SDKs as clients, against an upstream that does what a test says. */
import { GoogleGenAI } from '@google/genai';
import OpenAI, { toFile } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../../testing/fake-upstream.ts';
import {
  KEY_ONE,
  KEY_THREE,
  KEY_TWO,
  startTestGateway,
  type TestGateway,
} from '../../testing/test-gateway.ts';

const MODELS = '[e, tts, img]';
let upstream: FakeUpstream;
let google: FakeUpstream;
let gateway: TestGateway;
let openai: OpenAI;
let genai: GoogleGenAI;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  google = await startFakeUpstream();
  const box = (id: string, dialect: string, url: string, keys: string) =>
    `  - { id: ${id}, dialect: ${dialect}, base_url: "${url}", allow_private_network: true, models: ${MODELS}, keys: [${keys}] }\n`;
  gateway = await startTestGateway(
    'providers:\n' +
      box(
        'box',
        'openai-chat',
        upstream.url,
        `{ id: k1, value: ${KEY_ONE} }, { id: k2, value: ${KEY_TWO} }`,
      ) +
      box('gem', 'gemini', google.url.replace(/\/v1$/, ''), `{ id: k3, value: ${KEY_THREE} }`) +
      box(
        'claude',
        'anthropic-messages',
        google.url.replace(/\/v1$/, ''),
        `{ id: k4, value: ${KEY_THREE} }`,
      ) +
      'models:\n  - { id: spread, targets: [{ model: claude/e }, { model: box/e }] }\n' +
      '  - { id: either, targets: [{ model: box/e }, { model: box/img }] }\n' +
      'prices: [{ model: gem/e, input: 1 }]\n',
  );
  openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'local', maxRetries: 0 });
  genai = new GoogleGenAI({ apiKey: 'local', httpOptions: { baseUrl: gateway.url } });
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
  await google.close();
});

const sent = (request: FakeRequest | undefined): unknown => JSON.parse(request?.body.toString() ?? 'null');
const vectors = (...all: readonly (readonly number[])[]) => ({
  object: 'list',
  data: all.map((embedding, index) => ({ object: 'embedding', index, embedding })),
  model: 'e',
  usage: { prompt_tokens: 4, total_tokens: 4 },
});

describe('embeddings', () => {
  it('of one format are relayed, with only the name of the model replaced', async () => {
    upstream.script((request) => request.json(200, vectors([0.5, -1])));
    const body =
      '{ "input" : ["grüß"] , "model":"box/e","encoding_format":"float","big":12345678901234567890 }';
    const answer = await fetch(`${gateway.url}/v1/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await answer.json()).toEqual(vectors([0.5, -1]));
    expect(upstream.requests[0]?.path).toBe('/v1/embeddings');
    expect(upstream.requests[0]?.body.toString()).toBe(body.replace('box/e', 'e'));
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ outcome: 'ok', modelAsked: 'box/e', provider: 'box', tokens: { input: 4 } });
  });

  it('take the next key when one fails, and the next target when one has no such call', async () => {
    upstream.script((request) =>
      upstream.requests.length === 1
        ? request.json(500, { error: { message: 'boom' } })
        : request.json(200, vectors([1])),
    );
    const answer = await openai.embeddings.create({ model: 'spread', input: 'a', encoding_format: 'float' });
    expect(answer.data[0]?.embedding).toEqual([1]);
    const [row] = await gateway.rows(1);
    expect(row?.attempts.map(({ provider, result }) => [provider, result])).toEqual([
      ['box', 'upstream_error'],
      ['box', 'ok'],
    ]);
  });

  it.each([
    ['', 'hello world '.repeat(50)],
    [' once though they are JSON', JSON.stringify({ said: 'hello world '.repeat(47) })],
  ])('that nobody counted are estimated%s, and paid', async (_how, text) => {
    google.script((request) => request.json(200, { embeddings: [{ values: [0.5] }] }));
    await openai.embeddings.create({ model: 'gem/e', input: [text] });
    const rows = async () => (await gateway.rows(1))[0];
    await expect.poll(async () => (await rows())?.tokensEstimated, { timeout: 10_000 }).toBe(true);
    const row = await rows();
    expect(row?.tokens?.input).toBeGreaterThan(95);
    expect(row?.tokens?.input).toBeLessThan(110);
    expect(row?.cost).toBe((row?.tokens?.input ?? 0) * 1e6);
  });

  it("of OpenAI's SDK, packed as it asks, come from Gemini", async () => {
    google.script((request) =>
      request.json(200, { embeddings: [{ values: [0.5, -1] }, { values: [2, 0] }] }),
    );
    const answer = await openai.embeddings.create({ model: 'gem/e', input: ['a', 'b'], dimensions: 2 });
    expect(answer.data.map(({ embedding }) => embedding)).toEqual([
      [0.5, -1],
      [2, 0],
    ]);
    expect(google.requests[0]?.path).toBe('/v1beta/models/e:batchEmbedContents');
    expect(google.requests[0]?.headers).toMatchObject({ 'x-goog-api-key': KEY_THREE });
    expect(sent(google.requests[0])).toEqual({
      requests: ['a', 'b'].map((text) => ({
        model: 'models/e',
        content: { parts: [{ text }] },
        outputDimensionality: 2,
      })),
    });
  });

  it("of Gemini's SDK are relayed to Gemini, every name of the model replaced", async () => {
    google.script((request) => request.json(200, { embeddings: [{ values: [1] }] }));
    const answer = await genai.models.embedContent({ model: 'gem/e', contents: 'a' });
    expect(answer.embeddings?.[0]?.values).toEqual([1]);
    expect(google.requests[0]?.path).toMatch(/^\/v1beta\/models\/e:(?:batchEmbedContents|embedContent)$/);
    expect(google.requests[0]?.body.toString()).not.toContain('gem/e');
  });

  it("of Gemini's clients come from a provider of OpenAI's format", async () => {
    upstream.script((request) => request.json(200, vectors([1, 2])));
    const ask = (method: string, body: object) =>
      fetch(`${gateway.url}/v1beta/models/box/e:${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const content = { parts: [{ text: 'a' }] };
    expect(await (await ask('embedContent', { content })).json()).toEqual({ embedding: { values: [1, 2] } });
    expect(await (await ask('batchEmbedContents', { requests: [{ content }] })).json()).toEqual({
      embeddings: [{ values: [1, 2] }],
    });
    expect(sent(upstream.requests[0])).toEqual({ model: 'e', input: ['a'] });
  });

  it("errors of the other format come in the client's own", async () => {
    google.script((request) =>
      request.json(400, { error: { code: 400, message: 'too long', status: 'INVALID_ARGUMENT' } }),
    );
    await expect(openai.embeddings.create({ model: 'gem/e', input: 'a' })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      message: expect.stringContaining('too long'),
    });
  });

  it('half an answer is no answer', async () => {
    google.script((request) => request.json(200, { embeddings: [] }));
    await expect(openai.embeddings.create({ model: 'gem/e', input: 'a' })).rejects.toMatchObject({
      status: 502,
      code: 'upstream_invalid_response',
    });
  });
});

describe('a provider without the call', () => {
  it('is named, with those that have it', async () => {
    await expect(openai.embeddings.create({ model: 'claude/e', input: 'a' })).rejects.toMatchObject({
      status: 400,
      code: 'unsupported_feature',
      message: expect.stringMatching(/claude has no call for embeddings.*box and gem can/),
    });
    await expect(openai.images.generate({ model: 'gem/img', prompt: 'a' })).rejects.toMatchObject({
      code: 'unsupported_feature',
      message: expect.stringMatching(/gem has no call for images.*box can/),
    });
    expect(google.requests).toHaveLength(0);
  });

  it('that answers 404 for the path is not blamed for the model', async () => {
    upstream.script((request) => request.json(404, { detail: 'Not Found' }));
    await expect(openai.embeddings.create({ model: 'box/e', input: 'a' })).rejects.toMatchObject({
      status: 404,
    });
    expect(upstream.requests).toHaveLength(1);
    upstream.script((request) => request.json(200, vectors([1])));
    await openai.embeddings.create({ model: 'box/e', input: 'a', encoding_format: 'float' });
  });
});

it('a target without the call is passed over for the next, and blamed for nothing', async () => {
  upstream.script((request) =>
    request.body.includes('"img"')
      ? request.json(200, vectors([1]))
      : request.json(404, { detail: 'Not Found' }),
  );
  const ask = () => openai.embeddings.create({ model: 'either', input: 'a', encoding_format: 'float' });
  expect((await ask()).data[0]?.embedding).toEqual([1]);
  await ask();
  expect(upstream.requests.map((request) => sent(request))).toMatchObject([
    { model: 'e' },
    { model: 'img' },
    { model: 'e' },
    { model: 'img' },
  ]);
});

describe('audio', () => {
  it('is passed on as it comes, and never logged as text', async () => {
    let go = (): void => undefined;
    const heard = new Promise<void>((resolve) => (go = resolve));
    const sound = Buffer.from([0xff, 0xfb, 0, 1, 2, 0xfe]);
    upstream.script(async (request) => {
      request.head(200, { 'content-type': 'audio/mpeg' });
      request.write(sound);
      await heard;
      request.write(sound);
      request.end();
    });
    const answer = await openai.audio.speech.create({ model: 'box/tts', input: 'hi', voice: 'alloy' });
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    const reader = answer.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? [])).toEqual(sound);
    go();
    expect(Buffer.from((await reader?.read())?.value ?? [])).toEqual(sound);
    expect((await reader?.read())?.done).toBe(true);
    expect(upstream.requests[0]?.headers['accept']).toBe('*/*');
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ outcome: 'ok', responseBytes: 12 });
    const body = await gateway.call('requests.body', { id: row?.id, part: 'response' });
    expect(JSON.stringify(body)).not.toMatch(/\uFFFD|\\u0000/);
  });

  it('cut in the middle is never a whole answer', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'audio/mpeg' });
      request.write('half');
      setTimeout(request.cut, 20);
    });
    const answer = await openai.audio.speech.create({ model: 'box/tts', input: 'hi', voice: 'alloy' });
    await expect(answer.arrayBuffer()).rejects.toThrow();
    const [row] = await gateway.rows(1);
    expect(row?.outcome).toBe('cut');
  });

  it('files are sent on as they came, with the name of the model replaced', async () => {
    upstream.script((request) =>
      request.json(200, { text: 'hello', usage: { input_tokens: 7, output_tokens: 2 } }),
    );
    const bytes = Buffer.from('RIFF\r\n--x\r\n\0\xff', 'latin1');
    const answer = await openai.audio.transcriptions.create({
      model: 'box/tts',
      file: await toFile(bytes, 'a.wav'),
      language: 'de',
    });
    expect(answer.text).toBe('hello');
    const [request] = upstream.requests;
    expect(request?.path).toBe('/v1/audio/transcriptions');
    expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(request?.headers['content-length']).toBe(String(request?.body.length));
    const text = request?.body.toString('latin1') ?? '';
    expect(text).toContain('name="model"\r\n\r\ntts\r\n');
    expect(text).toContain(bytes.toString('latin1'));
    expect(text).not.toContain('box/tts');
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ tokens: { input: 7, output: 2 }, requestBytes: expect.any(Number) });
  });

  it('transcripts are streamed event by event', async () => {
    let go = (): void => undefined;
    const heard = new Promise<void>((resolve) => (go = resolve));
    upstream.script(async (request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write('data: {"type":"transcript.text.delta","delta":"Hi"}\n\n');
      await heard;
      request.write(
        'data: {"type":"transcript.text.done","text":"Hi","usage":{"input_tokens":1,"output_tokens":1}}\n\n',
      );
      request.end();
    });
    const stream = await openai.audio.transcriptions.create({
      model: 'box/tts',
      file: await toFile(Buffer.from('x'), 'a.wav'),
      stream: true,
    });
    const types: string[] = [];
    for await (const event of stream) {
      types.push(event.type);
      go();
    }
    expect(types).toEqual(['transcript.text.delta', 'transcript.text.done']);
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ outcome: 'ok', streamed: true, tokens: { input: 1 } });
  });

  it.each([
    ['no boundary', 'multipart/form-data', 'x', 'invalid_request'],
    [
      'no end',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nm',
      'invalid_request',
    ],
    [
      'the model twice',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nbox/tts\r\n--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nbox/e\r\n--b--',
      'duplicate_member',
    ],
  ])('a form with %s is refused', async (_name, type, body, code) => {
    const answer = await fetch(`${gateway.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: Buffer.from(body),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect(upstream.requests).toHaveLength(0);
  });

  it.each(['..%2f..%2fadmin', 'a%2fb', 'UP', 'x'.repeat(65)])('no path leads out of it: %s', async (call) => {
    const answer = await fetch(`${gateway.url}/v1/audio/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"model":"box/tts"}',
    });
    expect(answer.status).toBe(404);
    expect(upstream.requests).toHaveLength(0);
  });
});

describe('images', () => {
  it('are made and edited', async () => {
    upstream.script((request) => request.json(200, { created: 1, data: [{ b64_json: 'AAAA' }] }));
    const made = await openai.images.generate({ model: 'box/img', prompt: 'a cat' });
    expect(made.data?.[0]?.b64_json).toBe('AAAA');
    const edited = await openai.images.edit({
      model: 'box/img',
      prompt: 'a hat',
      image: await toFile(Buffer.from('png'), 'a.png', { type: 'image/png' }),
    });
    expect(edited.data?.[0]?.b64_json).toBe('AAAA');
    expect(upstream.requests.map(({ path }) => path)).toEqual(['/v1/images/generations', '/v1/images/edits']);
  });

  it('an error behind a good status is one', async () => {
    upstream.script((request) => request.json(200, { error: { message: 'no', code: 'moderation_blocked' } }));
    await expect(openai.images.generate({ model: 'box/img', prompt: 'a' })).rejects.toThrow(/no/);
    const [row] = await gateway.rows(1);
    expect(row?.outcome).toBe('error');
  });
});

describe('old completions', () => {
  it('go to the provider as they are where it has them', async () => {
    upstream.script((request) =>
      request.json(200, { choices: [{ index: 0, text: 'x', finish_reason: 'stop' }] }),
    );
    const answer = await openai.completions.create({ model: 'box/e', prompt: 'def f(', suffix: ')' });
    expect(answer.choices[0]?.text).toBe('x');
    expect(upstream.requests[0]?.path).toBe('/v1/completions');
    expect(sent(upstream.requests[0])).toEqual({ model: 'e', prompt: 'def f(', suffix: ')' });
  });

  it('are streamed with their first text', async () => {
    let go = (): void => undefined;
    const heard = new Promise<void>((resolve) => (go = resolve));
    upstream.script(async (request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write('data: {"choices":[{"index":0,"text":"a","finish_reason":null}]}\n\n');
      await heard;
      request.write('data: {"choices":[{"index":0,"text":"b","finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
      request.end();
    });
    const stream = await openai.completions.create({ model: 'box/e', prompt: 'x', stream: true });
    let text = '';
    for await (const part of stream) {
      text += part.choices[0]?.text ?? '';
      go();
    }
    expect(text).toBe('ab');
  });

  it('are translated into chat where it has none', async () => {
    google.script((request) =>
      request.json(200, {
        candidates: [{ content: { role: 'model', parts: [{ text: 'hi' }] }, finishReason: 'STOP' }],
      }),
    );
    const answer = await openai.completions.create({ model: 'gem/e', prompt: 'x' });
    expect(answer.choices[0]?.text).toBe('hi');
    expect(google.requests[0]?.path).toBe('/v1beta/models/e:generateContent');
  });
});
