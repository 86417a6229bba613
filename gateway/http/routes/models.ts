/** The models a client may ask for, in the shape of OpenAI's list. */
import type { Context } from 'koa';
import type { OfferedModel } from '../../core/dialect.ts';
import { GatewayError } from '../../core/errors.ts';
import { dialects } from '../../dialects/index.ts';
import type { Route } from '../route.ts';

/**
 * `GET /v1/models` and `GET /v1/models/{id}`; ids may hold slashes, percent-encoded or not.
 * @param offeredModels may wait for lists that are being read
 */
export function modelRoutes(
  offeredModels: () => readonly OfferedModel[] | Promise<readonly OfferedModel[]>,
): readonly Route[] {
  const dialect = dialects['openai-chat'];
  const base = { method: 'GET', access: 'data', body: 'none', errors: 'openai-chat' } as const;
  return [
    {
      ...base,
      path: '/v1/models',
      async handle(ctx) {
        sendJson(ctx, dialect.renderModels(await offeredModels()));
      },
    },
    {
      ...base,
      path: '/v1/models/*id',
      async handle(ctx, visit) {
        const id = visit.params['id'] ?? '';
        const model = (await offeredModels()).find((offered) => offered.id === id);
        if (model !== undefined) return sendJson(ctx, dialect.renderModel(model));
        const named = JSON.stringify(id.slice(0, 200));
        throw new GatewayError(
          'model_not_found',
          `There is no model ${named}. GET /v1/models lists what there is.`,
        );
      },
    },
  ];
}

function sendJson(ctx: Context, text: string): void {
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = text;
}
