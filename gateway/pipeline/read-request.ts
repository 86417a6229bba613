/** A request in no dialect's words, for whoever has to look into it before it goes anywhere; read once. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { CanonicalRequest } from '../core/canonical/request.ts';
import type { RequestFacts } from '../core/client-shape.ts';
import { decodeText, type JsonObject } from '../core/json.ts';
import { toldError } from '../core/told-error.ts';
import type { Conducted } from './conduct.ts';
import type { PipelinePorts } from './ports.ts';
import { readBody } from './translation/read-body.ts';

export interface ReadRequest {
  /** The parsed body. */
  readonly json: () => JsonObject;
  /** @throws GatewayError for what no target could be asked */
  readonly canonical: () => CanonicalRequest;
  /** What was left out in reading; matters to the log only where something else than the client's bytes is sent. */
  readonly losses: () => readonly Told[];
}

/** Nothing is parsed before it is asked for, and nothing twice. */
export function readRequest(
  { exchange, shape }: Conducted,
  facts: RequestFacts,
  ports: PipelinePorts,
): ReadRequest {
  let parsed: JsonObject | undefined;
  let decoded: CanonicalRequest | undefined;
  const losses: Told[] = [];
  const owner = exchange.client?.id ?? '';

  function json(): JsonObject {
    if (parsed !== undefined) return parsed;
    const value = readBody(decodeText(exchange.body));
    if (value === undefined)
      throw toldError('invalid_request', 'The request body must be a JSON object.', 'body-no-object');
    return (parsed = value);
  }

  return {
    json,
    canonical: () =>
      (decoded ??= shape.decodeRequest(
        json(),
        facts,
        (loss) => void losses.push(loss),
        (id) => ports.items.get(owner, id),
      )),
    losses: () => losses,
  };
}
