/** Settings as members of a request. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { hash } from 'node:crypto';
import type {
  CanonicalRequest,
  OutputFormat,
  ReasoningWish,
  Settings,
  Warn,
} from '../../core/canonical/request.ts';
import { isStrictSchema } from '../../core/canonical/strict-schema.ts';
import type { Target } from '../../core/dialect.ts';
import { nearestEffort } from '../../core/effort.ts';
import type { JsonObject } from '../../core/json.ts';
import { kindOf, type ModelKind } from './model-kind.ts';

/** Tokens; less is refused. */
const LEAST_OUTPUT = 16;
/** Characters of a cache key and of a user's name. */
const LONGEST_NAME = 64;
const TIERS: readonly string[] = ['auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast'];

export function writeSettings({ settings }: CanonicalRequest, target: Target, warn: Warn): JsonObject {
  const kind = kindOf(target);
  const reasoning = writeReasoning(settings.reasoning, kind, target.model, warn);
  warnOfUnknown(settings, warn);
  return {
    ...given('max_output_tokens', atLeast(settings.maxTokens, warn)),
    ...sampling(settings, kind, reasoning, target.model, warn),
    ...reasoning,
    ...writeText(settings, warn),
    ...given('prompt_cache_key', shortened(settings.cacheKey)),
    ...given('safety_identifier', shortened(settings.user)),
    ...tier(settings.serviceTier, warn),
  };
}

const given = (name: string, value: unknown): JsonObject => (value === null ? {} : { [name]: value });

function atLeast(tokens: number | null, warn: Warn): number | null {
  if (tokens === null || tokens >= LEAST_OUTPUT) return tokens;
  warn(remark('responses-least', { least: LEAST_OUTPUT, asked: tokens }));
  return LEAST_OUTPUT;
}

function sampling(
  { temperature, topP }: Settings,
  kind: ModelKind,
  { reasoning }: JsonObject,
  model: string,
  warn: Warn,
): JsonObject {
  const effortIsNone = JSON.stringify(reasoning) === '{"effort":"none"}';
  if (kind.sampling === 'always' || (kind.sampling === 'with-effort-none' && effortIsNone)) {
    return { ...given('temperature', temperature), ...given('top_p', topP) };
  }
  if (temperature !== null) warn(remark('not-taken', { name: 'temperature', by: model }));
  if (topP !== null) warn(remark('not-taken', { name: 'top_p', by: model }));
  return {};
}

/**
 * Encrypted reasoning is asked for wherever a model may reason, so that it can be sent back: nothing is stored.
 * Models that do not reason refuse both members.
 */
function writeReasoning(wish: ReasoningWish | null, kind: ModelKind, model: string, warn: Warn): JsonObject {
  const wanted = wish === null ? undefined : (wish.effort ?? effortFor(wish.budget));
  if (kind.reasons === false) {
    if (wanted !== undefined && wanted !== 'none')
      warn(remark('not-known-to', { name: 'reasoning', by: model }));
    return {};
  }
  const nearest = kind.efforts === null ? wanted : nearestEffort(wanted, kind.efforts);
  const effort = wanted === 'none' ? (nearest ?? kind.leastEffort) : nearest;
  if (wanted !== undefined && effort !== wanted) {
    warn(
      effort === undefined
        ? remark('effort-default', { effort: wanted, model })
        : remark('effort-replaced', { effort: wanted, model, used: effort }),
    );
  }
  const reasoning = {
    ...(effort === undefined ? {} : { effort }),
    ...(wish?.visible === true ? { summary: 'auto' } : {}),
  };
  const asks = Object.keys(reasoning).length > 0;
  return {
    ...(asks ? { reasoning } : {}),
    ...(kind.reasons === true || asks ? { include: ['reasoning.encrypted_content'] } : {}),
  };
}

/** Tokens of thought up to which an effort is meant, after the budgets that Claude Code and Gemini CLI use. */
const BUDGETS = [
  ['none', 0],
  ['low', 4_096],
  ['medium', 16_384],
] as const;

/** A negative budget is Gemini's way to say: as the model likes. */
function effortFor(budget: number | null): string | undefined {
  if (budget === null || budget < 0) return undefined;
  return BUDGETS.find(([, most]) => budget <= most)?.[0] ?? 'high';
}

function writeText({ format, verbosity }: Settings, warn: Warn): JsonObject {
  const text = { ...writeFormat(format, warn), ...given('verbosity', verbosity) };
  return Object.keys(text).length === 0 ? {} : { text };
}

function writeFormat(format: OutputFormat, warn: Warn): JsonObject {
  if (format.kind === 'text') return {};
  if (format.kind === 'json') return { format: { type: 'json_object' } };
  const { name, description, schema } = format;
  // Where the client did not say, a schema that can be enforced is: other dialects always do so.
  const strict = format.strict !== false && isStrictSchema(schema);
  if (format.strict === true && !strict) {
    warn(remark('answer-not-strict'));
  }
  const more = description === '' ? {} : { description };
  return { format: { type: 'json_schema', name: schemaName(name), ...more, schema, strict } };
}

const schemaName = (name: string): string =>
  name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, LONGEST_NAME) || 'answer';

/** A long name is told by its hash, which groups requests just as well. */
const shortened = (name: string | null): string | null =>
  name === null || name.length <= LONGEST_NAME ? name : hash('sha256', name, 'hex');

function tier(name: string | null, warn: Warn): JsonObject {
  if (name === null || TIERS.includes(name)) return given('service_tier', name);
  warn(remark('not-known-to', { name: `service_tier "${name.slice(0, 60)}"`, by: 'OpenAI' }));
  return {};
}

function warnOfUnknown(settings: Settings, warn: Warn): void {
  if (settings.stop.length > 0) {
    warn(remark('responses-stops'));
  }
  const unknown: Readonly<Record<string, unknown>> = {
    seed: settings.seed,
    top_k: settings.topK,
    presence_penalty: settings.presencePenalty,
    frequency_penalty: settings.frequencyPenalty,
    n: settings.candidates === 1 ? null : settings.candidates,
  };
  for (const [name, value] of Object.entries(unknown)) {
    if (value !== null) warn(remark('responses-unknown', { name }));
  }
}
