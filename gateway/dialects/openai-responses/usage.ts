/** Token counts as this dialect writes them. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { isCount } from '../../core/usage.ts';

/** @returns null when the response object holds no count */
export function readUsage(response: JsonObject): TokenCounts | null {
  const { usage } = response;
  if (!isObject(usage)) return null;
  const input = count(usage['input_tokens']);
  const output = count(usage['output_tokens']);
  if (input === undefined && output === undefined) return null;
  const read = details(usage['input_tokens_details']);
  const written = details(usage['output_tokens_details']);
  return {
    input: input ?? 0,
    cacheRead: count(read['cached_tokens']) ?? 0,
    cacheWrite: count(read['cache_write_tokens']) ?? 0,
    output: output ?? 0,
    reasoning: count(written['reasoning_tokens']) ?? 0,
  };
}

export function writeUsage({ input, cacheRead, cacheWrite, output, reasoning }: TokenCounts): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

function details(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function count(value: unknown): number | undefined {
  return isCount(value) ? Math.round(value) : undefined;
}
