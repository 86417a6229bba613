import { COMPATIBLE_CHAT, type ProviderDefinition } from '../../core/provider.ts';

/** SiliconFlow at its international address; in China it is `https://api.siliconflow.cn/v1`, with keys of its own. */
export const siliconflow = Object.freeze<ProviderDefinition>({
  id: 'siliconflow',
  name: 'SiliconFlow',
  endpoints: [
    {
      dialect: 'openai-chat',
      baseUrl: 'https://api.siliconflow.com/v1',
      auth: 'bearer',
      countsTokens: false,
    },
  ],
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://cloud.siliconflow.com/account/ak',
  keyProof: 'guarded-list',
  usageOnRequest: true,
  chat: { ...COMPATIBLE_CHAT, reasoningWish: 'enable_thinking' },
  quirks: [],
  alsoServes: ['embeddings', 'images', 'audio'],
  keyVariables: ['SILICONFLOW_API_KEY'],
  headers: {},
});
