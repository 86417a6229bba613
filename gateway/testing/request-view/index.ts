/** The view of a request in each dialect. */
import type { DialectId } from '../../../contract/config/provider.ts';
import type { JsonObject } from '../../core/json.ts';
import { viewMessages } from './anthropic-messages.ts';
import { viewGemini } from './gemini.ts';
import { viewChat } from './openai-chat.ts';
import { viewResponses } from './openai-responses.ts';
import type { RequestView } from './view.ts';

export const viewOf: Readonly<Record<DialectId, (body: JsonObject) => RequestView>> = {
  'openai-chat': viewChat,
  'openai-responses': viewResponses,
  'anthropic-messages': viewMessages,
  gemini: viewGemini,
};
