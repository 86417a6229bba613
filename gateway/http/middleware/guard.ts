/**
 * Who may come in (DESIGN section 10): one pure decision for every request, made from the access that its
 * route declares. There is no list of paths here, so a new route cannot be missed; a path or method nobody
 * registered is judged like the data plane, or like a session where its path belongs to one.
 */
import type { ClientConfig } from '../../../contract/config/schema.ts';
import { hasAddressKey } from '../../core/address-keys.ts';
import { GatewayError } from '../../core/errors.ts';
import type { RouteAccess, Session } from '../route.ts';
import type { HttpSettings } from '../settings.ts';
import { contentProblem, type MediaRule } from './content.ts';
import { judgeEntrance } from './entrance.ts';
import type { RequestFacts } from './request-facts.ts';

/** Questions to the world outside the decision. */
export interface Lookups {
  /** The client one of the presented keys belongs to. */
  readonly findClient: (presented: readonly string[]) => ClientConfig | null;
  /** The control-plane session of this request. */
  readonly session: () => Session | null;
  /** Compares in constant time. */
  readonly equal: (left: string, right: string) => boolean;
  /** Is the peer among `allowed_ips`? Only asked when there are any. @throws GatewayError when they cannot be read */
  readonly addressAllowed: (peer: string) => boolean;
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

/**
 * The verdict on one request; nothing a client sends makes it throw.
 * @param takesMedia the route reads `multipart/form-data` too
 */
export function judge(
  facts: RequestFacts,
  access: RouteAccess,
  settings: HttpSettings,
  lookups: Lookups,
  takesMedia = false,
): Verdict {
  if (facts.inner && access === 'data') return judgeInner(facts, takesMedia);
  const keyDemanded =
    settings.clients.some(({ optional }) => optional !== true) ||
    (!settings.loopback && !settings.allowUnauthenticated);
  const entrance = judgeEntrance(facts, access, settings, lookups.addressAllowed, keyDemanded);
  if (entrance.kind === 'refuse') return { ...entrance, readableBy: null };
  const { readableBy } = entrance;
  const refusal = (error: GatewayError): Verdict => ({ kind: 'refuse', error, readableBy });

  if (access !== 'health' && keyDemanded && settings.clients.length === 0) return refusal(noKeyConfigured());
  if (readableBy !== null && facts.method === 'OPTIONS' && facts.preflightFor !== undefined) {
    return { kind: 'preflight', readableBy };
  }

  let client: ClientConfig | null = null;
  if (access === 'data' && settings.clients.length > 0) {
    client = lookups.findClient(facts.presentedKeys);
    if (client === null && keyDemanded) return refusal(badKey(facts));
  }
  const session = access === 'session' || access === 'health' ? lookups.session() : null;
  if (access === 'session') {
    const problem = sessionProblem(facts, session, lookups);
    if (problem !== null) return refusal(problem);
  }
  const problem = contentProblem(facts, mediaRule(facts, takesMedia, client));
  if (problem !== null) return refusal(problem);
  return { kind: 'allow', client, session, readableBy };
}

/** No stranger and no page is behind it: only what it carries is judged. It opens the data plane and no other. */
function judgeInner(facts: RequestFacts, takesMedia: boolean): Verdict {
  const error = contentProblem(facts, takesMedia ? 'allowed' : 'never');
  if (error !== null) return { kind: 'refuse', error, readableBy: null };
  return { kind: 'allow', client: null, session: null, readableBy: null };
}

/**
 * A page can send a form to anybody without asking first, so a form is only taken from whoever is no page or has
 * a client key, which no stranger's page has.
 */
function mediaRule(facts: RequestFacts, takesMedia: boolean, client: ClientConfig | null): MediaRule {
  if (!takesMedia) return 'never';
  const page = facts.origin !== undefined || facts.fetchSite !== undefined;
  return page && client === null ? 'not-from-pages' : 'allowed';
}

function noKeyConfigured(): GatewayError {
  return new GatewayError(
    'no_client_key_configured',
    'This gateway listens beyond its own machine and has no client key, so it only answers /health and /ready. Set APP_API_KEY (or server.api_key) and send that key, or, where everybody who can reach it may use it, set server.allow_unauthenticated: true (ALLOW_UNAUTHENTICATED=1).',
  );
}

/** The same answer for a missing and a wrong key, apart from the sentence. */
function badKey(facts: RequestFacts): GatewayError {
  const found =
    facts.presentedKeys.length > 0
      ? 'The client key is not known.'
      : hasAddressKey(facts.target)
        ? 'A key in the address (`?key=`) is never read, because addresses end up in logs.'
        : 'The request brings no client key.';
  return new GatewayError(
    'authentication_error',
    `${found} Send one as \`Authorization: Bearer <key>\`, \`x-api-key: <key>\` or \`x-goog-api-key: <key>\`; keys are set by APP_API_KEY, server.api_key or clients.`,
  );
}

function sessionProblem(facts: RequestFacts, session: Session | null, lookups: Lookups): GatewayError | null {
  if (session === null) {
    const message = 'This needs a session: log in first. A client key is not a session.';
    return new GatewayError('unauthenticated', message);
  }
  // Reading is harmless: a stranger's page cannot see the answer.
  if (facts.method === 'GET' || facts.method === 'HEAD') return null;
  if (facts.csrf !== undefined && lookups.equal(facts.csrf, session.csrf)) return null;
  const message =
    'The header x-switchyard-csrf is missing or does not belong to this session; load the page again.';
  return new GatewayError('csrf_token_invalid', message);
}
