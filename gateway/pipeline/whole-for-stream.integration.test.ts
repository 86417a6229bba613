/** Upstreams that answer whole, or with something else, where the client reads a stream whose head is out. */
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeUpstream, type FakeUpstream } from '../testing/fake-upstream.ts';
import { ANSWER, ASK as PLAIN } from '../testing/openai-wire.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

const ASK = { ...PLAIN, stream: true };
const HEARTBEAT = 50;

let upstream: FakeUpstream;
let gateway: TestGateway;

beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('one', upstream.url, [KEY_ONE])}`, {
    limits: { heartbeat: HEARTBEAT, answerBytes: 10_000 },
  });
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The first sign of life has reached the client; answered with all that follows it, up to the end or the break. */
async function afterHeartbeat(answer: Response, then: () => void): Promise<{ text: string; whole: boolean }> {
  const reader = answer.body?.getReader();
  let text = '';
  let whole = false;
  let told = false;
  try {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) break;
      text += Buffer.from(part.value).toString();
      if (!told) then();
      told = true;
    }
    whole = true;
  } catch {
    // The connection ended without the last chunk.
  }
  return { text: text.replaceAll(/^(?:: [^\n]*|event: ping\n[^\n]*)\n\n/gm, ''), whole };
}

async function ask(path: string, body: object, answer: (request: Asked) => void) {
  upstream.script((request) => request.hang());
  const asked = upstream.nextRequest();
  const sent = await post(path, body);
  const request = await asked;
  return afterHeartbeat(sent, () => answer(request));
}
type Asked = Awaited<ReturnType<FakeUpstream['nextRequest']>>;

describe('behind a sign of life a whole answer', () => {
  it('of the client’s dialect becomes its events', async () => {
    const { text, whole } = await ask('/v1/chat/completions', ASK, (request) => request.json(200, ANSWER));
    expect(whole).toBe(true);
    expect(text).toContain('"delta":{"role":"assistant"');
    expect(text).toContain('"content":"hello"');
    expect(text).toMatch(/"finish_reason":"stop".*\n\ndata: \[DONE\]\n\n$/s);
    expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'ok', tokens: { input: 3, output: 1 } });
  });

  it('is read by the SDK, and the connection is used again', async () => {
    upstream.script(async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 3 * HEARTBEAT));
      request.json(200, ANSWER);
    });
    const sdk = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'local', maxRetries: 0 });
    for (let turn = 0; turn < 2; turn += 1) {
      const stream = await sdk.chat.completions.create({
        model: 'one/m',
        stream: true,
        messages: [{ role: 'user', content: 'hi' }],
      });
      let text = '';
      for await (const part of stream) text += part.choices[0]?.delta.content ?? '';
      expect(text).toBe('hello');
    }
  });

  it('of another dialect is framed as the head says', async () => {
    const body = { model: 'one/m', max_tokens: 9, stream: true, messages: PLAIN.messages };
    const { text, whole } = await ask('/v1/messages', body, (request) => request.json(200, ANSWER));
    expect(whole).toBe(true);
    expect(text).toMatch(/^event: message_start\n.*"text":"hello".*event: message_stop\n[^\n]*\n\n$/s);
    expect((await gateway.rows(1))[0]).toMatchObject({ outcome: 'ok' });
  });

  it.each([
    ['of another call', '/v1/audio/speech', { model: 'one/m', input: 'a', stream_format: 'sse' }, 'json'],
    ['that is too large to be held', '/v1/chat/completions', ASK, 'large'],
    ['that is sound', '/v1/audio/speech', { model: 'one/m', input: 'a', stream_format: 'sse' }, 'sound'],
  ])('%s ends in an error in band, and the row says so', async (_case, path, body, kind) => {
    const { text, whole } = await ask(path, body, (request) => {
      if (kind === 'json') request.json(200, { text: 'spoken' });
      if (kind === 'large') request.json(200, { ...ANSWER, padding: 'x'.repeat(20_000) });
      if (kind === 'sound') request.respond(200, { 'content-type': 'audio/mpeg' }, Buffer.alloc(100));
    });
    expect(whole).toBe(false);
    expect(text).toMatch(/^data: \{"error":\{.*"code":"upstream_invalid_response".*\}\n\n$/s);
    expect(upstream.requests).toHaveLength(1);
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ outcome: 'cut', errorCode: 'upstream_invalid_response' });
  });
});

it('no sign of life is written into sound that pauses', async () => {
  upstream.script(async (request) => {
    request.head(200, { 'content-type': 'audio/mpeg' });
    request.write('one');
    await new Promise((resolve) => setTimeout(resolve, 4 * HEARTBEAT));
    request.write('two');
    request.end();
  });
  const answer = await post('/v1/audio/speech', { model: 'one/m', input: 'a', stream_format: 'sse' });
  expect(answer.headers.get('content-type')).toBe('audio/mpeg');
  expect(await answer.text()).toBe('onetwo');
});
