/** Token counts as this dialect writes them: `input_tokens` leaves out what came from or went into the cache. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { isCount, type UsageDetails } from '../../core/usage.ts';

/** The figures of one `usage` object; undefined for those it does not name. */
export interface UsageFigures {
  readonly input?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  readonly output?: number;
  readonly reasoning?: number;
  /** Of compactions, which the others leave out. */
  readonly compacted?: UsageFigures;
}

export function readFigures(usage: unknown): UsageFigures {
  if (!isObject(usage)) return {};
  const compactions = iterationsOf(usage).filter(({ type }) => type === 'compaction');
  if (compactions.length === 0) return figuresOf(usage);
  return { ...figuresOf(usage), compacted: compactions.map(figuresOf).reduce(sumOf) };
}

/** One request may be several rounds at the model, each with counts of its own. */
function iterationsOf({ iterations }: JsonObject): readonly JsonObject[] {
  return isArray(iterations) ? iterations.filter(isObject) : [];
}

function sumOf(one: UsageFigures, other: UsageFigures): UsageFigures {
  return {
    input: (one.input ?? 0) + (other.input ?? 0),
    cacheRead: (one.cacheRead ?? 0) + (other.cacheRead ?? 0),
    cacheWrite: (one.cacheWrite ?? 0) + (other.cacheWrite ?? 0),
    output: (one.output ?? 0) + (other.output ?? 0),
    reasoning: (one.reasoning ?? 0) + (other.reasoning ?? 0),
  };
}

function figuresOf(usage: JsonObject): UsageFigures {
  const details = isObject(usage['output_tokens_details']) ? usage['output_tokens_details'] : {};
  return {
    ...given('input', usage['input_tokens']),
    ...given('cacheRead', usage['cache_read_input_tokens']),
    ...given('cacheWrite', usage['cache_creation_input_tokens'] ?? bySpan(usage['cache_creation'])),
    ...given('output', usage['output_tokens']),
    ...given('reasoning', details['thinking_tokens']),
  };
}

/** Some servers tell only how long what they wrote to the cache will live. */
function bySpan(creation: unknown): unknown {
  if (!isObject(creation)) return undefined;
  const spans = Object.values(creation).filter((value) => typeof value === 'number');
  return spans.length === 0 ? undefined : spans.reduce((sum, value) => sum + value, 0);
}

function given(name: Exclude<keyof UsageFigures, 'compacted'>, value: unknown): UsageFigures {
  return isCount(value) ? { [name]: Math.round(value) } : {};
}

/**
 * The counts of an answer from all its figures so far. Those of `message_delta` are totals that override what
 * `message_start` said: `{...start, ...delta}`.
 * @returns null when there is no figure at all
 */
export function countTokens(figures: UsageFigures): TokenCounts | null {
  if (Object.keys(figures).length === 0) return null;
  const {
    input = 0,
    cacheRead = 0,
    cacheWrite = 0,
    output = 0,
    reasoning = 0,
  } = figures.compacted === undefined ? figures : sumOf(figures, figures.compacted);
  return { input: input + cacheRead + cacheWrite, cacheRead, cacheWrite, output, reasoning };
}

/** What of the counts is priced otherwise. A later figure overrides an earlier one, as with the counts. */
export function readDetails(usage: unknown): UsageDetails {
  if (!isObject(usage)) return NO_DETAILS;
  const creation = isObject(usage['cache_creation']) ? usage['cache_creation'] : {};
  const tools = isObject(usage['server_tool_use']) ? usage['server_tool_use'] : {};
  const tier = usage['service_tier'];
  return {
    ...positive('cacheWriteHour', creation['ephemeral_1h_input_tokens']),
    ...positive('webSearches', tools['web_search_requests']),
    ...(typeof tier === 'string' && tier !== 'standard' ? { serviceTier: tier } : {}),
    ...surchargesOf(usage),
    ...longestOf(usage),
  };
}

/** What it takes to be served quicker, or in one part of the world alone. */
function surchargesOf({ speed, inference_geo: place }: JsonObject): UsageDetails {
  const surcharges = [speed, place].filter((name) => typeof name === 'string' && !USUAL.has(name));
  return surcharges.length === 0 ? {} : { surcharges: surcharges.map(String) };
}

const USUAL: ReadonlySet<unknown> = new Set(['', 'standard', 'global', 'not_available']);

function longestOf(usage: JsonObject): UsageDetails {
  const prompts = iterationsOf(usage).map((one) => countTokens(figuresOf(one))?.input ?? 0);
  return prompts.length < 2 ? {} : { longestPrompt: Math.max(...prompts) };
}

/** As a member of what was learned; absent where there are none. */
export const withDetails = (details: UsageDetails): { readonly details?: UsageDetails } =>
  Object.keys(details).length === 0 ? {} : { details };

export const NO_DETAILS: UsageDetails = {};

function positive(name: 'cacheWriteHour' | 'webSearches', value: unknown): UsageDetails {
  return isCount(value) && value > 0 ? { [name]: Math.round(value) } : {};
}

/** All zero until the counts are known. */
export function writeUsage(counts: TokenCounts | null): JsonObject {
  const { input = 0, cacheRead = 0, cacheWrite = 0, output = 0, reasoning = 0 } = counts ?? {};
  return {
    input_tokens: Math.max(0, input - cacheRead - cacheWrite),
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
    output_tokens: output,
    ...(reasoning > 0 ? { output_tokens_details: { thinking_tokens: reasoning } } : {}),
  };
}
