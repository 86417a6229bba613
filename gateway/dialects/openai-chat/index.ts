/** OpenAI Chat Completions, the wire format of most tools and providers. */
import type { Dialect } from '../../core/dialect.ts';
import { OPENAI_TOOL_IDS } from '../../core/provider.ts';
import { readModels, renderModel, renderModels } from '../../core/model-list.ts';
import { renderOpenAiError, renderOpenAiUpstreamError } from '../../core/openai-error.ts';
import { readOpenAiRequest } from '../../core/openai-request.ts';
import { openAiHeartbeat, openAiStreamType, renderOpenAiErrorEvent } from '../../core/openai-stream.ts';
import { readError } from '../../core/read-error.ts';
import { callIds } from './call-ids.ts';
import { decodeAnswer, decodeStream } from './decode-answer.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { encodeStream } from './encode-stream.ts';
import { withoutReasoning } from './reasoning-members.ts';
import { prepareRequest } from './request.ts';
import { judgeAnswer } from './response.ts';
import { observeStream } from './stream.ts';

export const openaiChat: Dialect = {
  id: 'openai-chat',

  readRequest: readOpenAiRequest,
  decodeRequest,
  encodeAnswer,
  encodeStream,
  streamType: openAiStreamType,
  heartbeat: openAiHeartbeat,
  renderError: renderOpenAiError,
  renderUpstreamError: renderOpenAiUpstreamError,
  renderErrorEvent: renderOpenAiErrorEvent,
  renderTokenCount: null,
  renderModels,
  renderModel,

  prepareRequest,
  observeStream,
  judgeAnswer,
  withoutReasoning,
  callIds,

  chatUrl: (baseUrl) => `${baseUrl}/chat/completions`,
  modelsUrl: (baseUrl) => `${baseUrl}/models`,
  headers: {},
  toolNames: { pattern: /^[a-zA-Z0-9_-]{1,64}$/, longest: 64 },
  toolIds: OPENAI_TOOL_IDS,
  // OpenAI's own models know them, most compatible servers do not.
  customTools: false,
  signatures: ['reasoning-details'],
  // OpenRouter's models alone sign, and what reads like OpenRouter.
  tellsSigned: true,
  encodeRequest,
  decodeAnswer,
  decodeStream,
  counting: null,
  readError,
  readModels,
};
