/** What upstreams of two formats write, from a few words. */
import { chunk, DONE, HEAD } from '../openai-wire.ts';

export interface Wire {
  readonly whole: (text: string) => object;
  /** A stream: what comes before content, one piece of it, and what makes it complete. */
  readonly opening: string;
  readonly piece: (text: string) => string;
  readonly closing: string;
  readonly error: (words: string, type: string) => object;
  /** The upstream failed in the middle of a stream. */
  readonly errorEvent: (words: string) => string;
}

export const openAiWire: Wire = {
  whole: (content) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  }),
  opening: HEAD,
  piece: (content) => chunk({ content }),
  closing: chunk({}, 'stop') + DONE,
  error: (message, type) => ({ error: { message, type } }),
  errorEvent: (message) =>
    `data: ${JSON.stringify({ error: { message, type: 'server_error', code: 500 } })}\n\n`,
};

const event = (type: string, rest: object): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;
const MESSAGE = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', stop_sequence: null };
const USAGE = { input_tokens: 3, output_tokens: 1 };

export const anthropicWire: Wire = {
  whole: (text) => ({
    ...MESSAGE,
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: USAGE,
  }),
  opening: event('message_start', { message: { ...MESSAGE, content: [], stop_reason: null, usage: USAGE } }),
  piece: (text) =>
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }) +
    event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }) +
    event('content_block_stop', { index: 0 }),
  closing:
    event('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: USAGE }) +
    event('message_stop', {}),
  error: (message, type) => ({ type: 'error', error: { type, message } }),
  errorEvent: (message) => event('error', { error: { type: 'api_error', message } }),
};
