/** OpenAI Chat Completions, the wire format of most tools and providers. */
import type { Dialect } from '../../core/dialect.ts';
import { readError } from '../../core/read-error.ts';
import { readModels, renderModel, renderModels } from '../../core/model-list.ts';
import { heartbeat, renderError, renderErrorEvent } from './render.ts';
import { prepareRequest, readRequest } from './request.ts';
import { judgeAnswer } from './response.ts';
import { observeStream } from './stream.ts';

export const openaiChat: Dialect = {
  id: 'openai-chat',
  chatPath: '/chat/completions',
  readRequest,
  prepareRequest,
  judgeAnswer,
  observeStream,
  readError,
  renderError,
  renderErrorEvent,
  heartbeat,
  readModels,
  renderModels,
  renderModel,
};
