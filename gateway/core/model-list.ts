/** Model lists as OpenAI writes them: read from upstreams, written for clients. */
import type { ListedModel, OfferedModel } from './dialect.ts';
import { decodeText, isArray, isObject, parseJson, type JsonObject } from './json.ts';
import { readModelFacts } from './read-model-facts.ts';

/**
 * Reads `{"data": [{"id"}]}`, as OpenAI, OpenRouter, Groq, Ollama and LM Studio write it, or a bare array, as
 * Together does. Rows without an id are skipped, of equal ids the first counts.
 * @returns undefined when the body is not a list of models
 */
export function readModels(body: Uint8Array): readonly ListedModel[] | undefined {
  const value = parseJson(decodeText(body));
  const rows = isObject(value) ? value['data'] : value;
  if (!isArray(rows)) return undefined;
  const models = new Map<string, ListedModel>();
  for (const row of rows) {
    const model = isObject(row) ? readModel(row) : undefined;
    if (model !== undefined && !models.has(model.id)) models.set(model.id, model);
  }
  return models.size === 0 && rows.length > 0 ? undefined : [...models.values()];
}

function readModel(row: JsonObject): ListedModel | undefined {
  const { id, owned_by: owner } = row;
  if (typeof id !== 'string' || id === '') return undefined;
  const facts = readModelFacts(row);
  return {
    id,
    created: createdAt(row),
    ownedBy: typeof owner === 'string' ? owner : '',
    ...(facts === undefined ? {} : { facts }),
  };
}

/** The last second a date can be made of; a list may hold any number. */
const LAST_SECOND = 8.64e12;

/** Unix seconds; Anthropic writes an RFC 3339 date under `created_at`. */
function createdAt(row: JsonObject): number {
  const { created, created_at: date } = row;
  const seconds =
    typeof created === 'number' ? created : typeof date === 'string' ? Date.parse(date) / 1_000 : 0;
  return seconds > 0 && seconds <= LAST_SECOND ? Math.floor(seconds) : 0;
}

/** The answer of `GET /v1/models`, with the provider of each model (REQUIREMENTS 1.4). */
export function renderModels(models: readonly OfferedModel[]): string {
  return JSON.stringify({ object: 'list', data: models.map(row) });
}

/** The answer of `GET /v1/models/{id}`. */
export function renderModel(model: OfferedModel): string {
  return JSON.stringify(row(model));
}

function row({ id, created, ownedBy, provider }: OfferedModel): JsonObject {
  return { id, object: 'model', created, owned_by: ownedBy === '' ? provider : ownedBy, provider };
}
