/** Ollama's own two calls for chat. They only come in: Ollama itself is called in OpenAI's dialect. */
import type { ClientShape } from '../../core/client-shape.ts';
import { encodeAnswer, encodeStream, type WritePiece } from './answer.ts';
import { decodeChat, decodeGenerate } from './decode.ts';
import { renderModel, renderModels } from './models.ts';
import { heartbeat, renderError, renderErrorEvent, renderUpstreamError } from './render.ts';
import { readRequest } from './request.ts';

const common = {
  readRequest,
  streamType: () => 'application/x-ndjson',
  heartbeat,
  renderError,
  renderUpstreamError,
  renderErrorEvent,
  renderTokenCount: null,
  renderModels,
  renderModel,
} as const;

const writeMessage: WritePiece = ({ text, thinking, calls, images }) => ({
  message: {
    role: 'assistant',
    content: text,
    ...(thinking === '' ? {} : { thinking }),
    ...(images.length === 0 ? {} : { images }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  },
});

const writeResponse: WritePiece = ({ text, thinking }) => ({
  response: text,
  ...(thinking === '' ? {} : { thinking }),
});

export const ollamaChat: ClientShape = {
  ...common,
  id: 'ollama-chat',
  decodeRequest: decodeChat,
  encodeAnswer: (parts, context) => encodeAnswer(parts, context, writeMessage),
  encodeStream: (context) => encodeStream(context, writeMessage),
};

export const ollamaGenerate: ClientShape = {
  ...common,
  id: 'ollama-generate',
  decodeRequest: decodeGenerate,
  encodeAnswer: (parts, context) => encodeAnswer(parts, context, writeResponse),
  encodeStream: (context) => encodeStream(context, writeResponse),
};
