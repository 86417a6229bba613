/** OpenAI Responses, the wire format of Codex and of OpenAI's newer SDK calls. */
import type { Dialect } from '../../core/dialect.ts';
import { readModels, renderModel, renderModels } from '../../core/model-list.ts';
import { renderOpenAiError, renderOpenAiUpstreamError } from '../../core/openai-error.ts';
import { readError } from '../../core/read-error.ts';
import { counting } from './counting.ts';
import { decodeAnswer, decodeStream } from './decode-answer.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer, encodeStream } from './encode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { withoutReasoning } from './reasoning-items.ts';
import { EVENT_STREAM, HEARTBEAT, renderErrorEvent, renderTokenCount } from './render.ts';
import { prepareRequest, readRequest } from './request.ts';
import { judgeAnswer } from './response.ts';
import { observeStream } from './stream.ts';

export const openaiResponses: Dialect = {
  id: 'openai-responses',

  readRequest,
  decodeRequest,
  encodeAnswer,
  encodeStream,
  streamType: () => EVENT_STREAM,
  heartbeat: () => HEARTBEAT,
  renderError: renderOpenAiError,
  renderUpstreamError: renderOpenAiUpstreamError,
  renderErrorEvent,
  renderTokenCount,
  renderModels,
  renderModel,

  prepareRequest,
  observeStream,
  judgeAnswer,
  withoutReasoning,

  chatUrl: (baseUrl) => `${baseUrl}/responses`,
  modelsUrl: (baseUrl) => `${baseUrl}/models`,
  headers: {},
  toolNames: { pattern: /^[a-zA-Z0-9_-]{1,64}$/, longest: 64 },
  toolIds: { pattern: /^.{1,64}$/su, longest: 64 },
  customTools: true,
  signatures: ['openai'],
  encodeRequest,
  decodeAnswer,
  decodeStream,
  counting,
  readError,
  readModels,
};
