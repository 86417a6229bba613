/** What answers are written for in tests. */
import { NO_SETTINGS, type CanonicalRequest, type Tool } from '../core/canonical/request.ts';
import type { AnswerContext } from '../core/client-shape.ts';

export function requestWith(more: Partial<CanonicalRequest> = {}): CanonicalRequest {
  return {
    model: 'asked-model',
    streamed: true,
    system: [],
    turns: [],
    tools: [],
    settings: NO_SETTINGS,
    ...more,
  };
}

/** Ids are numbered. */
export function contextOf(tools: readonly Tool[] = []): AnswerContext {
  let made = 0;
  return {
    requestId: 'req_test',
    request: requestWith({ tools }),
    usageAsked: true,
    framing: 'sse',
    created: 1_750_000_000,
    newId: (prefix) => {
      made += 1;
      return `${prefix}${made}`;
    },
  };
}
