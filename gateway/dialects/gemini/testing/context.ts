/** What requests are read and answers written for in tests. */
import { NO_SETTINGS, type CanonicalRequest, type Settings } from '../../../core/canonical/request.ts';
import type { AnswerContext, Framing, RequestFacts } from '../../../core/client-shape.ts';
import type { Target } from '../../../core/dialect.ts';
import type { JsonObject } from '../../../core/json.ts';
import { OPENAI_CHAT } from '../../../core/provider.ts';
import { decodeRequest } from '../decode-request.ts';
import { encodeRequest } from '../encode-request.ts';

export function requestWith(
  more: Partial<Omit<CanonicalRequest, 'settings'>> & { readonly settings?: Partial<Settings> } = {},
): CanonicalRequest {
  const { settings, ...rest } = more;
  return {
    model: 'asked-model',
    streamed: false,
    system: [],
    turns: [],
    tools: [],
    ...rest,
    settings: { ...NO_SETTINGS, ...settings },
  };
}

export const contextOf = (framing: Framing = 'sse'): AnswerContext => ({
  requestId: 'req_test',
  request: requestWith(),
  usageAsked: true,
  framing,
  created: 1_750_000_000,
  newId: (prefix) => `${prefix}fresh`,
});

const FACTS: RequestFacts = {
  model: 'asked-model',
  streamed: false,
  usageAsked: true,
};

/** A client's request, and what was said about it. */
export function decoded(body: JsonObject): {
  readonly request: CanonicalRequest;
  readonly told: readonly string[];
} {
  const told: string[] = [];
  return { request: decodeRequest(body, FACTS, ({ text }) => told.push(text)), told };
}

export const targetOf = (model: string): Target => ({
  provider: 'google',
  name: 'google',
  model,
  facts: {},
  chat: OPENAI_CHAT,
});

/** A request for an upstream, and what was said about it. */
export function encoded(
  request: Parameters<typeof requestWith>[0],
  model = 'gemini-3-pro-preview',
): { readonly body: JsonObject; readonly told: readonly string[] } {
  const told: string[] = [];
  return { body: encodeRequest(requestWith(request), targetOf(model), ({ text }) => told.push(text)), told };
}
