/** Settings of a request, as far as the target takes them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Settings, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { effortOf } from './encode-wish.ts';
import {
  isOpenAi,
  isOpenRouter,
  isReasoningModel,
  takesSampling,
  takesStop,
  takesVerbosity,
} from './model-rules.ts';

/** Sequences OpenAI takes at most. */
const MOST_STOPS = 4;
/** Characters of OpenAI's identifiers of users and caches. */
const LONGEST_ID = 64;
const TIERS: readonly string[] = ['auto', 'default', 'flex', 'scale', 'priority', 'fast'];

export function encodeSettings(settings: Settings, target: Target, warn: Warn): JsonObject {
  return {
    ...maxTokens(settings, target),
    ...sampling(settings, target, warn),
    ...stop(settings, target, warn),
    ...given('seed', settings.seed),
    ...(settings.candidates === 1 ? {} : given('n', settings.candidates)),
    ...ownMembers(settings, target, warn),
  };
}

const given = (name: string, value: unknown): JsonObject => (value === null ? {} : { [name]: value });

/** OpenAI's reasoning models refuse the old name wherever they are served. */
function maxTokens({ maxTokens: most }: Settings, target: Target): JsonObject {
  const renamed = isReasoningModel(target) && !isOpenRouter(target);
  return given(renamed ? 'max_completion_tokens' : target.chat.maxTokens, most);
}

function sampling(settings: Settings, target: Target, warn: Warn): JsonObject {
  const { temperature, topP, topK, presencePenalty, frequencyPenalty } = settings;
  const wanted: readonly (readonly [string, number | null])[] = [
    ['temperature', temperature],
    ['top_p', topP],
    ['presence_penalty', presencePenalty],
    ['frequency_penalty', frequencyPenalty],
  ];
  const effort = effortOf(settings.reasoning);
  const taken = wanted.filter(([name, value]) => {
    const fits =
      takesSampling(target, effort) &&
      !(isReasoningModel(target) && name.endsWith('penalty') && !isOpenRouter(target));
    if (value !== null && !fits) warn(remark('not-taken', { name, by: target.model }));
    return value !== null && fits;
  });
  if (topK !== null && !isOpenRouter(target))
    warn(remark('not-known-to', { name: 'top_k', by: target.name }));
  return { ...Object.fromEntries(taken), ...(isOpenRouter(target) ? given('top_k', topK) : {}) };
}

function stop({ stop: sequences }: Settings, target: Target, warn: Warn): JsonObject {
  if (sequences.length === 0) return {};
  if (!takesStop(target)) {
    warn(remark('not-taken', { name: 'stop', by: target.model }));
    return {};
  }
  if (sequences.length > MOST_STOPS) {
    warn(remark('stops-beyond', { given: sequences.length, sent: MOST_STOPS }));
  }
  return { stop: sequences.slice(0, MOST_STOPS) };
}

/** Members of OpenAI's own that other servers refuse or do not know. */
function ownMembers(settings: Settings, target: Target, warn: Warn): JsonObject {
  const { verbosity, user, cacheKey, serviceTier } = settings;
  const own = isOpenAi(target);
  const fits = (value: string | null): boolean => value !== null && value.length <= LONGEST_ID;
  const wanted: readonly (readonly [string, string | null, boolean])[] = [
    ['verbosity', verbosity, (own || isOpenRouter(target)) && takesVerbosity(target)],
    [own ? 'safety_identifier' : 'user', user, (own || isOpenRouter(target)) && fits(user)],
    ['prompt_cache_key', cacheKey, own && fits(cacheKey)],
    ['service_tier', serviceTier, own && TIERS.includes(serviceTier ?? '')],
  ];
  const taken = wanted.filter(([name, value, takes]) => {
    if (value !== null && !takes) warn(remark('not-taken', { name, by: target.model }));
    return value !== null && takes;
  });
  return Object.fromEntries(taken.map(([name, value]) => [name, value]));
}
