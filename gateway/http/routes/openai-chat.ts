/** Chat in OpenAI's dialect: hands the request to the pipeline, which owns the response from then on. */
import { BODY_POLICIES, type BodyPolicy } from '../../../contract/config/schema.ts';
import { GatewayError } from '../../core/errors.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Route } from '../route.ts';

/** @param chat the pipeline; resolves when the response has ended or its client has left */
export function openaiChatRoute(chat: (exchange: Exchange) => Promise<void>): Route {
  return {
    method: 'POST',
    path: '/v1/chat/completions',
    access: 'data',
    body: 'json',
    errors: 'openai-chat',
    async handle(ctx, visit) {
      const logWish = readLogWish(ctx.get('x-switchyard-log'));
      ctx.respond = false;
      await chat({
        id: visit.id,
        dialect: 'openai-chat',
        request: ctx.req,
        response: ctx.res,
        body: visit.body,
        client: visit.client,
        logWish,
        arrivedAt: visit.arrivedAt,
        arrivedAtWall: visit.arrivedAtWall,
      });
    },
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
