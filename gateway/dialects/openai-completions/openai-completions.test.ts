import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { NO_SETTINGS } from '../../core/canonical/request.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import { openaiCompletions } from './index.ts';

const FACTS = { model: 'm', streamed: false, usageAsked: false };

function read(body: JsonObject) {
  const told: string[] = [];
  const { turns, settings } = openaiCompletions.decodeRequest(body, FACTS, ({ text }) => told.push(text));
  return { turns, settings, told };
}

describe('a prompt', () => {
  test.each([['Once'], [['Once']]])('%j is what the user says', (prompt) => {
    expect(read({ prompt }).turns).toEqual([{ role: 'user', parts: [{ kind: 'text', text: 'Once' }] }]);
  });

  test.each([
    [{}, /must be a text/],
    [{ prompt: '' }, /not empty/],
    [{ prompt: [] }, /not empty/],
    [{ prompt: [1, 2] }, /list of tokens/],
    [{ prompt: [[1, 2]] }, /list of tokens/],
    [{ prompt: ['a', 'b'] }, /one text, but it holds 2/],
    [{ prompt: { a: 1 } }, /text in quotes/],
  ])('%j is refused', (body, message) => {
    expect(() => read(body)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        field: 'prompt',
        message: expect.stringMatching(message),
      }),
    );
  });

  test('what must stand between is asked for in words, and told', () => {
    const { turns, told } = read({ prompt: 'def f(', suffix: '  return x' });
    expect(turns[0]?.parts[0]).toMatchObject({ text: expect.stringContaining('<after>  return x</after>') });
    expect(told).toHaveLength(1);
  });

  test('settings', () => {
    const { settings, told } = read({
      prompt: 'a',
      stop: 'x',
      n: 2,
      temperature: 0,
      best_of: 1,
      echo: false,
    });
    expect(settings).toEqual({ ...NO_SETTINGS, stop: ['x'], candidates: 2, temperature: 0 });
    expect(told).toEqual([]);
    expect(read({ prompt: 'a', echo: true, logprobs: 2, best_of: 3 }).told).toHaveLength(3);
  });
});

const context: AnswerContext = {
  requestId: 'req_1',
  request: { model: 'asked', streamed: true, system: [], turns: [], tools: [], settings: NO_SETTINGS },
  usageAsked: true,
  framing: 'sse',
  created: 1,
  newId: (prefix) => `${prefix}x`,
};
const PARTS: readonly StreamPart[] = [
  { kind: 'response-start', id: 'u', model: 'answered' },
  { kind: 'reasoning-start' },
  { kind: 'reasoning-delta', text: 'hm' },
  { kind: 'reasoning-end', signature: null },
  { kind: 'text-delta', text: 'upon ' },
  { kind: 'text-delta', text: 'other', candidate: 1 },
  { kind: 'text-delta', text: 'a time' },
  { kind: 'finish', reason: 'length' },
  { kind: 'finish', reason: 'filtered', candidate: 1 },
  { kind: 'usage', usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 } },
];

function sdk(body: string, contentType: string): OpenAI {
  const answer = new Response(body, { headers: { 'content-type': contentType } });
  return new OpenAI({ apiKey: 'x', fetch: () => Promise.resolve(answer) });
}

test('the SDK reads a whole answer', async () => {
  const body = openaiCompletions.encodeAnswer(PARTS, context);
  const read = await sdk(body, 'application/json').completions.create({ model: 'm', prompt: 'Once' });
  expect(read).toMatchObject({
    id: 'cmpl-x',
    object: 'text_completion',
    model: 'answered',
    choices: [
      { index: 0, text: 'upon a time', finish_reason: 'length' },
      { index: 1, text: 'other', finish_reason: 'content_filter' },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
  });
});

test('the SDK reads a streamed one', async () => {
  const encoder = openaiCompletions.encodeStream(context);
  const body = PARTS.map((part) => encoder.encode(part)).join('') + encoder.end();
  expect(body).toMatch(/data: \[DONE\]\n\n$/);
  const client = sdk(body, 'text/event-stream');
  const texts = ['', ''];
  const finishes: unknown[] = [];
  let usage: unknown;
  for await (const chunk of await client.completions.create({ model: 'm', prompt: 'Once', stream: true })) {
    usage = chunk.usage ?? usage;
    for (const { index, text, finish_reason: finish } of chunk.choices) {
      texts[index] = `${texts[index] ?? ''}${text}`;
      finishes[index] = [finishes[index], finish].findLast((reason) => typeof reason === 'string');
    }
  }
  expect(texts).toEqual(['upon a time', 'other']);
  expect(finishes).toEqual(['length', 'content_filter']);
  expect(usage).toMatchObject({ prompt_tokens: 1, completion_tokens: 2 });
});

test('a failure ends the stream with an error the SDK throws', async () => {
  const encoder = openaiCompletions.encodeStream(context);
  const error = { status: 503, code: 'slow_down', type: '', message: 'Later.', details: {} };
  const client = sdk(encoder.fail(error), 'text/event-stream');
  const stream = await client.completions.create({ model: 'm', prompt: 'Once', stream: true });
  await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'slow_down' });
});
