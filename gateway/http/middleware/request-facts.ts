/** What the guard looks at, taken from a request once. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface RequestFacts {
  /** The gateway sent it to itself, over a connection that nobody else can open (http/inner.ts). */
  readonly inner: boolean;
  readonly method: string;
  /** The request line's target, as sent. */
  readonly target: string;
  /** Values of all Host headers, as sent: Node's own `headers.host` keeps the first and hides the rest. */
  readonly hosts: readonly string[];
  /** Address of the other end of the connection; never taken from a header. */
  readonly peer: string;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
  /** A browser goes there: the user followed a link, or was led on by a page, and will see our page alone. */
  readonly navigates: boolean;
  readonly contentType: string | undefined;
  readonly hasBody: boolean;
  /** Keys in the headers that clients use for them; never from the address, which ends in logs. */
  readonly presentedKeys: readonly string[];
  readonly csrf: string | undefined;
  /** Protocols the client would like to switch to, such as `websocket`. */
  readonly upgrade: string | undefined;
  /** A browser's question before the real request: the method it is going to use. */
  readonly preflightFor: string | undefined;
}

export function requestFacts(request: IncomingMessage, inner: boolean): RequestFacts {
  const { headers } = request;
  return {
    inner,
    method: request.method ?? '',
    target: request.url ?? '',
    hosts: rawValues(request.rawHeaders, 'host'),
    peer: request.socket.remoteAddress ?? '',
    origin: headers.origin,
    fetchSite: single(headers['sec-fetch-site']),
    navigates:
      request.method === 'GET' &&
      headers['sec-fetch-mode'] === 'navigate' &&
      headers['sec-fetch-dest'] === 'document',
    contentType: headers['content-type'],
    hasBody: hasBody(request),
    presentedKeys: presentedKeys(headers),
    csrf: single(headers['x-switchyard-csrf']),
    upgrade: headers.upgrade,
    preflightFor: headers['access-control-request-method'],
  };
}

/** A message has a body when its head says so, whatever the method is (RFC 9112, 6). */
export function hasBody(request: IncomingMessage): boolean {
  const { headers } = request;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Of Anthropic's clients, of Gemini's, and of Azure's. */
const KEY_HEADERS = ['x-api-key', 'x-goog-api-key', 'api-key'] as const;

function presentedKeys(headers: IncomingHttpHeaders): readonly string[] {
  const bearer = /^bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1];
  const others = KEY_HEADERS.map((name) => single(headers[name]));
  return [bearer, ...others].flatMap((key) => key?.trim() ?? []).filter((key) => key !== '');
}

/** Node joins repeated headers of other names with a comma, except the few it keeps as a list. */
const single = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(', ');

function rawValues(rawHeaders: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) values.push(rawHeaders[index + 1] ?? '');
  }
  return values;
}
