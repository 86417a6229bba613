/** Stand-in for Anthropic's Messages API. */
import { Refused } from '../scene.ts';
import type { Speaker } from '../speaker.ts';
import { readMessages } from './read.ts';
import { eventText, writeAnswer, writeEvents } from './write.ts';

const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  529: 'overloaded_error',
};

const WORDS: Readonly<Record<number, string>> = {
  400: "frobnication: the upstream's own words.",
  401: 'invalid x-api-key',
  404: 'model: gone',
  429: 'This request would exceed the rate limit for your organization of 20,000 input tokens per minute.',
  500: 'Internal server error',
  529: 'Overloaded',
};

export const anthropicMessages: Speaker = {
  basePath: '',
  admit({ headers }, key) {
    if (headers['x-api-key'] === key || headers['authorization'] === `Bearer ${key}`) return;
    throw new Refused(
      401,
      headers['x-api-key'] === undefined ? 'x-api-key header is required' : 'invalid x-api-key',
    );
  },
  route({ method, path }) {
    if (method === 'POST' && path === '/v1/messages') return 'chat';
    if (method === 'POST' && path === '/v1/messages/count_tokens') return 'count';
    return method === 'GET' && path === '/v1/models' ? 'list' : null;
  },
  read: readMessages,
  answer: writeAnswer,
  events: writeEvents,
  streamType: 'text/event-stream; charset=utf-8',
  refusal: ({ status, message }) => ({
    headers: { 'request-id': 'req_upstream_1', ...(status === 429 ? { 'retry-after': '7' } : {}) },
    body: {
      type: 'error',
      error: { type: TYPES[status] ?? 'api_error', message },
      request_id: 'req_upstream_1',
    },
  }),
  errorEvents: () => [
    eventText({ type: 'error', error: { type: 'api_error', message: 'The model broke in the middle.' } }),
  ],
  failure: (status) => new Refused(status, WORDS[status] ?? 'Internal server error'),
  list: (models) => ({
    data: models.map((id) => ({ type: 'model', id, display_name: id, created_at: '2026-02-01T00:00:00Z' })),
    has_more: false,
    first_id: models[0] ?? null,
    last_id: models.at(-1) ?? null,
  }),
  count: (input_tokens) => ({ input_tokens }),
};
