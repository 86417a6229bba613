/** What one event of a stream says to somebody who only watches. */
import { isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { readBilling } from '../../core/openai-billing.ts';
import { readErrorValue } from '../../core/read-error.ts';
import type { ServerSentEvent } from '../../core/sse.ts';
import type { UpstreamError } from '../../core/upstream-error.ts';
import type { ResponseFacts } from '../../core/usage.ts';
import { incompleteReason } from './finish.ts';
import { readUsage } from './usage.ts';
import { withoutMember } from './without-member.ts';

/** An event, read. The type stands in the data as well as in the event line; some servers write only one. */
export interface ResponseEvent {
  readonly type: string;
  readonly data: JsonObject;
}

/** @returns undefined for comments, `[DONE]` and whatever is not a JSON object */
export function parseEvent({ name, data }: ServerSentEvent): ResponseEvent | undefined {
  const value = data === null ? undefined : parseJson(data);
  if (!isObject(value)) return undefined;
  const { type } = value;
  return { type: typeof type === 'string' && type !== '' ? type : name, data: value };
}

/** The response object that the events of a response's life carry. */
export function responseOf(data: JsonObject): JsonObject {
  return isObject(data['response']) ? data['response'] : {};
}

const ENDS: readonly string[] = ['response.completed', 'response.incomplete', 'response.failed'];

/** The last event of a response. */
export const isTerminator = (type: string): boolean => ENDS.includes(type);

/** Events that say no more than that the upstream is at work, or what kind of thing will come. */
const EMPTY: readonly string[] = [
  'response.created',
  'response.queued',
  'response.in_progress',
  'response.content_part.added',
  'response.reasoning_summary_part.added',
];
const EMPTY_ITEMS: readonly unknown[] = ['message', 'reasoning'];

/** Text, reasoning, a call, media or an end. Events nobody knows yet count only where they bring something. */
export function hasContent({ type, data }: ResponseEvent): boolean {
  if (EMPTY.includes(type) || !type.startsWith('response.')) return false;
  if (type === 'response.output_item.added') {
    return isObject(data['item']) && !EMPTY_ITEMS.includes(data['item']['type']);
  }
  if (type.endsWith('.delta')) return data['delta'] !== undefined && data['delta'] !== '';
  return type.endsWith('.done') || type.includes('_call') || isTerminator(type);
}

/**
 * An error in the stream: `error`, nested as OpenAI sends it or flat as its SDK declares it, and `response.failed`.
 * @returns undefined for any other event
 */
export function errorOf({ type, data }: ResponseEvent): UpstreamError | undefined {
  if (type === 'error') {
    // `type` of a flat error names the event, not the error.
    return readErrorValue(200, isObject(data['error']) ? data : withoutMember(data, 'type'));
  }
  if (type === 'response.failed') return failureOf(responseOf(data));
  // Chat's way, which the official SDK throws on as well.
  return isObject(data['error']) ? readErrorValue(200, data) : undefined;
}

export function failureOf(response: JsonObject): UpstreamError {
  const { error } = response;
  return readErrorValue(200, {
    // OpenRouter tells its class of the error beside the response's own members.
    error_type: response['error_type'],
    error: isObject(error) ? error : { message: 'The response failed, and no reason was given.' },
  });
}

/** What a whole response object tells the log. */
export function readFacts(response: JsonObject): ResponseFacts {
  const { model, status, id, store } = response;
  return {
    usage: readUsage(response),
    finishReason: incompleteReason(response) || (typeof status === 'string' ? status : null),
    model: typeof model === 'string' && model !== '' ? model : null,
    ...readBilling(response),
    ...(typeof id === 'string' && id !== '' && store !== false ? { keptAs: id } : {}),
  };
}
