/** Embeddings in no format's words, read from and written for OpenAI's and Gemini's. */
import type { Warn } from '../../core/canonical/request.ts';
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { AN_ARRAY, A_TEXT, TEXTS, inWords, objectWith } from '../../core/allowed.ts';
import { arrayOf, below, countOf, objectOf, readObject, refuse, stringOf } from '../../core/json-read.ts';
import { failed } from '../../core/failed.ts';
import { usageOf } from './answer-usage.ts';

export interface EmbeddingRequest {
  readonly texts: readonly string[];
  /** Numbers per vector; null: the model's own. */
  readonly dimensions: number | null;
  /** Vectors as base64 of 32-bit floats, which OpenAI's SDKs ask for. */
  readonly packed: boolean;
}

export interface Embeddings {
  readonly vectors: readonly (readonly number[])[];
  readonly usage: TokenCounts | null;
}

/** @throws GatewayError naming the member that is wrong, or that only OpenAI's own servers understand */
export function readOpenAiRequest(body: JsonObject): EmbeddingRequest {
  const input = body['input'] ?? null;
  const texts = typeof input === 'string' ? [input] : isArray(input) ? input.map(readText) : null;
  if (texts === null || texts.length === 0)
    return refuse('input', inWords('a text or an array of texts', TEXTS), input);
  return {
    texts,
    dimensions: countOf(body, 'dimensions', '', 1),
    packed: body['encoding_format'] === 'base64',
  };
}

function readText(value: unknown, index: number): string {
  if (typeof value === 'string') return value;
  const tokens = typeof value === 'number' || isArray(value);
  if (!tokens) return refuse(below('input', index), A_TEXT, value);
  throw failed('unsupported_feature', remark('tokens-not-embedded'), { field: 'input' });
}

/** @throws GatewayError naming the member that is wrong */
export function readGeminiRequest(body: JsonObject, batch: boolean, warn: Warn): EmbeddingRequest {
  if (!batch) return readContent(body, '', warn);
  const requests = arrayOf(body, 'requests', '') ?? [];
  if (requests.length === 0)
    return refuse('requests', inWords('an array of requests', AN_ARRAY), body['requests']);
  const read = requests.map((value, index) => {
    const path = below('requests', index);
    return readContent(readObject(value, path), path, warn);
  });
  const dimensions = new Set(read.map((one) => one.dimensions));
  if (dimensions.size > 1) warn(remark('dimensions-differ'));
  return {
    texts: read.flatMap(({ texts }) => texts),
    dimensions: read[0]?.dimensions ?? null,
    packed: false,
  };
}

function readContent(request: JsonObject, path: string, warn: Warn): EmbeddingRequest {
  const content = objectOf(request, 'content', path);
  const at = below(path, 'content');
  if (content === null) return refuse(at, objectWith('parts'), undefined);
  const parts = arrayOf(content, 'parts', at) ?? [];
  const texts = parts.map((value, index) => {
    const where = below(below(at, 'parts'), index);
    const text = stringOf(readObject(value, where), 'text', where);
    return (
      text ??
      refuse(
        below(where, 'text'),
        inWords('a text in quotes; nothing else can be embedded there', A_TEXT),
        undefined,
      )
    );
  });
  if (texts.length === 0)
    return refuse(below(at, 'parts'), inWords('an array with a text', AN_ARRAY), content['parts']);
  for (const name of ['taskType', 'title']) {
    if (request[name] !== undefined) warn(remark('embedding-only-gemini', { name }));
  }
  return {
    texts: [texts.join('')],
    dimensions: countOf(request, 'outputDimensionality', path, 1),
    packed: false,
  };
}

export function writeOpenAiRequest({ texts, dimensions }: EmbeddingRequest, model: string): JsonObject {
  return { model, input: texts, ...(dimensions === null ? {} : { dimensions }) };
}

export function writeGeminiRequest({ texts, dimensions }: EmbeddingRequest, model: string): JsonObject {
  const more = dimensions === null ? {} : { outputDimensionality: dimensions };
  return { requests: texts.map((text) => ({ model, content: { parts: [{ text }] }, ...more })) };
}

/** @returns undefined for what is no such answer, or not one with a vector for each text */
export function readOpenAiAnswer(answer: JsonObject, texts: number): Embeddings | undefined {
  const { data } = answer;
  if (!isArray(data)) return undefined;
  // By place and not in an array: an upstream may say any number.
  const placed = new Map<unknown, readonly number[]>();
  data.filter(isObject).forEach((row, place) => {
    const vector = numbersOf(row['embedding']);
    if (vector !== undefined) placed.set(row['index'] ?? place, vector);
  });
  const vectors = Array.from({ length: texts }, (_, place) => placed.get(place) ?? []);
  return whole(vectors, texts, usageOf(answer));
}

/** @returns undefined for what is no such answer, or not one with a vector for each text */
export function readGeminiAnswer(answer: JsonObject, texts: number): Embeddings | undefined {
  const rows = answer['embeddings'];
  if (!isArray(rows)) return undefined;
  const vectors = rows.flatMap((row) => {
    const vector = isObject(row) ? numbersOf(row['values']) : undefined;
    return vector === undefined ? [] : [vector];
  });
  const told = answer['usageMetadata'];
  const input = isObject(told) ? told['promptTokenCount'] : undefined;
  const usage =
    typeof input === 'number' ? { input, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 } : null;
  return whole(vectors, texts, usage);
}

export function writeOpenAiAnswer(
  { vectors, usage }: Embeddings,
  model: string,
  packed: boolean,
): JsonObject {
  const tokens = usage?.input ?? 0;
  return {
    object: 'list',
    data: vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: packed ? pack(vector) : vector,
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

export function writeGeminiAnswer({ vectors }: Embeddings, batch: boolean): JsonObject {
  return batch
    ? { embeddings: vectors.map((values) => ({ values })) }
    : { embedding: { values: vectors[0] ?? [] } };
}

function numbersOf(value: unknown): readonly number[] | undefined {
  return isArray(value) && value.every((one) => typeof one === 'number') ? value : undefined;
}

function whole(
  vectors: readonly (readonly number[])[],
  texts: number,
  usage: TokenCounts | null,
): Embeddings | undefined {
  return vectors.length === texts && vectors.every(({ length }) => length > 0)
    ? { vectors, usage }
    : undefined;
}

/** Little-endian on every machine. */
function pack(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}
