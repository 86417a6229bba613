/** Requests written for upstreams that speak OpenAI's Responses. */
import type { AssistantPart, Turn, UserPart } from '../core/canonical/parts.ts';
import { NO_SETTINGS, type CanonicalRequest, type Settings } from '../core/canonical/request.ts';
import type { JsonObject } from '../core/json.ts';
import { OPENAI_CHAT } from '../core/provider.ts';
import { encodeRequest } from '../dialects/openai-responses/encode-request.ts';
import { requestWith } from './answer-context.ts';

/** A request with these parts, and what was told about what could not be said. */
export function encode(
  more: Partial<CanonicalRequest>,
  model = 'gpt-4.1',
): { body: JsonObject; warnings: readonly string[] } {
  const warnings: string[] = [];
  const target = { provider: 'openai', name: 'openai', model, facts: {}, chat: OPENAI_CHAT };
  return { body: encodeRequest(requestWith(more), target, ({ text }) => warnings.push(text)), warnings };
}
/** No setting but these. */
export const settings = (more: Partial<Settings>): Partial<CanonicalRequest> => ({
  settings: { ...NO_SETTINGS, ...more },
});
export const assistant = (...parts: readonly AssistantPart[]): Turn => ({ role: 'assistant', parts });
export const user = (...parts: readonly UserPart[]): Turn => ({ role: 'user', parts });
