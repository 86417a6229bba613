/** Token counts in the words of OpenAI's chat and of its old completions. */
import type { TokenCounts } from '../../contract/log/row.ts';
import type { JsonObject } from './json.ts';

export function writeOpenAiUsage(counts: TokenCounts): JsonObject {
  const { input, cacheRead, cacheWrite, output, reasoning } = counts;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
