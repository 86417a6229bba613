/** Everything a request says beyond its conversation and its tools. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Effort, OutputFormat, ReasoningWish, Settings, Warn } from '../../core/canonical/request.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import {
  below,
  booleanOf,
  countOf,
  numberOf,
  objectOf,
  readObject,
  stringOf,
  stringsOf,
  type Path,
} from '../../core/json-read.ts';
import { decodeToolChoice } from './decode-tools.ts';

const EFFORTS: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

export function decodeSettings(body: JsonObject, warn: Warn): Settings {
  return {
    maxTokens:
      countOf(body, 'max_completion_tokens', '', 1) ??
      countOf(body, 'max_tokens', '', 1) ??
      countOf(body, 'max_output_tokens', '', 1),
    temperature: numberOf(body, 'temperature', ''),
    topP: numberOf(body, 'top_p', ''),
    topK: countOf(body, 'top_k', ''),
    stop: (stringsOf(body, 'stop', '') ?? []).filter((sequence) => sequence !== ''),
    seed: numberOf(body, 'seed', ''),
    presencePenalty: numberOf(body, 'presence_penalty', ''),
    frequencyPenalty: numberOf(body, 'frequency_penalty', ''),
    candidates: countOf(body, 'n', '', 1),
    reasoning: decodeWish(body, warn),
    format: decodeFormat(body, warn),
    toolChoice: decodeToolChoice(body, warn),
    parallelTools: decodeParallel(body),
    verbosity: stringOf(body, 'verbosity', ''),
    user: stringOf(body, 'safety_identifier', '') ?? stringOf(body, 'user', ''),
    cacheKey: stringOf(body, 'prompt_cache_key', ''),
    serviceTier: stringOf(body, 'service_tier', ''),
  };
}

/** An answer to old `functions` holds one call. */
function decodeParallel(body: JsonObject): boolean | null {
  const { functions } = body;
  const old = isArray(functions) && functions.length > 0;
  return booleanOf(body, 'parallel_tool_calls', '') ?? (old ? false : null);
}

/** `reasoning_effort`, or OpenRouter's `reasoning: {effort, max_tokens, enabled, exclude}`. */
function decodeWish(body: JsonObject, warn: Warn): ReasoningWish | null {
  const reasoning = objectOf(body, 'reasoning', '');
  const word = stringOf(body, 'reasoning_effort', '');
  if (reasoning === null)
    return word === null ? null : { effort: effortOf(word, warn), budget: null, visible: null };
  const enabled = booleanOf(reasoning, 'enabled', 'reasoning');
  const inner = stringOf(reasoning, 'effort', 'reasoning') ?? word;
  const excluded = booleanOf(reasoning, 'exclude', 'reasoning');
  return {
    effort: enabled === false ? 'none' : inner === null ? null : effortOf(inner, warn),
    budget: countOf(reasoning, 'max_tokens', 'reasoning'),
    visible: excluded === null ? null : !excluded,
    ...(enabled === true ? { thinks: true } : {}),
  };
}

function effortOf(word: string, warn: Warn): Effort | null {
  const known = EFFORTS.find((effort) => effort === word);
  if (known === undefined) warn(remark('effort-unknown', { effort: JSON.stringify(word.slice(0, 60)) }));
  return known ?? null;
}

/** `response_format`, or `text.format` as Responses has it. */
function decodeFormat(body: JsonObject, warn: Warn): OutputFormat {
  const text = body['text'];
  const flat = body['response_format'] === undefined && isObject(text);
  const path: Path = flat ? 'text.format' : 'response_format';
  const format = flat ? objectOf(text, 'format', 'text') : objectOf(body, 'response_format', '');
  const type = format === null ? 'text' : stringOf(format, 'type', path);
  if (format === null || type === null || type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  if (type === 'json_schema') return flat ? schemaFormat(format, path) : nestedFormat(format, path);
  warn(remark('value-unknown', { member: 'response_format', value: JSON.stringify(type.slice(0, 60)) }));
  return { kind: 'text' };
}

function nestedFormat(format: JsonObject, path: Path): OutputFormat {
  const at = below(path, 'json_schema');
  return schemaFormat(readObject(format['json_schema'], at), at);
}

function schemaFormat(format: JsonObject, path: Path): OutputFormat {
  const schema = objectOf(format, 'schema', path);
  if (schema === null) return { kind: 'json' };
  return {
    kind: 'schema',
    name: stringOf(format, 'name', path) ?? 'answer',
    description: stringOf(format, 'description', path) ?? '',
    schema,
    strict: booleanOf(format, 'strict', path),
  };
}
