import { describe, expect, it } from 'vitest';
import { cacheKey, keepsState, type Cacheable } from './cache-key.ts';

const ASKED: Cacheable = {
  shape: 'openai-chat',
  framing: 'sse',
  streamed: false,
  model: 'fast',
  owner: 'laptop',
  places: ['openai/a https://one', 'groq/b https://two'],
  headers: {},
  body: { model: 'fast', temperature: 0, messages: [{ role: 'user', content: 'hi' }] },
};
const withBody = (more: object): Cacheable => ({ ...ASKED, body: { ...ASKED.body, ...more } });

describe('the same request', () => {
  it.each<readonly [string, Cacheable]>([
    ['again', structuredClone(ASKED)],
    [
      'with its members in another order',
      { ...ASKED, body: Object.fromEntries(Object.entries(ASKED.body).toReversed()) },
    ],
    ['with its places in another order', { ...ASKED, places: ASKED.places.toReversed() }],
    ['from somebody else at the same client', withBody({ user: 'u2', metadata: { run: 7 } })],
  ])('%s', (_, other) => {
    expect(cacheKey(other)).toBe(cacheKey(ASKED));
  });
});

describe('another request', () => {
  it.each<readonly [string, Cacheable]>([
    ['in another format', { ...ASKED, shape: 'anthropic-messages' }],
    ['as a stream', { ...ASKED, streamed: true }],
    ['cut otherwise', { ...ASKED, framing: 'ndjson' }],
    ['of another model', { ...ASKED, model: 'slow' }],
    ['of another client', { ...ASKED, owner: 'phone' }],
    ['that leads elsewhere', { ...ASKED, places: ['openai/a https://three'] }],
    ['with a trial of the format', { ...ASKED, headers: { 'openai-beta': 'x' } }],
    ['with other words', withBody({ messages: [{ role: 'user', content: 'hi ' }] })],
    ['with one more setting', withBody({ seed: 1 })],
    ['with a schema in another order', withBody({ tools: [{ b: 1, a: 2 }] })],
  ])('%s', (_, other) => {
    expect(cacheKey(other)).not.toBe(cacheKey(ASKED));
  });

  it('a schema in another order is another one', () => {
    expect(cacheKey(withBody({ tools: [{ b: 1, a: 2 }] }))).not.toBe(
      cacheKey(withBody({ tools: [{ a: 2, b: 1 }] })),
    );
  });

  it('what a Responses answer repeats is no matter of the sender alone', () => {
    const responses = { ...ASKED, shape: 'openai-responses' } as const;
    const other = { ...withBody({ metadata: { run: 7 } }), shape: 'openai-responses' } as const;
    expect(cacheKey(other)).not.toBe(cacheKey(responses));
  });

  it('a number that reading rounds makes no key', () => {
    expect(cacheKey(withBody({ seed: 2 ** 60 }))).toBeNull();
    expect(cacheKey(withBody({ seed: 2 ** 50 }))).not.toBeNull();
  });
});

it.each([
  [{ conversation: 'conv_1' }, true],
  [{ conversation: { id: 'conv_1' } }, true],
  [{ previous_response_id: 'resp_0' }, true],
  [{ background: true }, true],
  [{ store: true }, true],
  [{ container: 'container_1' }, true],
  [{ conversation: null, previous_response_id: null, background: false, store: false }, false],
  [{}, false],
])('a request with %j keeps or needs something at its provider: %s', (body, keeps) => {
  expect(keepsState(body)).toBe(keeps);
});
