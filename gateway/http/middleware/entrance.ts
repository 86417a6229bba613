/** Where a request comes from: the address, the Host it names, the page that sent it. Pure. */
import { GatewayError } from '../../core/errors.ts';
import type { RouteAccess } from '../route.ts';
import type { HttpSettings } from '../settings.ts';
import { isListedOrigin, isOwnOrigin, judgeHost } from './host.ts';
import type { RequestFacts } from './request-facts.ts';

export type Entrance =
  /** `readableBy`: the listed origin that may read the answer; null: no CORS header at all. */
  | { readonly kind: 'pass'; readonly readableBy: string | null }
  | { readonly kind: 'refuse'; readonly error: GatewayError };

/**
 * Judges address, host and page, in this order.
 * @param keyDemanded the data plane asks for a client key
 */
export function judgeEntrance(
  facts: RequestFacts,
  access: RouteAccess,
  settings: HttpSettings,
  addressAllowed: (peer: string) => boolean,
  keyDemanded: boolean,
): Entrance {
  const refuse = (error: GatewayError): Entrance => ({ kind: 'refuse', error });
  if (access !== 'health' && settings.allowedIps.length > 0 && !addressAllowed(facts.peer)) {
    const message = `The address ${facts.peer} is not in server.allowed_ips.`;
    return refuse(new GatewayError('address_not_allowed', message));
  }
  const host = judgeHost(facts.hosts, facts.target, settings);
  if (!host.ok && access !== 'health') return refuse(new GatewayError('host_not_allowed', host.reason));

  const origin = facts.origin?.toLowerCase();
  if (origin === undefined) {
    // A page can send requests without an Origin (an image, a link); the browser still tells where it is from. A link
    // to our page is followed: no other page can read or frame it, and it acts on nothing by being opened.
    const linked = access === 'page' && facts.navigates;
    if (linked || facts.fetchSite?.toLowerCase() !== 'cross-site') return { kind: 'pass', readableBy: null };
    const message = "A page of another site asked for this; browsers' cross-site requests are not served.";
    return refuse(new GatewayError('origin_not_allowed', message));
  }
  if (isListedOrigin(origin, settings)) {
    // A listed page may use the data plane; the control plane is never readable from another origin.
    return { kind: 'pass', readableBy: access === 'data' || access === 'health' ? origin : null };
  }
  // Open to everybody means open to a rebound page as well, unless its origin is beyond doubt.
  const credentialDemanded = access !== 'data' || keyDemanded;
  if (host.ok && isOwnOrigin(origin, host, settings, credentialDemanded)) {
    return { kind: 'pass', readableBy: null };
  }
  const quoted = JSON.stringify(origin.slice(0, 100));
  const message = `Pages of ${quoted} may not use this gateway. If that page is yours, add its origin to server.allowed_origins, or, where it is this gateway's own name, the name to server.allowed_hosts.`;
  return refuse(new GatewayError('origin_not_allowed', message));
}
