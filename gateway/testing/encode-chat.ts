/** Requests written for upstreams that speak OpenAI's chat format. */
import type { Turn, UserPart } from '../core/canonical/parts.ts';
import { NO_SETTINGS, type CanonicalRequest, type Settings, type Tool } from '../core/canonical/request.ts';
import type { Target } from '../core/dialect.ts';
import { COMPATIBLE_CHAT, OPENAI_CHAT, type ChatTraits } from '../core/provider.ts';
import { encodeRequest } from '../dialects/openai-chat/encode-request.ts';

export const OPENAI: Target = {
  provider: 'openai',
  name: 'openai',
  model: 'gpt-4.1',
  facts: {},
  chat: OPENAI_CHAT,
};
export const OPENROUTER: Target = {
  provider: 'openrouter',
  name: 'openrouter',
  model: 'openai/gpt-5',
  facts: {},
  chat: { ...COMPATIBLE_CHAT, reasoningBack: 'reasoning_details', reasoningWish: 'reasoning' },
};
/** A compatible server with traits of its own. */
export const custom = (traits: Partial<ChatTraits> = {}): Target => ({
  provider: 'custom',
  name: 'my-llama',
  model: 'some-model',
  facts: {},
  chat: { ...COMPATIBLE_CHAT, ...traits },
});
export const openai = (model: string): Target => ({ ...OPENAI, model });

export const HI: Turn = { role: 'user', parts: [{ kind: 'text', text: 'hi' }] };
export const TOOL = {
  kind: 'function',
  name: 'f',
  description: '',
  schema: { type: 'object' },
  strict: null,
} satisfies Tool;

/** A request with these parts, and what was told about what could not be said. */
export function write(part: Partial<CanonicalRequest>, target = OPENAI) {
  const told: string[] = [];
  const request = {
    model: 'asked',
    streamed: false,
    system: [],
    turns: [HI],
    tools: [],
    settings: NO_SETTINGS,
  };
  const body = encodeRequest({ ...request, ...part }, target, ({ text }) => told.push(text));
  return { body, told };
}
/** No setting but these. */
export const settings = (some: Partial<Settings>): Partial<CanonicalRequest> => ({
  settings: { ...NO_SETTINGS, ...some },
});
export const asked = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
