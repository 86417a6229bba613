/** An error that pages have words for: a sentence for clients of the API, and the same as data. */
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import { GatewayError, type ErrorCode } from './errors.ts';
import { say } from './sayings.ts';

/**
 * @param sentence what clients of the API get; pages have their own for `saying`
 * @param options as `GatewayError` has them
 */
export const toldError = (
  code: ErrorCode,
  sentence: string,
  saying: ProblemSaying,
  values: Told['values'] = {},
  options: { readonly field?: string; readonly retryAfter?: number } = {},
): GatewayError =>
  new GatewayError(code, sentence, { ...options, told: say(saying, values, undefined, sentence) });
