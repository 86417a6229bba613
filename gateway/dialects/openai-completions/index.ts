/** OpenAI's old completions, which editors still use: inbound only, asked of chat models. */
import type { ClientShape } from '../../core/client-shape.ts';
import { renderModel, renderModels } from '../../core/model-list.ts';
import { renderOpenAiError, renderOpenAiUpstreamError } from '../../core/openai-error.ts';
import { readOpenAiRequest } from '../../core/openai-request.ts';
import { openAiHeartbeat, openAiStreamType, renderOpenAiErrorEvent } from '../../core/openai-stream.ts';
import { decodeRequest } from './decode-request.ts';
import { encodeAnswer, encodeStream } from './encode-answer.ts';

export const openaiCompletions: ClientShape = {
  id: 'openai-completions',
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
};
