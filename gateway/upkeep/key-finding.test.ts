import { describe, expect, it } from 'vitest';
import { dialects } from '../dialects/index.ts';
import { findingOf, findingOfOpenList } from './key-finding.ts';

const dialect = dialects['openai-chat'];
const bytes = (body: unknown) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
const LIST = { object: 'list', data: [{ id: 'm' }] };

describe('a model list that only a good key may read', () => {
  it.each([
    ['the list came', 200, LIST, 'works'],
    ['an empty list came', 200, { data: [] }, 'works'],
    ['something else came', 200, { ok: true }, 'unreachable'],
    ['a log-in page came', 200, '<!doctype html><title>Hotel</title>', 'unreachable'],
    ['401', 401, { error: { message: 'Incorrect API key provided' } }, 'refused'],
    ['403', 403, { error: { message: 'Country not supported' } }, 'refused'],
    ['403 of a firewall', 403, '<html><title>Blocked</title></html>', 'unreachable'],
    ['Gemini, 400 with API_KEY_INVALID', 400, geminiError('API_KEY_INVALID'), 'refused'],
    [
      'a key for chat alone, 401',
      401,
      { error: { message: 'Missing scopes: api.model.read' } },
      'cannot-tell',
    ],
    ['402', 402, { error: { message: 'Insufficient Balance' } }, 'exhausted'],
    ['429, quota', 429, { error: { code: 'insufficient_quota', message: 'quota' } }, 'exhausted'],
    ['429', 429, { error: { message: 'Slow down' } }, 'limited'],
    ['404', 404, { error: { message: 'Not Found' } }, 'cannot-tell'],
    ['405', 405, '', 'cannot-tell'],
    ['a redirect', 302, '', 'cannot-tell'],
    ['500', 500, { error: { message: 'Oops' } }, 'cannot-tell'],
    ['503', 503, '', 'cannot-tell'],
  ])('%s', (_case, status, body, result) =>
    expect(findingOf('guarded-list', dialect, { status, body: bytes(body) })).toMatchObject({
      result,
      status,
    }),
  );

  it("brings the provider's own words, or none", () => {
    const refused = { status: 401, body: bytes({ error: { message: 'Incorrect API key provided' } }) };
    expect(findingOf('guarded-list', dialect, refused).message).toBe('Incorrect API key provided');
    expect(findingOf('guarded-list', dialect, { status: 200, body: bytes(LIST) }).message).toBeNull();
    expect(findingOf('guarded-list', dialect, { status: 503, body: bytes('') }).message).toBeNull();
  });
});

describe('a model list that may be open to anybody', () => {
  const withKey = findingOf('open-list', dialect, { status: 200, body: bytes(LIST) });
  it.each([
    ['refuses without a key', { status: 401 }, 'works'],
    ['forbids without a key', { status: 403 }, 'works'],
    ['answers without a key', { status: 200 }, 'cannot-tell'],
    ['fails without a key', { status: 500 }, 'cannot-tell'],
    ['does not answer without a key', undefined, 'cannot-tell'],
  ])('%s', (_case, withoutKey, result) =>
    expect(findingOfOpenList(withKey, withoutKey)).toMatchObject({ result, status: 200, message: null }),
  );
});

describe('an answer about the key itself', () => {
  const proof = {
    path: '/key',
    read: (answer: unknown) =>
      typeof answer === 'object' && answer !== null && 'left' in answer
        ? { exhausted: answer.left === 0, message: `left ${String(answer.left)}` }
        : undefined,
  };
  it.each([
    ['credit left', 200, { left: 3 }, 'works', 'left 3'],
    ['used up', 200, { left: 0 }, 'exhausted', 'left 0'],
    ['another answer', 200, LIST, 'unreachable', 'The answer is not what this provider says of a key.'],
    ['not JSON', 200, 'ok', 'unreachable', 'The answer is not what this provider says of a key.'],
    [
      'refused',
      401,
      { error: { message: 'No auth credentials found' } },
      'refused',
      'No auth credentials found',
    ],
  ])('%s', (_case, status, body, result, message) =>
    expect(findingOf(proof, dialect, { status, body: bytes(body) })).toMatchObject({
      result,
      status,
      message,
    }),
  );
});

function geminiError(reason: string) {
  return [
    {
      error: { code: 400, status: 'INVALID_ARGUMENT', message: 'API key not valid.', details: [{ reason }] },
    },
  ];
}

it.each([
  ['a page', '<title>Sign in</title>', 'html-page'],
  ['what is no list', '{}', 'no-model-list'],
])('%s is told as data, and a provider as it said it', (_case, body, code) => {
  const own = findingOf('guarded-list', dialect, { status: 200, body: Buffer.from(body) });
  expect(own.told?.code).toBe(code);
  const refusal = Buffer.from('{"error":{"message":"Bad key"}}');
  const theirs = findingOf('guarded-list', dialect, { status: 401, body: refusal });
  expect(theirs).toEqual({ result: 'refused', status: 401, message: 'Bad key' });
});
