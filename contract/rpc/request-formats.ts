/** Formats a client's request may be in, for whoever shows or asks for one. */
export const REQUEST_FORMATS = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini',
  'openai-completions',
  'ollama-chat',
  'ollama-generate',
] as const;

export type RequestFormat = (typeof REQUEST_FORMATS)[number];
