/** Lets a request in, or sends it away while there is too much to do. */
import { remark } from '../../contract/rpc/remarks/remark.ts';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { Load, Overload } from '../core/load.ts';
import { failed } from '../core/failed.ts';

/** Nothing was tried for it, so sending it again costs nothing: SDKs do so by themselves after `retry-after`. */
export const WORTH_REPEATING = { 'x-should-retry': 'true' };

const SENTENCES: Readonly<Record<Overload, Told>> = {
  full: remark('gateway-full'),
  busy: remark('gateway-busy'),
};
/** When to try again, s. */
const RETRY_AFTER: Readonly<Record<Overload, number>> = { full: 5, busy: 1 };

/** @returns what gives its place back. @throws GatewayError `gateway_overloaded` */
export function admit(load: Load): () => void {
  const admission = load.admit();
  if (admission.kind === 'admitted') return admission.release;
  const { why } = admission;
  throw failed('gateway_overloaded', SENTENCES[why], { retryAfter: RETRY_AFTER[why] });
}
