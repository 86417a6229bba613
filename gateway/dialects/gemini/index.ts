/** Gemini's generateContent, as Google's own tools and SDKs speak it. */
import type { Dialect } from '../../core/dialect.ts';
import { readError } from '../../core/read-error.ts';
import { chatUrl, modelsUrl } from './address.ts';
import { counting } from './counting.ts';
import { decodeRequest } from './decode-request.ts';
import { decodeAnswer, decodeStream } from './decode-stream.ts';
import { encodeAnswer } from './encode-answer.ts';
import { encodeRequest } from './encode-request.ts';
import { encodeStream } from './encode-stream.ts';
import { readModels, renderModel, renderModels } from './models.ts';
import { withoutReasoning } from './reasoning-members.ts';
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
import { holdsUnsignedCalls, signCalls } from './unsigned-calls.ts';

export const gemini: Dialect = {
  id: 'gemini',

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
  unsignedCalls: { among: holdsUnsignedCalls, signed: signCalls },

  chatUrl,
  modelsUrl,
  headers: {},
  toolNames: { pattern: /^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/, longest: 128 },
  toolIds: { pattern: /^.{1,64}$/su, longest: 64 },
  customTools: false,
  signatures: ['gemini'],
  encodeRequest,
  decodeAnswer,
  decodeStream,
  counting,
  readError,
  readModels,
};
