/** `GET /api/v1/key`: what OpenRouter tells of a key. The credit of the whole account is not part of it. */
import type { KeyAccount } from '../../../core/provider.ts';

/** @returns undefined when it is not such an answer */
export function readKeyFacts(answer: unknown): KeyAccount | undefined {
  if (typeof answer !== 'object' || answer === null || !('data' in answer)) return undefined;
  const { data } = answer;
  if (typeof data !== 'object' || data === null) return undefined;
  const limit = 'limit' in data ? data.limit : null;
  const left = 'limit_remaining' in data ? data.limit_remaining : null;
  // A key without a limit of its own has null for both.
  if (typeof limit !== 'number' || typeof left !== 'number') return { exhausted: false, message: null };
  return {
    exhausted: left <= 0,
    message: `limit_remaining ${left} of ${limit}`,
    left: { name: 'credit', limit, remaining: left },
  };
}
