/** Model lists as Gemini writes them: read from upstreams, written for clients. */
import type { ListedModel, OfferedModel } from '../../core/dialect.ts';
import type { ModelFacts } from '../../core/model-facts.ts';
import { decodeText, isArray, isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { bareModel } from './address.ts';
import { textIn } from './fields.ts';

/** What a model must offer to be of use here; image and video models have methods of their own. */
const METHODS: readonly string[] = ['generateContent', 'embedContent'];

/** @returns undefined when the body is not a list of models */
export function readModels(body: Uint8Array): readonly ListedModel[] | undefined {
  const value = parseJson(decodeText(body));
  const rows = isObject(value) ? value['models'] : undefined;
  if (!isArray(rows)) return undefined;
  const models = new Map<string, ListedModel>();
  const named = rows.filter(isObject).filter((row) => textIn(row, 'name') !== '');
  for (const row of named.filter(isOfUse)) {
    const id = bareModel(textIn(row, 'name'));
    if (!models.has(id)) models.set(id, { id, created: 0, ownedBy: '', facts: readFacts(row) });
  }
  return named.length === 0 && rows.length > 0 ? undefined : [...models.values()];
}

function isOfUse(row: JsonObject): boolean {
  const methods = row['supportedGenerationMethods'];
  return !isArray(methods) || METHODS.some((method) => methods.includes(method));
}

function readFacts(row: JsonObject): Partial<ModelFacts> {
  const name = textIn(row, 'displayName');
  const { inputTokenLimit: context, outputTokenLimit: longest } = row;
  return {
    ...(name === '' ? {} : { name }),
    ...(isLimit(context) ? { contextTokens: context } : {}),
    ...(isLimit(longest) ? { maxOutputTokens: longest } : {}),
  };
}

const isLimit = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

/** The answer of `GET /v1beta/models`, all of them on one page. */
export function renderModels(models: readonly OfferedModel[]): string {
  return JSON.stringify({ models: models.map(row) });
}

/** The answer of `GET /v1beta/models/{id}`. */
export function renderModel(model: OfferedModel): string {
  return JSON.stringify(row(model));
}

/** A slash in the id stays as it is: clients show the name and send it back behind `models/`. */
function row({ id, facts = {} }: OfferedModel): JsonObject {
  const { name, contextTokens, maxOutputTokens } = facts;
  const embeds = /embed/i.test(id);
  return {
    name: `models/${id}`,
    version: '',
    displayName: name ?? id,
    inputTokenLimit: contextTokens ?? undefined,
    outputTokenLimit: maxOutputTokens ?? undefined,
    supportedGenerationMethods: embeds ? ['embedContent'] : ['generateContent', 'countTokens'],
  };
}
