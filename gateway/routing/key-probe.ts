/** What the answer to a check that costs no tokens proves about the reason a key cools for. One table, pure. */
import type { KeyCheck, KeyProbe } from '../../contract/rpc/procedures/providers.ts';

/** A model list that comes says that the key is taken again, or that the provider is reached again. */
const SHOWN_BY_A_LIST: ReadonlySet<string> = new Set([
  'key_rejected',
  'location_unsupported',
  'upstream_unreachable',
  'connect_timeout',
]);
/** Only figures say that there is credit again: a list is given to those without any too. */
const SHOWN_BY_FIGURES: ReadonlySet<string> = new Set(['credit_exhausted', 'spend_limit']);

/**
 * Limits, overload and faults of models show in chat alone: about those a check can never tell.
 * @param reason of the cool-down, as the outcome table names it
 */
export function provenBy(
  { result, message }: Pick<KeyCheck, 'result' | 'message'>,
  reason: string,
): KeyProbe['verdict'] {
  const listed = SHOWN_BY_A_LIST.has(reason);
  const figured = SHOWN_BY_FIGURES.has(reason);
  if (result === 'works' && (listed || (figured && message !== null))) return 'reactivated';
  if (result === 'refused' || result === 'exhausted') return 'still-cooling';
  return listed && result === 'unreachable' && reason !== 'key_rejected' ? 'still-cooling' : 'cannot-tell';
}
