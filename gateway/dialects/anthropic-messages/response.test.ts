import { expect, test } from 'vitest';
import { judgeAnswer } from './response.ts';

const judge = (body: unknown, type = 'application/json') =>
  judgeAnswer(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), type);
const message = {
  type: 'message',
  model: 'claude',
  stop_reason: 'end_turn',
  content: [],
  usage: { input_tokens: 1 },
};

test('an answer and its facts; one without content may be a refusal', () => {
  expect(judge(message)).toEqual({
    kind: 'answer',
    facts: {
      usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
      finishReason: 'end_turn',
      model: 'claude',
    },
  });
  expect(judge({ content: [] })).toMatchObject({ kind: 'answer', facts: { usage: null, model: null } });
});

test.each([
  [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'Overloaded'],
  [{ error: 'model not loaded' }, 'model not loaded'],
  [{ error: { message: 'no', code: 400 }, content: [] }, 'no'],
  [{ type: 'error' }, ''],
])('%j is an error in spite of its status', (body, words) => {
  expect(judge(body)).toMatchObject({ kind: 'error', error: { status: 200, message: words } });
});

test.each([
  ['', /empty/],
  ['   ', /empty/],
  ['<html><title>Sign in</title>', /HTML page.*Sign in/],
  ['event: message_start\n', /event stream/],
  ['{"type":"message"', /cut off/],
  ['[]', /not an object/],
  ['{}', /no content/],
  ['oops', /not JSON/],
])('%j is no answer', (body, reason) => {
  expect(judge(body)).toMatchObject({ kind: 'invalid', why: { text: expect.stringMatching(reason) } });
});
