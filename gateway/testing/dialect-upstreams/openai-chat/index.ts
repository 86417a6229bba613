/** Stand-in for a server of OpenAI's chat dialect that reasons aloud, as DeepSeek's. */
import { admit, errorBody, failure, list, refusal } from '../openai-errors.ts';
import { Refused } from '../scene.ts';
import type { Speaker } from '../speaker.ts';
import { readChat } from './read.ts';
import { writeAnswer, writeEvents } from './write.ts';

export const openaiChat: Speaker = {
  basePath: '/v1',
  admit,
  route({ method, path }) {
    if (method === 'POST' && path === '/v1/chat/completions') return 'chat';
    return method === 'GET' && path === '/v1/models' ? 'list' : null;
  },
  read: readChat,
  answer: writeAnswer,
  events: writeEvents,
  streamType: 'text/event-stream; charset=utf-8',
  refusal,
  errorEvents: () => [
    `data: ${JSON.stringify(errorBody(new Refused(500, 'The model broke in the middle.', 'model_broke')))}\n\n`,
  ],
  failure,
  list,
  count: (tokens) => ({ tokens }),
};
