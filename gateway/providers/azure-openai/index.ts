import { OPENAI_CHAT, OPENAI_TOOL_IDS, type ProviderDefinition } from '../../core/provider.ts';
import { readModelList } from './quirks/model-list.ts';

/**
 * Models deployed in the user's own Azure resource, through the API form without dated versions:
 * `https://RESOURCE.openai.azure.com/openai/v1`. What a request names is the deployment, and no call lists those:
 * they are written under `models`. `/models` lists what the resource could deploy, which proves the key.
 */
export const azureOpenai = Object.freeze<ProviderDefinition>({
  id: 'azure-openai',
  name: 'Azure OpenAI',
  endpoints: [
    { dialect: 'openai-chat', baseUrl: '', auth: 'api-key', countsTokens: false },
    { dialect: 'openai-responses', baseUrl: '', auth: 'api-key', countsTokens: false },
  ],
  addressExample: 'https://RESOURCE.openai.azure.com/openai/v1',
  keyNeed: 'required',
  local: false,
  signUpUrl: 'https://portal.azure.com',
  modelsUrl: null,
  keyProof: { path: '/models', read: readModelList },
  usageOnRequest: true,
  chat: { ...OPENAI_CHAT, toolIds: OPENAI_TOOL_IDS },
  quirks: [],
  // Its chat models refuse the old completions, and the models that took them are retired.
  alsoServes: ['embeddings', 'images', 'audio'],
  keyVariables: [],
  headers: {},
});
