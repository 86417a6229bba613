/** Chat, and counting the tokens of a chat, at the addresses of every format whose body names the model. */
import type { ClientShapeId, RequestPath } from '../../core/client-shape.ts';
import type { Exchange } from '../../core/exchange.ts';
import type { Route } from '../route.ts';
import { BODY_DECIDES, exchangeOf } from './exchange.ts';

/** Answers one request; resolves when the response has ended or its client has left. Never rejects. */
export type Chat = (exchange: Exchange) => Promise<void>;

const COUNTS: RequestPath = { ...BODY_DECIDES, streamed: false };

export function chatRoutes(chat: Chat): readonly Route[] {
  const route = (path: string, shape: ClientShapeId, operation: Exchange['operation'] = 'chat'): Route => ({
    method: 'POST',
    path,
    access: 'data',
    body: 'json',
    errors: shape,
    handle: (ctx, visit) =>
      chat(exchangeOf(ctx, visit, { shape, operation, path: operation === 'count' ? COUNTS : BODY_DECIDES })),
  });
  return [
    route('/v1/chat/completions', 'openai-chat'),
    route('/v1/completions', 'openai-completions'),
    route('/v1/responses', 'openai-responses'),
    route('/v1/responses/input_tokens', 'openai-responses', 'count'),
    route('/v1/messages', 'anthropic-messages'),
    route('/v1/messages/count_tokens', 'anthropic-messages', 'count'),
  ];
}
