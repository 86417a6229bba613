/** The response object: whole answers are one, and the events of a response's life carry it. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { AnswerContext } from '../../core/client-shape.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Ending } from './finish.ts';
import { writeUsage } from './usage.ts';

export interface ResponseState {
  readonly id: string;
  readonly model: string;
  readonly ending: Ending | { readonly status: 'in_progress' };
  readonly output: readonly JsonObject[];
  readonly usage: TokenCounts | null;
  readonly error: JsonObject | null;
}

/**
 * Every member that the official SDK declares as always there. Tools and instructions are not repeated: clients know
 * what they sent, and both can be large.
 */
export function responseObject(state: ResponseState, { request, created }: AnswerContext): JsonObject {
  const { id, model, ending, output, usage, error } = state;
  const { settings } = request;
  return {
    id,
    object: 'response',
    created_at: created,
    status: ending.status,
    background: false,
    error,
    incomplete_details: ending.status === 'incomplete' ? { reason: ending.reason } : null,
    instructions: null,
    max_output_tokens: settings.maxTokens,
    max_tool_calls: null,
    model,
    output,
    parallel_tool_calls: settings.parallelTools ?? true,
    previous_response_id: null,
    prompt_cache_key: settings.cacheKey,
    reasoning: { effort: settings.reasoning?.effort ?? null, summary: null },
    safety_identifier: settings.user,
    service_tier: 'default',
    store: false,
    temperature: settings.temperature,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: 0,
    top_p: settings.topP,
    truncation: 'disabled',
    usage: usage === null ? null : writeUsage(usage),
    user: null,
    metadata: {},
  };
}
