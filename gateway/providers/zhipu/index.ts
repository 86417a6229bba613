import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';
import { toolChoice } from './quirks/tool-choice.ts';

/**
 * Zhipu, the maker of GLM, at its international address (Z.ai); in China it is
 * `https://open.bigmodel.cn/api/paas/v4`, and keys of the Coding Plan want `https://api.z.ai/api/coding/paas/v4`.
 * It documents no model list: names come from the bundled catalogue. Streams tell usage without being asked.
 */
export const zhipu = Object.freeze<ProviderDefinition>({
  id: 'zhipu',
  name: 'Zhipu (Z.ai)',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: 'https://api.z.ai/api/paas/v4', auth: 'bearer', countsTokens: false },
    {
      dialect: 'anthropic-messages',
      baseUrl: 'https://api.z.ai/api/anthropic',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://z.ai/manage-apikey/apikey-list',
  modelsUrl: null,
  keyProof: 'open-list',
  usageOnRequest: false,
  chat: { ...COMPATIBLE_CHAT, reasoningWish: 'thinking', structured: 'json_object' },
  quirks: [toolChoice],
  alsoServes: [],
  keyVariables: ['ZAI_API_KEY', 'ZHIPU_API_KEY'],
  headers: {},
});
