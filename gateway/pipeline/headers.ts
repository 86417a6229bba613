/** Headers are rebuilt in both directions from what is allowed; nothing else crosses (DESIGN section 10). */
import type { IncomingHttpHeaders } from 'node:http';
import type { DialectId } from '../../contract/config/provider.ts';
import { credentialHeader } from '../core/credential.ts';
import type { RuntimeEndpoint, RuntimeKey } from '../core/runtime-provider.ts';

/** Client headers that mean something to any upstream and hold no credential. */
const TO_UPSTREAM: readonly string[] = [
  'http-referer',
  'x-title',
  'x-openrouter-title',
  'x-openrouter-categories',
];
/**
 * Client headers that mean something to upstreams of the client's own dialect, by their beginnings. Claude Code
 * wants all of `anthropic-*` forwarded, known or not.
 */
const OF_DIALECT: Readonly<Record<DialectId, readonly string[]>> = {
  'openai-chat': ['openai-beta'],
  'openai-responses': ['openai-beta', 'session_id', 'conversation_id', 'originator', 'x-codex-'],
  'anthropic-messages': ['anthropic-', 'x-claude-code-'],
  gemini: ['x-goog-api-client', 'x-server-timeout'],
};

/** Upstream headers a client may see, by exact name or prefix. */
const TO_CLIENT: ReadonlySet<string> = new Set([
  'content-type',
  'retry-after',
  'retry-after-ms',
  'x-generation-id',
  'request-id',
  'anthropic-organization-id',
]);
const TO_CLIENT_PREFIXES: readonly string[] = ['openai-', 'x-ratelimit-', 'anthropic-ratelimit-'];

/** Header by which a gateway recognises its own requests coming back. */
export const HOP_HEADER = 'x-switchyard-hop';

/** Headers of the call to the upstream. */
export function upstreamHeaders(
  client: IncomingHttpHeaders,
  endpoint: RuntimeEndpoint,
  key: RuntimeKey,
  options: {
    readonly streamed: boolean;
    /** The client speaks the endpoint's dialect, so that its headers mean something there. */
    readonly relayed: boolean;
    readonly instance: string;
    readonly version: string;
    /** JSON where absent. */
    readonly contentType?: string;
    /** What fits `streamed` where absent. */
    readonly accept?: string;
  },
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {
    'content-type': options.contentType ?? 'application/json',
    accept: options.accept ?? (options.streamed ? 'text/event-stream' : 'application/json'),
    // A compressed stream cannot be observed event by event.
    'accept-encoding': 'identity',
    'user-agent': `Switchyard/${options.version}`,
    [HOP_HEADER]: hops(client[HOP_HEADER], options.instance),
  };
  for (const name of TO_UPSTREAM) {
    const value = client[name];
    if (typeof value === 'string') headers[name] = value;
  }
  // Before the client's own: `anthropic-version` is the client's to choose.
  Object.assign(headers, endpoint.dialect.headers);
  if (options.relayed) {
    const beginnings = OF_DIALECT[endpoint.dialect.id];
    for (const name in client) {
      const value = client[name];
      if (typeof value === 'string' && beginnings.some((beginning) => name.startsWith(beginning))) {
        headers[name] = value;
      }
    }
  }
  Object.assign(headers, endpoint.headers);
  if (key.secret !== null) Object.assign(headers, credentialHeader(endpoint.auth, key.secret));
  return headers;
}

/** Every gateway on the way adds itself, so that a loop through several is seen as well. */
function hops(before: string | readonly string[] | undefined, instance: string): string {
  const said = typeof before === 'string' ? before : (before?.join(', ') ?? '');
  return said === '' ? instance : `${said.slice(0, 2_000)}, ${instance}`;
}

/** Headers of the client's answer: those of the upstream that are allowed, and the gateway's own. */
export function answerHeaders(
  upstream: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name in upstream) {
    if (TO_CLIENT.has(name) || TO_CLIENT_PREFIXES.some((prefix) => name.startsWith(prefix))) {
      headers[name] = upstream[name] ?? '';
    }
  }
  return Object.assign(headers, own);
}

/** Head of a stream that begins with a heartbeat, before any upstream has answered. */
export function streamHead(
  contentType: string,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { 'content-type': contentType, ...STREAM_HEADERS, ...own };
}

/** Keeps proxies between the gateway and the client from collecting a stream. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
};
