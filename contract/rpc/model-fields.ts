/** Names of what a model can do, in the order of the screen. Apart from the schemas, so that a page can list them. */

export const MODEL_CAPABILITIES = [
  'tools',
  'vision',
  'files',
  'audio',
  'reasoning',
  'structured-output',
] as const;
export type ModelCapability = (typeof MODEL_CAPABILITIES)[number];

/** What an answer can be made of. */
export const MODEL_OUTPUTS = ['text', 'image', 'audio', 'video'] as const;
export type ModelOutput = (typeof MODEL_OUTPUTS)[number];
