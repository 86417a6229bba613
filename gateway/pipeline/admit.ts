/** Lets a request in, or sends it away while there is too much to do. */
import { GatewayError } from '../core/errors.ts';
import type { Load, Overload } from '../core/load.ts';

/** Nothing was tried for it, so sending it again costs nothing: SDKs do so by themselves after `retry-after`. */
export const WORTH_REPEATING = { 'x-should-retry': 'true' };

const SENTENCES: Readonly<Record<Overload, string>> = {
  full: 'As many requests are under way as server.max_in_flight allows. Wait for one to end, or raise it.',
  busy: 'The gateway cannot keep up with the requests under way (server.max_loop_delay). Wait a moment.',
};
/** When to try again, s. */
const RETRY_AFTER: Readonly<Record<Overload, number>> = { full: 5, busy: 1 };

/** @returns what gives its place back. @throws GatewayError `gateway_overloaded` */
export function admit(load: Load): () => void {
  const admission = load.admit();
  if (admission.kind === 'admitted') return admission.release;
  const { why } = admission;
  throw new GatewayError('gateway_overloaded', SENTENCES[why], { retryAfter: RETRY_AFTER[why] });
}
