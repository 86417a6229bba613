/** Token counts as Gemini writes them: thoughts beside the answer, the prompts of its own tools beside the prompt. */
import type { TokenCounts } from '../../../contract/log/row.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { isCount, type UsageDetails } from '../../core/usage.ts';

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

/** What of the counts is sound or pictures, and the tier it was served in; undefined: none of it, or nobody says. */
export function readDetails(answer: JsonObject): UsageDetails | undefined {
  const usage = answer['usageMetadata'];
  if (!isObject(usage)) return undefined;
  const found: UsageDetails = {
    ...ofKind('audioInput', usage['promptTokensDetails'], 'AUDIO'),
    ...ofKind('audioCacheRead', usage['cacheTokensDetails'], 'AUDIO'),
    ...ofKind('audioOutput', usage['candidatesTokensDetails'], 'AUDIO'),
    ...ofKind('imageInput', usage['promptTokensDetails'], 'IMAGE'),
    ...ofKind('imageOutput', usage['candidatesTokensDetails'], 'IMAGE'),
    ...tierOf(usage['serviceTier']),
  };
  return Object.keys(found).length === 0 ? undefined : found;
}

/** `[{"modality": "AUDIO", "tokenCount": 96}]` */
function ofKind(name: keyof UsageDetails, list: unknown, kind: string): UsageDetails {
  if (!isArray(list)) return {};
  const found = list.find((entry) => isObject(entry) && entry['modality'] === kind);
  const tokens = isObject(found) ? (count(found['tokenCount']) ?? 0) : 0;
  return tokens === 0 ? {} : { [name]: tokens };
}

function tierOf(tier: unknown): UsageDetails {
  return typeof tier === 'string' && tier !== '' && tier !== 'standard' ? { serviceTier: tier } : {};
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
  return isCount(value) ? Math.round(value) : undefined;
}
