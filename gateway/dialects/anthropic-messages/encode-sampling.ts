/** Writes temperature and its kin where the model takes them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Settings, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ModelRules } from './model-rules.ts';

/** Values of today's models change nothing, so they are left out without a word. */
const USUAL_TEMPERATURE = 1;
const USUAL_TOP_P = 0.99;
/** The least that thinking allows. */
const LEAST_TOP_P = 0.95;

/** Why a model takes no sampling. */
type Refused = 'sampling-refused' | 'sampling-while-thinking';

export function encodeSampling(
  { temperature, topP, topK }: Settings,
  rules: ModelRules,
  thinks: boolean,
  warn: Warn,
): JsonObject {
  const refused: Refused | null = !rules.sampling
    ? 'sampling-refused'
    : thinks
      ? 'sampling-while-thinking'
      : null;
  const keepsTopP = rules.sampling && (!thinks || (topP ?? 1) >= LEAST_TOP_P);
  return {
    ...(temperature === null ? {} : writeTemperature(temperature, refused, warn)),
    ...(topP === null ? {} : writeTopP(topP, temperature, keepsTopP ? null : refused, rules, warn)),
    ...(topK === null ? {} : writeTopK(topK, refused, warn)),
  };
}

function writeTemperature(temperature: number, refused: Refused | null, warn: Warn): JsonObject {
  if (refused !== null) {
    if (temperature !== USUAL_TEMPERATURE) warn(remark(refused, { name: 'temperature' }));
    return {};
  }
  if (temperature <= 1) return { temperature };
  warn(remark('temperature-lowered', { temperature }));
  return { temperature: 1 };
}

function writeTopP(
  topP: number,
  temperature: number | null,
  refused: Refused | null,
  rules: ModelRules,
  warn: Warn,
): JsonObject {
  if (refused !== null) {
    if (topP < USUAL_TOP_P) warn(remark(refused, { name: 'top_p' }));
    return {};
  }
  if (temperature === null || rules.samplingTogether) return { top_p: topP };
  if (topP < USUAL_TOP_P) warn(remark('top-p-beside'));
  return {};
}

function writeTopK(topK: number, refused: Refused | null, warn: Warn): JsonObject {
  if (refused === null) return { top_k: topK };
  warn(remark(refused, { name: 'top_k' }));
  return {};
}
