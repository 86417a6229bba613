/** Requests as lines for a shell. */
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
