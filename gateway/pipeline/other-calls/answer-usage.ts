/** Token counts in answers that are no chat. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { readBilling, type Billing } from '../../core/openai-billing.ts';
import { isCount } from '../../core/usage.ts';

/**
 * Embeddings count `prompt_tokens`, images and transcriptions `input_tokens` and `output_tokens`.
 * @returns null where nothing is counted
 */
export function usageOf(answer: JsonObject): TokenCounts | null {
  const { usage } = answer;
  if (!isObject(usage)) return null;
  const input = count(usage['prompt_tokens']) ?? count(usage['input_tokens']);
  const output = count(usage['completion_tokens']) ?? count(usage['output_tokens']);
  if (input === undefined && output === undefined) return null;
  return { input: input ?? 0, cacheRead: 0, cacheWrite: 0, output: output ?? 0, reasoning: 0 };
}

/** Counts of what was drawn are those of pictures, even where no details say so. */
export function billingOf(answer: JsonObject): Billing {
  const billing = readBilling(answer);
  const { data, usage } = answer;
  const drawn = isArray(data) && isObject(data[0]) && ('b64_json' in data[0] || 'url' in data[0]);
  const written = isObject(usage) ? count(usage['output_tokens']) : undefined;
  if (!drawn || written === undefined || billing.details?.imageOutput !== undefined) return billing;
  return { ...billing, details: { ...billing.details, imageOutput: written } };
}

function count(value: unknown): number | undefined {
  return isCount(value) ? Math.round(value) : undefined;
}
