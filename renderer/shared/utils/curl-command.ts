/** Requests as lines for a shell. */

import type { RequestRow } from '../../../contract/log/row.ts';
import { CLIENT_KEY_PLACE } from '../rpc/client-key.ts';

/**
 * A first request to try.
 * @param address of the gateway without `/v1`
 * @param demo whether the demo provider can answer it
 * @param needsKey whether tools must bring the client key
 */
export function curlCommand(address: string, demo: boolean, needsKey: boolean): string {
  const body = JSON.stringify({
    model: demo ? 'demo/chat' : 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  const key = needsKey ? ` -H 'authorization: Bearer ${CLIENT_KEY_PLACE}'` : '';
  return `curl ${address}/v1/chat/completions -H 'content-type: application/json'${key} -d '${body}'`;
}

/** Headers that curl sets itself, or that belonged to the one connection or to the body as it was packed for it. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'accept-encoding',
  'content-encoding',
  'expect',
  'user-agent',
]);
/** What stands for a value that was taken out before it was stored. */
const REDACTED = '[redacted]';

/**
 * A request of the log, to be sent once more to this gateway. No secret is in it: the client key is left to a
 * variable of the shell.
 * @param address of the gateway without `/v1`
 * @param body as it was stored; empty for none
 */
export function requestAsCurl(
  row: Pick<RequestRow, 'method' | 'path' | 'requestHeaders' | 'client' | 'streamed'>,
  address: string,
  body: string,
): string {
  const headers = Object.entries(row.requestHeaders)
    .filter(([name, value]) => !OWN_HEADERS.has(name.toLowerCase()) && !value.includes(REDACTED))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const key = row.client === null ? [] : ['-H "authorization: Bearer $SWITCHYARD_KEY"'];
  const data = body === '' ? [] : [`--data-raw ${quoted(body)}`];
  // Else curl collects a stream before it shows any of it.
  const live = row.streamed ? ['--no-buffer'] : [];
  return [`curl -X ${row.method} ${quoted(address + row.path)}`, ...live, ...key, ...headers, ...data].join(
    ' \\\n  ',
  );
}

/** As one word of a POSIX shell, whatever it holds. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
