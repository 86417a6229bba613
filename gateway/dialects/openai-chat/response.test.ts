import { describe, expect, test } from 'vitest';
import { judgeAnswer } from './response.ts';

const judge = (body: unknown, contentType = 'application/json') =>
  judgeAnswer(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), contentType);

const ANSWER = {
  model: 'gpt-5-2026',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 2 },
};

describe('judgeAnswer', () => {
  test('an answer gives its facts', () => {
    expect(judge(ANSWER)).toEqual({
      kind: 'answer',
      facts: {
        model: 'gpt-5-2026',
        finishReason: 'stop',
        usage: { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 },
      },
    });
  });

  test('it says whether it may be signed', () => {
    const signedBy = (details: unknown) => {
      const message = { role: 'assistant', content: 'Hi', reasoning_details: details };
      const verdict = judge({ ...ANSWER, choices: [{ index: 0, message, finish_reason: 'stop' }] });
      return verdict.kind === 'answer' ? verdict.facts.signed : verdict;
    };
    expect(signedBy([{ type: 'reasoning.encrypted', data: 'gAAAA' }])).toBe(true);
    expect(signedBy([])).toBeUndefined();
    expect(signedBy(null)).toBeUndefined();
  });

  test.each([
    ['without usage', { choices: [{ message: {}, finish_reason: null }] }],
    ['with a null error', { ...ANSWER, error: null }],
    ['with white space around', `\n ${JSON.stringify(ANSWER)}\n`],
    ['with a refusal', { choices: [{ message: { content: null, refusal: 'No' }, finish_reason: 'stop' }] }],
  ])('%s it is one too', (_, body) => {
    expect(judge(body).kind).toBe('answer');
  });

  test.each([
    [
      'an error object',
      { error: { message: 'Slow down', code: 'rate_limit_exceeded' } },
      'Slow down',
      'rate_limit_exceeded',
    ],
    ['an error beside choices', { ...ANSWER, error: { message: 'Bad', code: 500 } }, 'Bad', '500'],
    [
      'an error in a choice',
      { choices: [{ finish_reason: 'error', error: { message: 'Died', code: 502 } }] },
      'Died',
      '502',
    ],
    [
      'a finish that says error',
      { choices: [{ finish_reason: 'error' }] },
      'The answer ended with the finish reason "error".',
      '',
    ],
    ['a bare message', { message: 'Unknown route', code: 'nope' }, 'Unknown route', 'nope'],
  ])('%s is an error', (_, body, message, code) => {
    expect(judge(body)).toMatchObject({ kind: 'error', error: { status: 200, message, code } });
  });

  test.each([
    ['nothing', '', /empty/],
    ['a page', '<html><title>Log in</title>', /HTML page .*: Log in\.$/],
    ['half a document', '{"choices":[{"mess', /cut off after 18 bytes/],
    ['a stream', 'data: {"choices":[]}\n\n', /event stream/],
    ['text', 'OK', /not JSON \(content type text\/plain\)/],
    ['an array', '[]', /not an object/],
    ['no choices', { id: 'x' }, /no choices/],
    ['empty choices', { ...ANSWER, choices: [] }, /no choices/],
  ])('%s is invalid', (_, body, reason) => {
    expect(judge(body, 'text/plain')).toMatchObject({
      kind: 'invalid',
      why: { text: expect.stringMatching(reason) },
    });
  });
});
