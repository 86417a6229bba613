/** Token counts as the providers of this dialect write them. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { isCount } from '../../core/usage.ts';

/**
 * Reads the counts of a chunk or a complete answer: `usage`, or where only that is there Groq's own `x_groq.usage`, or
 * the one that Moonshot puts into the last choice.
 * @returns null when none holds a count
 */
export function readUsage({ usage, x_groq: groq, choices }: JsonObject): TokenCounts | null {
  if (isObject(usage)) return countTokens(usage);
  if (isObject(groq) && isObject(groq['usage'])) return countTokens(groq['usage']);
  const choice = isArray(choices) ? choices.at(-1) : undefined;
  return isObject(choice) && isObject(choice['usage']) ? countTokens(choice['usage']) : null;
}

/**
 * Sources: `*_tokens_details` of OpenAI, OpenRouter (`cache_write_tokens`), Mistral; beside the counts DeepSeek's
 * `prompt_cache_hit_tokens` and Moonshot's `cached_tokens`.
 */
function countTokens(usage: JsonObject): TokenCounts | null {
  const input = count(usage['prompt_tokens']);
  const written = count(usage['completion_tokens']);
  if (input === undefined && written === undefined) return null;
  const inputDetails = details(usage['prompt_tokens_details']);
  const outputDetails = details(usage['completion_tokens_details']);
  const reasoning = count(outputDetails['reasoning_tokens']) ?? 0;
  return {
    input: input ?? 0,
    cacheRead:
      count(inputDetails['cached_tokens']) ??
      count(usage['prompt_cache_hit_tokens']) ??
      count(usage['cached_tokens']) ??
      0,
    cacheWrite: count(inputDetails['cache_write_tokens']) ?? 0,
    output: wholeOutput(input ?? 0, written ?? 0, reasoning, count(usage['total_tokens'])),
    reasoning,
  };
}

/** xAI leaves reasoning out of `completion_tokens`; the total gives it away (recorded: 12 + 1 + 290 = 303). */
function wholeOutput(input: number, written: number, reasoning: number, total: number | undefined): number {
  return total === input + written + reasoning ? written + reasoning : written;
}

function details(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function count(value: unknown): number | undefined {
  return isCount(value) ? Math.round(value) : undefined;
}
