/** Stand-in for OpenAI's Responses API, stateless. */
import { admit, failure, list, refusal } from '../openai-errors.ts';
import type { Speaker } from '../speaker.ts';
import { readResponses } from './read.ts';
import { eventText, writeAnswer, writeEvents } from './write.ts';

const BROKE = { code: 'server_error', message: 'The model broke in the middle.' };

export const openaiResponses: Speaker = {
  basePath: '/v1',
  admit,
  route({ method, path }) {
    if (method === 'POST' && path === '/v1/responses') return 'chat';
    if (method === 'POST' && path === '/v1/responses/input_tokens') return 'count';
    return method === 'GET' && path === '/v1/models' ? 'list' : null;
  },
  read: readResponses,
  answer: writeAnswer,
  events: writeEvents,
  streamType: 'text/event-stream; charset=utf-8',
  refusal,
  errorEvents: ({ model }) => [
    eventText({ type: 'error', sequence_number: 90, error: { type: 'server_error', param: null, ...BROKE } }),
    eventText({
      type: 'response.failed',
      sequence_number: 91,
      response: { id: 'resp_broken', object: 'response', model, status: 'failed', error: BROKE, output: [] },
    }),
  ],
  failure,
  list,
  count: (input_tokens) => ({ object: 'response.input_tokens', input_tokens }),
};
