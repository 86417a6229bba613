/** Token counts in this dialect's words. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import type { JsonObject } from '../../core/json.ts';

export function writeUsage({ input, cacheRead, cacheWrite, output, reasoning }: TokenCounts): JsonObject {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
