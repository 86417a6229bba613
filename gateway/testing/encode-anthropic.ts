/** Requests for upstreams of Anthropic's dialect from few words, for tests. */
import type { AssistantPart, Turn, UserPart } from '../core/canonical/parts.ts';
import { NO_SETTINGS, type CanonicalRequest, type Settings, type Tool } from '../core/canonical/request.ts';
import type { Target } from '../core/dialect.ts';
import { OPENAI_CHAT } from '../core/provider.ts';
import { encodeRequest } from '../dialects/anthropic-messages/encode-request.ts';

export const OLD = 'claude-haiku-4-5';
export const NEW = 'claude-opus-5';
export const hi: Turn = { role: 'user', parts: [{ kind: 'text', text: 'hi' }] };
export const user = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
export const assistant = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
export const text = (value: string) => ({ kind: 'text', text: value }) as const;
export const call = (id: string, input = '{}') =>
  ({ kind: 'tool-call', id, name: 'f', input, custom: false }) as const;
export const result = (id: string, ...content: readonly ReturnType<typeof text>[]) =>
  ({ kind: 'tool-result', id, name: 'f', content, failed: false, custom: false }) as const;
export const block = (value: string) => ({ type: 'text', text: value });
export const tool = (name: string, rest: Partial<Extract<Tool, { kind: 'function' }>> = {}): Tool => ({
  kind: 'function',
  name,
  description: '',
  schema: { type: 'object' },
  strict: null,
  ...rest,
});

export interface Wish {
  readonly provider?: string;
  readonly model?: string;
  readonly facts?: Target['facts'];
  readonly request?: Partial<CanonicalRequest>;
  readonly settings?: Partial<Settings>;
}

export function encode({
  provider = 'anthropic',
  model = OLD,
  facts = {},
  request = {},
  settings = {},
}: Wish) {
  const warnings: string[] = [];
  const body = encodeRequest(
    {
      model: 'asked',
      streamed: false,
      system: [],
      turns: [hi],
      tools: [],
      ...request,
      settings: { ...NO_SETTINGS, maxTokens: 4_000, ...settings },
    },
    { provider, name: provider, model, facts, chat: OPENAI_CHAT },
    ({ text }) => warnings.push(text),
  );
  return { body, warnings };
}
