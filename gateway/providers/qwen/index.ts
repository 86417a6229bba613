import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { thinkingNeedsStream } from './quirks/thinking-needs-stream.ts';

/**
 * Qwen through Alibaba Cloud Model Studio (DashScope) in Singapore. Keys belong to a region: for another one, or
 * for a workspace's own address, `base_url` is set. The endpoint for Responses serves only some models and is left
 * out.
 */
export const qwen = Object.freeze<ProviderDefinition>({
  id: 'qwen',
  name: 'Qwen (Alibaba Cloud)',
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
      auth: 'bearer',
      countsTokens: false,
    },
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://dashscope-intl.aliyuncs.com/apps/anthropic',
      auth: 'x-api-key',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://modelstudio.console.alibabacloud.com',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: {
    ...COMPATIBLE_CHAT,
    reasoningBack: 'none',
    reasoningWish: 'enable_thinking',
    structured: 'json_object',
  },
  quirks: [thinkingNeedsStream],
  alsoServes: ['embeddings'],
  keyVariables: ['DASHSCOPE_API_KEY'],
  headers: {},
});
