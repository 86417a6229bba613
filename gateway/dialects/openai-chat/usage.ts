/** Token counts as the providers of this dialect write them. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { isCount } from '../../core/usage.ts';

/**
 * Reads the counts of a chunk or a complete answer: `usage`, or `x_groq.usage` where only Groq's own member
 * is there.
 * @returns null when neither holds a count
 */
export function readUsage(answer: JsonObject): TokenCounts | null {
  if (isObject(answer['usage'])) return countTokens(answer['usage']);
  const groq = answer['x_groq'];
  return isObject(groq) && isObject(groq['usage']) ? countTokens(groq['usage']) : null;
}

/**
 * Sources, all recorded: `*_tokens_details` of OpenAI, OpenRouter (`cache_write_tokens`), Mistral; DeepSeek's
 * `prompt_cache_hit_tokens` beside the counts.
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
    cacheRead: count(inputDetails['cached_tokens']) ?? count(usage['prompt_cache_hit_tokens']) ?? 0,
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
