/** Anthropic Messages, the wire format of Claude and of Claude Code. */
import type { Dialect } from '../../core/dialect.ts';
import { readModels } from '../../core/model-list.ts';
import { readError } from '../../core/read-error.ts';
import { chatUrl, modelsUrl } from './addresses.ts';
import { callIds } from './call-ids.ts';
import { counting } from './counting.ts';
import { decodeAnswer } from './decode-answer.ts';
import { decodeRequest } from './decode-request.ts';
import { decodeStream } from './decode-stream.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { encodeStream } from './encode-stream.ts';
import { renderModel, renderModels } from './models.ts';
import {
  heartbeat,
  renderError,
  renderErrorEvent,
  renderTokenCount,
  renderUpstreamError,
  streamType,
} from './render.ts';
import { prepareRequest, readRequest } from './request.ts';
import { judgeAnswer } from './response.ts';
import { observeStream } from './stream.ts';
import { withoutReasoning } from './without-reasoning.ts';

export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  idHeader: 'request-id',

  readRequest,
  decodeRequest,
  encodeAnswer,
  encodeStream,
  streamType,
  heartbeat,
  renderError,
  renderUpstreamError,
  renderErrorEvent,
  renderTokenCount,
  renderModels,
  renderModel,

  prepareRequest,
  observeStream,
  judgeAnswer,
  withoutReasoning,
  callIds,

  chatUrl,
  modelsUrl,
  // Older models still want settings that the version of October 2026 no longer has.
  headers: { 'anthropic-version': '2023-06-01' },
  toolNames: { pattern: /^[a-zA-Z0-9_-]{1,128}$/, longest: 128 },
  toolIds: { pattern: /^[a-zA-Z0-9_-]{1,64}$/, longest: 64 },
  customTools: false,
  signatures: ['anthropic', 'anthropic-redacted'],
  encodeRequest,
  decodeAnswer,
  decodeStream,
  counting,
  readError,
  readModels,
};
