/** Writes temperature and its kin where the model takes them. */
import type { Settings, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import type { ModelRules } from './model-rules.ts';

/** Values of today's models change nothing, so they are left out without a word. */
const USUAL_TEMPERATURE = 1;
const USUAL_TOP_P = 0.99;
/** The least that thinking allows. */
const LEAST_TOP_P = 0.95;

export function encodeSampling(
  { temperature, topP, topK }: Settings,
  rules: ModelRules,
  thinks: boolean,
  warn: Warn,
): JsonObject {
  const refused = !rules.sampling
    ? 'is refused by this model and was left out.'
    : thinks
      ? 'is refused while the model thinks and was left out.'
      : null;
  const keepsTopP = rules.sampling && (!thinks || (topP ?? 1) >= LEAST_TOP_P);
  return {
    ...(temperature === null ? {} : writeTemperature(temperature, refused, warn)),
    ...(topP === null ? {} : writeTopP(topP, temperature, keepsTopP ? null : refused, rules, warn)),
    ...(topK === null ? {} : writeTopK(topK, refused, warn)),
  };
}

function writeTemperature(temperature: number, refused: string | null, warn: Warn): JsonObject {
  if (refused !== null) {
    if (temperature !== USUAL_TEMPERATURE) warn(`"temperature" ${refused}`);
    return {};
  }
  if (temperature <= 1) return { temperature };
  warn(`"temperature" goes up to 1 here; ${temperature} was lowered to that.`);
  return { temperature: 1 };
}

function writeTopP(
  topP: number,
  temperature: number | null,
  refused: string | null,
  rules: ModelRules,
  warn: Warn,
): JsonObject {
  if (refused !== null) {
    if (topP < USUAL_TOP_P) warn(`"top_p" ${refused}`);
    return {};
  }
  if (temperature === null || rules.samplingTogether) return { top_p: topP };
  if (topP < USUAL_TOP_P) warn('"top_p" is refused beside "temperature" by this model and was left out.');
  return {};
}

function writeTopK(topK: number, refused: string | null, warn: Warn): JsonObject {
  if (refused === null) return { top_k: topK };
  warn(`"top_k" ${refused}`);
  return {};
}
