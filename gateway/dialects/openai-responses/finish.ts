/** How an answer ended: this dialect has a status and a reason for what is incomplete, nothing else. */
import type { FinishReason } from '../../core/canonical/stream-parts.ts';
import { isObject, type JsonObject } from '../../core/json.ts';

/** What the answer held, which the status does not tell. */
export interface Held {
  readonly calls: boolean;
  readonly refusal: boolean;
}

/** @param response the whole response object, `completed` or `incomplete` */
export function readFinish(response: JsonObject, held: Held): FinishReason {
  if (response['status'] === 'incomplete') {
    return incompleteReason(response) === 'content_filter' ? 'filtered' : 'length';
  }
  if (held.calls) return 'tool-calls';
  return held.refusal ? 'refused' : 'stop';
}

/** `max_output_tokens`, `content_filter`, ...; empty where nothing is said. */
export function incompleteReason(response: JsonObject): string {
  const details = response['incomplete_details'];
  const reason = isObject(details) ? details['reason'] : undefined;
  return typeof reason === 'string' ? reason : '';
}

export type Ending =
  | { readonly status: 'completed' | 'failed' }
  | { readonly status: 'incomplete'; readonly reason: 'max_output_tokens' | 'content_filter' };

/** @param refusal the answer holds a refusal in words, which says it all; else the status must tell */
export function endingOf(finish: FinishReason | null, refusal: boolean): Ending {
  switch (finish) {
    case 'refused':
      return refusal ? { status: 'completed' } : { status: 'incomplete', reason: 'content_filter' };
    case 'length':
    case 'context-full':
      return { status: 'incomplete', reason: 'max_output_tokens' };
    case 'filtered':
      return { status: 'incomplete', reason: 'content_filter' };
    case 'broken-call':
      return { status: 'failed' };
    default:
      return { status: 'completed' };
  }
}
