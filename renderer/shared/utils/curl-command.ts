/** A first request to try, as a line for a shell. */

/** @param address of the gateway without `/v1`; @param demo whether the demo provider can answer it */
export function curlCommand(address: string, demo: boolean): string {
  const body = JSON.stringify({
    model: demo ? 'demo/chat' : 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  return `curl ${address}/v1/chat/completions -H 'content-type: application/json' -d '${body}'`;
}
