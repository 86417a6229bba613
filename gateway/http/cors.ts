/** CORS headers, only ever for origins the user listed: no wildcard, no credentials. */
import type { ServerResponse } from 'node:http';

/** Headers of our answers that a page's own code may read. */
const READABLE =
  'x-request-id, x-switchyard-provider, x-switchyard-model, x-switchyard-attempts, x-switchyard-cost, retry-after';

/** Seconds a browser may keep the answer to a preflight. */
const PREFLIGHT_AGE = 600;

/** Lets this origin read the answer. Set before the answer's own headers, which are added to these. */
export function allowReading(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', READABLE);
  response.setHeader('vary', 'Origin');
}

/** Answers a preflight. The origin is trusted with the data plane, so it may send the headers it asks for. */
export function answerPreflight(
  response: ServerResponse,
  origin: string,
  methods: readonly string[],
  wishedHeaders: string | undefined,
): void {
  allowReading(response, origin);
  response.setHeader('access-control-allow-methods', methods.join(', '));
  const wished = (wishedHeaders ?? '').slice(0, 2_000).toLowerCase();
  if (/^[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*$/.test(wished)) {
    response.setHeader('access-control-allow-headers', wished);
  }
  response.setHeader('access-control-max-age', PREFLIGHT_AGE);
  response.setHeader('vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
  response.writeHead(204);
  response.end();
}
