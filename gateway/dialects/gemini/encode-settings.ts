/** `generationConfig` and the few members beside it. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CanonicalRequest, OutputFormat, Settings, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { generationOf } from './generation.ts';
import { cleanSchema } from './schema.ts';
import { writeThinking } from './thinking.ts';

/** More stop sequences are refused. */
const MOST_STOPS = 5;

export function encodeSettings(request: CanonicalRequest, model: string, warn: Warn): JsonObject {
  const { settings } = request;
  const given = {
    ...number('maxOutputTokens', settings.maxTokens),
    ...number('temperature', settings.temperature),
    ...number('topP', settings.topP),
    ...number('topK', settings.topK),
    ...encodeStops(settings.stop, warn),
    ...encodeSeed(settings.seed, warn),
    ...encodePenalties(settings, model, warn),
    ...(settings.candidates === null || settings.candidates < 2
      ? {}
      : { candidateCount: settings.candidates }),
    ...encodeFormat(settings.format, model, hasFunctions(request), warn),
    ...encodeReasoning(settings, model, warn),
  };
  for (const [name, value] of Object.entries({ verbosity: settings.verbosity, user: settings.user })) {
    if (value !== null) warn(remark('not-known-to', { name, by: 'Gemini' }));
  }
  if (settings.cacheKey !== null) warn(remark('gemini-cache-key'));
  return {
    ...(Object.keys(given).length === 0 ? {} : { generationConfig: given }),
    ...encodeTier(settings.serviceTier, warn),
  };
}

const number = (name: string, value: number | null): JsonObject => (value === null ? {} : { [name]: value });

export const hasFunctions = ({ tools }: CanonicalRequest): boolean =>
  tools.some(({ kind }) => kind !== 'hosted');

function encodeStops(stop: readonly string[], warn: Warn): JsonObject {
  if (stop.length > MOST_STOPS) warn(remark('gemini-stops', { most: MOST_STOPS }));
  return stop.length === 0 ? {} : { stopSequences: stop.slice(0, MOST_STOPS) };
}

/** Seeds are 32 bits wide, with a sign. */
function encodeSeed(seed: number | null, warn: Warn): JsonObject {
  if (seed === null || (seed | 0) === seed) return number('seed', seed);
  warn(remark('gemini-seed'));
  return {};
}

function encodePenalties(
  { presencePenalty, frequencyPenalty }: Settings,
  model: string,
  warn: Warn,
): JsonObject {
  if (generationOf(model).penalties) {
    return { ...number('presencePenalty', presencePenalty), ...number('frequencyPenalty', frequencyPenalty) };
  }
  // Clients that always write them mean nothing by 0.
  if ((presencePenalty ?? 0) !== 0 || (frequencyPenalty ?? 0) !== 0) {
    warn(remark('penalties-refused', { model }));
  }
  return {};
}

function encodeReasoning({ reasoning }: Settings, model: string, warn: Warn): JsonObject {
  const thinkingConfig = reasoning === null ? undefined : writeThinking(reasoning, model, warn);
  return thinkingConfig === undefined ? {} : { thinkingConfig };
}

/** `encode-request.ts` asks in words where a model refuses tools together with a wish for JSON. */
export const asksInWords = (format: OutputFormat, model: string, functions: boolean): boolean =>
  format.kind !== 'text' && functions && !generationOf(model).toolsWithJson;

function encodeFormat(format: OutputFormat, model: string, functions: boolean, warn: Warn): JsonObject {
  if (format.kind === 'text') return {};
  if (asksInWords(format, model, functions)) {
    warn(remark('format-with-tools', { model }));
    return {};
  }
  const json = { responseMimeType: 'application/json' };
  if (format.kind === 'json' || Object.keys(format.schema).length === 0) return json;
  return generationOf(model).jsonSchema
    ? { ...json, responseJsonSchema: format.schema }
    : { ...json, responseSchema: cleanSchema(format.schema, null, warn) };
}

/** `auto` and `default` are what comes without a word. */
function encodeTier(tier: string | null, warn: Warn): JsonObject {
  if (tier === null || tier === 'auto' || tier === 'default') return {};
  if (['flex', 'standard', 'priority'].includes(tier)) return { serviceTier: tier };
  warn(remark('gemini-tier', { tier }));
  return {};
}
