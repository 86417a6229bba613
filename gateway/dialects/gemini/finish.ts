/** Why an answer ended, in Gemini's words and in ours. */
import type { FinishReason } from '../../core/canonical/stream-parts.ts';

/** Calls nobody can read, or that were not allowed. */
const BROKEN: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL',
  'MALFORMED_RESPONSE',
  'MISSING_THOUGHT_SIGNATURE',
  'TOO_MANY_TOOL_CALLS',
  'UNEXPECTED_TOOL_CALL',
]);

/**
 * Calls of tools end with STOP. Whatever is not known (SAFETY, RECITATION, OTHER, IMAGE_*, ...) left the answer
 * unsaid, which must not look like a good end.
 */
export function readFinish(reason: string, hasCalls: boolean): FinishReason {
  if (BROKEN.has(reason)) return 'broken-call';
  if (reason === 'STOP' || reason === 'FINISH_REASON_UNSPECIFIED') return hasCalls ? 'tool-calls' : 'stop';
  if (reason === 'MAX_TOKENS') return 'length';
  return reason === 'CONTINUATION' ? 'paused' : 'filtered';
}

const WRITTEN: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  'stop-sequence': 'STOP',
  'tool-calls': 'STOP',
  length: 'MAX_TOKENS',
  'context-full': 'MAX_TOKENS',
  filtered: 'SAFETY',
  refused: 'SAFETY',
  paused: 'CONTINUATION',
  'broken-call': 'MALFORMED_FUNCTION_CALL',
};

/** @param refusedInWords the model declined with words of its own, which are the answer then */
export function writeFinish(reason: FinishReason, refusedInWords: boolean): string {
  return reason === 'refused' && refusedInWords ? 'STOP' : WRITTEN[reason];
}

/** Why a prompt was refused; empty where it was not. */
export function blockReason(feedback: Readonly<Record<string, unknown>>): string {
  const reason = feedback['blockReason'];
  if (typeof reason !== 'string') return '';
  return /^BLOCK(?:ED)?_REASON_UNSPECIFIED$/.test(reason) ? '' : reason;
}
