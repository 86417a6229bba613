/** What Ollama's clients ask for: chat, generation, and what they probe before. */
import type { ClientShapeId } from '../../core/client-shape.ts';
import { GatewayError } from '../../core/errors.ts';
import { decodeText, isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { shapes } from '../../dialects/index.ts';
import type { Route, Visit } from '../route.ts';
import type { Chat } from './chat.ts';
import { exchangeOf } from './exchange.ts';
import { findModel, sendJson, type OfferedModels } from './models.ts';

/** The version of Ollama whose API this follows; some clients refuse older ones. */
const OLLAMA_VERSION = '0.12.6';
/** A request that asks for nothing but loading a model is short. */
const LOAD_BYTES = 4_096;

export function ollamaRoutes(chat: Chat, offered: OfferedModels): readonly Route[] {
  const base = { access: 'data', errors: 'ollama-chat' } as const;
  const get = { ...base, method: 'GET', body: 'none' } as const;
  return [
    talk('/api/chat', 'ollama-chat', chat),
    talk('/api/generate', 'ollama-generate', chat),
    {
      ...get,
      path: '/api/tags',
      async handle(ctx, { client }) {
        sendJson(ctx, shapes['ollama-chat'].renderModels(await offered.all(client)));
      },
    },
    {
      ...base,
      method: 'POST',
      path: '/api/show',
      body: 'json',
      async handle(ctx, { body, client }) {
        const model = await findModel(shownModel(body), client, offered);
        sendJson(ctx, shapes['ollama-chat'].renderModel(model));
      },
    },
    {
      ...get,
      path: '/api/version',
      handle: (ctx) => sendJson(ctx, JSON.stringify({ version: OLLAMA_VERSION })),
    },
    // Which models are in memory: none, they all run elsewhere.
    { ...get, path: '/api/ps', handle: (ctx) => sendJson(ctx, JSON.stringify({ models: [] })) },
  ];
}

function talk(path: string, shape: ClientShapeId, chat: Chat): Route {
  return {
    method: 'POST',
    path,
    access: 'data',
    body: 'json',
    errors: shape,
    handle(ctx, visit) {
      const loaded = loadOnly(visit, shape);
      if (loaded !== null) return sendJson(ctx, JSON.stringify(loaded));
      const asked = { model: null, streamed: null, framing: 'ndjson' } as const;
      return chat(exchangeOf(ctx, visit, { shape, path: asked, operation: 'chat' }));
    },
  };
}

/** Clients ask for nothing to have a model loaded beforehand, or dropped; both are done at once. */
function loadOnly({ body, arrivedAtWall }: Visit, shape: ClientShapeId): JsonObject | null {
  if (body.length > LOAD_BYTES) return null;
  const request = parseJson(decodeText(body));
  if (!isObject(request) || typeof request['model'] !== 'string' || !asksNothing(request, shape)) return null;
  return {
    model: request['model'],
    created_at: new Date(arrivedAtWall).toISOString(),
    ...(shape === 'ollama-chat' ? { message: { role: 'assistant', content: '' } } : { response: '' }),
    done: true,
    done_reason: isNothing(request['keep_alive']) ? 'unload' : 'load',
  };
}

function asksNothing(
  { messages = [], prompt = '', images = [], suffix = '' }: JsonObject,
  shape: ClientShapeId,
) {
  if (shape === 'ollama-chat') return isArray(messages) && messages.length === 0;
  return prompt === '' && suffix === '' && isArray(images) && images.length === 0;
}

const isNothing = (keepAlive: unknown): boolean => keepAlive === 0 || /^0+\w*$/.test(String(keepAlive));

/** @throws GatewayError `invalid_json`, `model_required` */
function shownModel(body: Uint8Array): string {
  const request = parseJson(decodeText(body));
  if (!isObject(request)) throw new GatewayError('invalid_json', 'The body must be a JSON object.');
  const name = request['model'] ?? request['name'];
  if (typeof name === 'string' && name !== '') return name;
  throw new GatewayError('model_required', 'Name the model to be shown in `model`.', { field: 'model' });
}
