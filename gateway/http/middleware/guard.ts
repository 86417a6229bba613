/**
 * Who may come in (DESIGN section 10): one pure decision for every request, made from the access that its
 * route declares. There is no list of paths here, so a new route cannot be missed; a path or method nobody
 * registered is judged like the data plane, or like a session where its path belongs to one.
 */
import type { ClientConfig } from '../../../contract/config/schema.ts';
import { GatewayError } from '../../core/errors.ts';
import type { RouteAccess, Session } from '../route.ts';
import type { HttpSettings } from '../settings.ts';
import { isListedOrigin, isOwnOrigin, judgeHost } from './host.ts';
import type { RequestFacts } from './request-facts.ts';

/** Questions to the world outside the decision. */
export interface Lookups {
  /** The client one of the presented keys belongs to. */
  findClient(presented: readonly string[]): ClientConfig | null;
  /** The control-plane session of this request. */
  session(): Session | null;
  /** Compares in constant time. */
  equal(left: string, right: string): boolean;
  /** Is the peer among `allowed_ips`? Only asked when there are any. */
  addressAllowed(peer: string): boolean;
}

export type Verdict =
  | {
      readonly kind: 'allow';
      readonly client: ClientConfig | null;
      readonly session: Session | null;
      /** Origin that may read the answer; null: no CORS header at all. */
      readonly readableBy: string | null;
    }
  | { readonly kind: 'preflight'; readonly readableBy: string }
  | { readonly kind: 'refuse'; readonly error: GatewayError; readonly readableBy: string | null };

/** @returns the verdict; never throws for anything a client sends */
export function judge(
  facts: RequestFacts,
  access: RouteAccess,
  settings: HttpSettings,
  lookups: Lookups,
): Verdict {
  const keyDemanded = settings.clients.length > 0 || (!settings.loopback && !settings.allowUnauthenticated);
  const entrance = judgeEntrance(facts, access, settings, lookups, keyDemanded);
  if (entrance.kind === 'refuse') return { ...entrance, readableBy: null };
  const { readableBy } = entrance;
  const refusal = (error: GatewayError): Verdict => ({ kind: 'refuse', error, readableBy });

  if (access !== 'health' && keyDemanded && settings.clients.length === 0) return refusal(noKeyConfigured());
  if (readableBy !== null && facts.method === 'OPTIONS' && facts.preflightFor !== undefined) {
    return { kind: 'preflight', readableBy };
  }

  let client: ClientConfig | null = null;
  if (access === 'data' && keyDemanded) {
    client = lookups.findClient(facts.presentedKeys);
    if (client === null) return refusal(badKey(facts));
  }
  const session = access === 'session' || access === 'health' ? lookups.session() : null;
  if (access === 'session') {
    const problem = sessionProblem(facts, session, lookups);
    if (problem !== null) return refusal(problem);
  }
  const problem = contentProblem(facts);
  if (problem !== null) return refusal(problem);
  return { kind: 'allow', client, session, readableBy };
}

type Entrance =
  | { readonly kind: 'pass'; readonly readableBy: string | null }
  | { readonly kind: 'refuse'; readonly error: GatewayError };

/** Where the request comes from: address, host, page. */
function judgeEntrance(
  facts: RequestFacts,
  access: RouteAccess,
  settings: HttpSettings,
  lookups: Lookups,
  keyDemanded: boolean,
): Entrance {
  const refuse = (error: GatewayError): Entrance => ({ kind: 'refuse', error });
  if (access !== 'health' && settings.allowedIps.length > 0 && !lookups.addressAllowed(facts.peer)) {
    const message = `The address ${facts.peer} is not in server.allowed_ips.`;
    return refuse(new GatewayError('address_not_allowed', message));
  }
  const host = judgeHost(facts.hosts, facts.target, settings);
  if (!host.ok && access !== 'health') return refuse(new GatewayError('host_not_allowed', host.reason));

  const origin = facts.origin?.toLowerCase();
  if (origin === undefined) {
    // A page can send requests without an Origin (an image, a link); the browser still tells where it is from.
    if (facts.fetchSite?.toLowerCase() !== 'cross-site') return { kind: 'pass', readableBy: null };
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

function noKeyConfigured(): GatewayError {
  return new GatewayError(
    'no_client_key_configured',
    'This gateway listens beyond its own machine and has no client key, so it only answers /health and /ready. Set APP_API_KEY (or server.api_key) and send that key, or, where everybody who can reach it may use it, set server.allow_unauthenticated: true (ALLOW_UNAUTHENTICATED=1).',
  );
}

/** The same answer for a missing and a wrong key, apart from the sentence. */
function badKey(facts: RequestFacts): GatewayError {
  const found = facts.presentedKeys.length === 0 ? 'The request brings no client key.' : 'The client key is not known.';
  return new GatewayError(
    'authentication_error',
    `${found} Send one as \`Authorization: Bearer <key>\` or \`x-api-key: <key>\` (never in the address); keys are set by APP_API_KEY, server.api_key or clients.`,
  );
}

function sessionProblem(
  facts: RequestFacts,
  session: Session | null,
  lookups: Lookups,
): GatewayError | null {
  if (session === null) {
    const message = 'This needs a session: log in first. A client key is not a session.';
    return new GatewayError('unauthenticated', message);
  }
  // Reading is harmless: a stranger's page cannot see the answer.
  if (facts.method === 'GET' || facts.method === 'HEAD') return null;
  if (facts.csrf !== undefined && lookups.equal(facts.csrf, session.csrf)) return null;
  const message = 'The header x-switchyard-csrf is missing or does not belong to this session; load the page again.';
  return new GatewayError('csrf_token_invalid', message);
}

/** Only JSON, in UTF-8: forms and plain text are what a page can send without being asked first. */
function contentProblem(facts: RequestFacts): GatewayError | null {
  if (facts.hasBody || (facts.method === 'POST' && facts.contentType !== undefined)) {
    const [type = '', ...parameters] = (facts.contentType ?? '').toLowerCase().split(';');
    const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
    const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
    if (type.trim() !== 'application/json' || !utf8) {
      const sent = facts.contentType === undefined ? 'no content type' : JSON.stringify(facts.contentType.slice(0, 100));
      return new GatewayError(
        'unsupported_media_type',
        `The body was sent as ${sent}; only \`Content-Type: application/json\` in UTF-8 is read.`,
      );
    }
  }
  // `h2c` is an offer that may be ignored (Java's client makes it always); for others nothing else would do.
  if (facts.upgrade !== undefined && facts.upgrade.toLowerCase() !== 'h2c') {
    const message = 'This gateway takes no protocol upgrades such as WebSocket; send a plain HTTP request.';
    return new GatewayError('invalid_request', message);
  }
  return null;
}
