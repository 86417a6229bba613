/** The small pieces of OpenAI chat that tests send and receive. */

export const ASK = { model: 'one/m', messages: [{ role: 'user', content: 'hi' }] };

/** A complete, non-streamed answer. */
export const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
};

/** One event of a stream. */
export function chunk(delta: object, finish: string | null = null): string {
  const choices = [{ index: 0, delta, finish_reason: finish }];
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices })}\n\n`;
}

export const HEAD = chunk({ role: 'assistant', content: '' });
export const DONE = 'data: [DONE]\n\n';
