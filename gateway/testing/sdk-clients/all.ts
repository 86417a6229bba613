/** Every client of the matrix. */
import { aiAnthropic, aiCompatible, aiGoogle, aiOpenaiChat, aiOpenaiResponses } from './ai-sdk.ts';
import { anthropicClient } from './anthropic.ts';
import type { SdkClient } from './client.ts';
import { googleGenaiClient } from './google-genai.ts';
import { openaiChatClient } from './openai-chat.ts';
import { openaiResponsesClient } from './openai-responses.ts';

export const ALL_CLIENTS: readonly SdkClient[] = [
  openaiChatClient,
  openaiResponsesClient,
  anthropicClient,
  googleGenaiClient,
  aiOpenaiChat,
  aiOpenaiResponses,
  aiAnthropic,
  aiGoogle,
  aiCompatible,
];
