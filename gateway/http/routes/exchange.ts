/** From a request that passed the guard to what the pipeline takes. */
import type { Context } from 'koa';
import { BODY_POLICIES, type BodyPolicy } from '../../../contract/config/schema.ts';
import type { ClientShapeId, RequestPath } from '../../core/client-shape.ts';
import { GatewayError } from '../../core/errors.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Visit } from '../route.ts';

/** What a route knows of a request without its body. */
export interface Asked {
  readonly shape: ClientShapeId;
  readonly path: RequestPath;
  readonly operation: Exchange['operation'];
}

/** The body names model and streaming, and the answer's events are cut as most formats do it. */
export const BODY_DECIDES: RequestPath = { model: null, streamed: null, framing: 'sse' };

/**
 * From here on the response is the pipeline's.
 * @throws GatewayError `invalid_request` for a wish about logging that nobody understands
 */
export function exchangeOf(ctx: Context, visit: Visit, asked: Asked): Exchange {
  const logWish = readLogWish(ctx.get('x-switchyard-log'));
  ctx.respond = false;
  const { id, body, client, arrivedAt, arrivedAtWall } = visit;
  return {
    id,
    ...asked,
    request: ctx.req,
    response: ctx.res,
    body,
    client,
    logWish,
    arrivedAt,
    arrivedAtWall,
  };
}

/** A wish nobody understands is refused: taking it for none would log what the client wants unlogged. */
function readLogWish(header: string): BodyPolicy | null {
  const wish = header.trim().toLowerCase();
  if (wish === '') return null;
  const known = BODY_POLICIES.find((policy) => policy === wish);
  if (known !== undefined) return known;
  throw new GatewayError(
    'invalid_request',
    `The header x-switchyard-log is ${JSON.stringify(header.slice(0, 100))}; it takes ${BODY_POLICIES.join(', ')}.`,
  );
}
