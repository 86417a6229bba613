/** Token counts as Gemini writes them: thoughts beside the answer, the prompts of its own tools beside the prompt. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isObject, type JsonObject } from '../../core/json.ts';

/**
 * Reads `usageMetadata` of a chunk or an answer.
 * @returns null when it holds no count (Vertex writes `{trafficType}` until the last chunk)
 */
export function readUsage(answer: JsonObject): TokenCounts | null {
  const usage = answer['usageMetadata'];
  if (!isObject(usage)) return null;
  const prompt = count(usage['promptTokenCount']);
  const written = count(usage['candidatesTokenCount']);
  const thoughts = count(usage['thoughtsTokenCount']);
  if (prompt === undefined && written === undefined && thoughts === undefined) return null;
  return {
    input: (prompt ?? 0) + (count(usage['toolUsePromptTokenCount']) ?? 0),
    cacheRead: count(usage['cachedContentTokenCount']) ?? 0,
    cacheWrite: 0,
    output: (written ?? 0) + (thoughts ?? 0),
    reasoning: thoughts ?? 0,
  };
}

export function writeUsage({ input, cacheRead, output, reasoning }: TokenCounts): JsonObject {
  return {
    promptTokenCount: input,
    ...(cacheRead === 0 ? {} : { cachedContentTokenCount: cacheRead }),
    candidatesTokenCount: Math.max(0, output - reasoning),
    ...(reasoning === 0 ? {} : { thoughtsTokenCount: reasoning }),
    totalTokenCount: input + output,
  };
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined;
}
