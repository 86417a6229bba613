/** The models a client may ask for, in the form its kind of client reads. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'koa';
import type { ClientConfig } from '../../../contract/config/schema.ts';
import type { ClientShapeId } from '../../core/client-shape.ts';
import type { OfferedModel } from '../../core/dialect.ts';
import { GatewayError } from '../../core/errors.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { shapes } from '../../dialects/index.ts';
import { codexModel } from '../codex-models.ts';
import { anthropicPage, geminiPage } from '../model-page.ts';
import type { Route } from '../route.ts';
import { geminiModel } from './gemini.ts';

/** What a client may ask for; it is null where no key is needed. Both may wait for lists that are being read. */
export interface OfferedModels {
  all(client: ClientConfig | null): readonly OfferedModel[] | Promise<readonly OfferedModel[]>;
  /** By any name that chat takes. */
  named(
    name: string,
    client: ClientConfig | null,
  ): OfferedModel | undefined | Promise<OfferedModel | undefined>;
}

/** Ids may hold slashes, percent-encoded or not. */
export function modelRoutes(offered: OfferedModels): readonly Route[] {
  const base = { method: 'GET', access: 'data', body: 'none' } as const;
  const shared = { ...base, errors: 'openai-chat', errorsFor: shapeOf } as const;
  return [
    {
      ...shared,
      path: '/v1/models',
      async handle(ctx, { client }) {
        sendJson(
          ctx,
          renderList(shapeOf(ctx.headers), await offered.all(client), new URLSearchParams(ctx.querystring)),
        );
      },
    },
    {
      ...shared,
      path: '/v1/models/*id',
      async handle(ctx, { params, client }) {
        const shape = shapeOf(ctx.headers);
        const asked = params['id'] ?? '';
        const name = shape === 'gemini' ? geminiModel(asked) : asked;
        sendJson(ctx, shapes[shape].renderModel(await findModel(name, client, offered)));
      },
    },
    {
      ...base,
      errors: 'gemini',
      path: '/v1beta/models',
      async handle(ctx, { client }) {
        sendJson(ctx, renderList('gemini', await offered.all(client), new URLSearchParams(ctx.querystring)));
      },
    },
    {
      ...base,
      errors: 'gemini',
      path: '/v1beta/models/*id',
      async handle(ctx, { params, client }) {
        const model = await findModel(geminiModel(params['id'] ?? ''), client, offered);
        sendJson(ctx, shapes.gemini.renderModel(model));
      },
    },
  ];
}

/**
 * One address for clients of several kinds, told apart by what only one kind sends. Anthropic's older SDKs bring
 * the key in `x-api-key`, its newer ones as a bearer token; the version they always send.
 */
function shapeOf(headers: IncomingHttpHeaders): ClientShapeId {
  if (headers['anthropic-version'] !== undefined) return 'anthropic-messages';
  if (headers['x-api-key'] !== undefined && headers.authorization === undefined) return 'anthropic-messages';
  return headers['x-goog-api-client'] === undefined ? 'openai-chat' : 'gemini';
}

function renderList(shape: ClientShapeId, models: readonly OfferedModel[], query: URLSearchParams): string {
  if (shape === 'anthropic-messages') {
    const { models: page, more } = anthropicPage(models, query);
    return withMembers(shapes[shape].renderModels(page), more ? { has_more: true } : {});
  }
  if (shape === 'gemini') {
    const { models: page, nextToken } = geminiPage(models, query);
    return withMembers(
      shapes[shape].renderModels(page),
      nextToken === null ? {} : { nextPageToken: nextToken },
    );
  }
  const list = shapes[shape].renderModels(models);
  // Codex looks for another member than everybody else, so both are in one object.
  return query.has('client_version') ? withMembers(list, { models: models.map(codexModel) }) : list;
}

/** @throws GatewayError `model_not_found` */
export async function findModel(
  name: string,
  client: ClientConfig | null,
  offered: OfferedModels,
): Promise<OfferedModel> {
  const model = await offered.named(name, client);
  if (model !== undefined) return model;
  const named = JSON.stringify(name.slice(0, 200));
  throw new GatewayError(
    'model_not_found',
    `There is no model ${named}. GET /v1/models lists what there is.`,
  );
}

function withMembers(list: string, members: Readonly<Record<string, unknown>>): string {
  if (Object.keys(members).length === 0) return list;
  const value = parseJson(list);
  return isObject(value) ? JSON.stringify({ ...value, ...members }) : list;
}

export function sendJson(ctx: Context, text: string): void {
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = text;
}
