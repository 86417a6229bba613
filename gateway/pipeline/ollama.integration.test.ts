/** Ollama's clients, whose format is always translated, against providers of two formats. */
import { englishOf } from '../testing/english-of.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isArray, isObject } from '../core/json.ts';
import { startFakeUpstream, type FakeRequest, type FakeUpstream } from '../testing/fake-upstream.ts';
import { KEY_ONE, providerYaml, startTestGateway, type TestGateway } from '../testing/test-gateway.ts';

let upstream: FakeUpstream;
let gateway: TestGateway;
beforeEach(async () => {
  upstream = await startFakeUpstream();
  gateway = await startTestGateway(`providers:\n${providerYaml('box', upstream.url, [KEY_ONE])}`);
});
afterEach(async () => {
  await gateway.stop();
  await upstream.close();
});

const post = (path: string, body: object): Promise<Response> =>
  fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'box/m', ...body }),
  });
const messages = [{ role: 'user', content: 'hi' }];
const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

function messagesOf(request: FakeRequest | undefined): readonly unknown[] {
  const body: unknown = JSON.parse(request?.body.toString() ?? 'null');
  return isObject(body) && isArray(body['messages']) ? body['messages'] : [];
}

/** As Ollama's own clients do: one JSON value per line. */
const lines = (text: string): readonly unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('a chat', () => {
  it('is streamed line by line, the first before the second has come', async () => {
    let go = (): void => undefined;
    const heard = new Promise<void>((resolve) => (go = resolve));
    upstream.script(async (request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ role: 'assistant', content: 'Hel' }));
      await heard;
      request.write(chunk({ content: 'lo' }) + chunk({}, 'length'));
      request.write(
        `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } })}\n\ndata: [DONE]\n\n`,
      );
      request.end();
    });
    const answer = await post('/api/chat', { messages });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? '';
    expect(lines(text)).toMatchObject([{ message: { content: 'Hel' }, done: false }]);
    go();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
      text += part.value;
    expect(lines(text)).toMatchObject([
      { model: 'box/m', message: { content: 'Hel' } },
      { message: { content: 'lo' } },
      {
        done: true,
        done_reason: 'length',
        prompt_eval_count: 3,
        eval_count: 2,
        total_duration: expect.any(Number),
      },
    ]);
    const [row] = await gateway.rows(1);
    expect(row).toMatchObject({ outcome: 'ok', dialect: 'ollama-chat', streamed: true });
  });

  it('calls tools, and brings their results back to the right call', async () => {
    upstream.script((request) =>
      request.json(200, {
        choices: [
          {
            index: 0,
            finish_reason: 'tool_calls',
            message: {
              role: 'assistant',
              content: null,
              tool_calls: [{ id: 'call_x', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
            },
          },
        ],
      }),
    );
    const first: unknown = await (
      await post('/api/chat', {
        messages,
        stream: false,
        tools: [{ type: 'function', function: { name: 'f' } }],
      })
    ).json();
    expect(first).toMatchObject({
      message: { tool_calls: [{ id: 'call_x', function: { name: 'f', arguments: { a: 1 } } }] },
      done: true,
    });
    await post('/api/chat', {
      stream: false,
      messages: [
        ...messages,
        isObject(first) ? first['message'] : null,
        { role: 'tool', tool_name: 'f', content: 'done' },
      ],
    });
    expect(messagesOf(upstream.requests[1]).slice(1)).toMatchObject([
      { role: 'assistant', tool_calls: [{ id: 'call_x', function: { name: 'f', arguments: '{"a":1}' } }] },
      { role: 'tool', tool_call_id: 'call_x', content: 'done' },
    ]);
  });

  it('that breaks in the middle ends with an error line and without done', async () => {
    upstream.script((request) => {
      request.head(200, { 'content-type': 'text/event-stream' });
      request.write(chunk({ content: 'Hel' }));
      setTimeout(request.cut, 20);
    });
    const answer = await post('/api/chat', { messages });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    try {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read())
        text += part.value;
      throw new Error('the body ended as if it were whole');
    } catch (error) {
      expect(error).toMatchObject({ message: 'terminated' });
    }
    expect(lines(text).at(-1)).toEqual({ error: expect.stringContaining('closed') });
    expect(text).not.toContain('"done":true');
  });

  it('that fails has one sentence', async () => {
    upstream.script((request) => request.json(400, { error: { message: 'too long', code: 'x' } }));
    const answer = await post('/api/chat', { messages });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: 'too long' });
    const unknown = await post('/api/chat', { model: 'nope/x', messages });
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toEqual({ error: expect.stringContaining('nope/x') });
  });
});

describe('a generation', () => {
  it('is a chat of one turn', async () => {
    upstream.script((request) =>
      request.json(200, {
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
      }),
    );
    const answer = await post('/api/generate', {
      prompt: 'sure?',
      system: 'be short',
      stream: false,
      format: 'json',
    });
    expect(await answer.json()).toMatchObject({ response: 'yes', done: true, done_reason: 'stop' });
    expect(JSON.parse(upstream.requests[0]?.body.toString() ?? '')).toMatchObject({
      model: 'm',
      messages: [{ content: expect.stringContaining('be short') }, { role: 'user', content: 'sure?' }],
      response_format: { type: 'json_object' },
    });
  });

  it('tells in the log what could not be carried', async () => {
    upstream.script((request) =>
      request.json(200, {
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'x' } }],
      }),
    );
    await post('/api/generate', { prompt: 'a', suffix: 'b', stream: false, options: { num_ctx: 8192 } });
    const [row] = await gateway.rows(1);
    expect(englishOf(row?.warnings).join('\n')).toMatch(
      /"suffix"[^]*options\.num_ctx|options\.num_ctx[^]*"suffix"/,
    );
  });
});

it('a key in the address never gets into a row', async () => {
  upstream.script((request) => request.json(200, { choices: [] }));
  await fetch(`${gateway.url}/v1beta/models/box/m:generateContent?key=AIzaStray&x=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }),
  });
  const [row] = await gateway.rows(1);
  expect(row?.path).toBe('/v1beta/models/box/m:generateContent?x=1');
  expect(JSON.stringify(row)).not.toContain('AIzaStray');
  expect(gateway.logged.join()).not.toContain('AIzaStray');
  expect(JSON.stringify(upstream.requests.map(({ path, headers }) => [path, headers]))).not.toContain(
    'AIzaStray',
  );
});
