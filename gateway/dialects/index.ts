/** Every wire format the gateway speaks, by its id in the configuration, and every one that clients may use. */
import type { DialectId } from '../../contract/config/provider.ts';
import type { ClientShape, ClientShapeId } from '../core/client-shape.ts';
import type { Dialect } from '../core/dialect.ts';
import { anthropicMessages } from './anthropic-messages/index.ts';
import { gemini } from './gemini/index.ts';
import { ollamaChat, ollamaGenerate } from './ollama/index.ts';
import { openaiChat } from './openai-chat/index.ts';
import { openaiResponses } from './openai-responses/index.ts';
import { openaiCompletions } from './openai-completions/index.ts';

export const dialects: Readonly<Record<DialectId, Dialect>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
};

export const shapes: Readonly<Record<ClientShapeId, ClientShape>> = {
  ...dialects,
  'openai-completions': openaiCompletions,
  'ollama-chat': ollamaChat,
  'ollama-generate': ollamaGenerate,
};
