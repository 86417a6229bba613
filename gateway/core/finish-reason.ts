/** Whether an answer came to its own end, in every dialect's words. */

/** Reasons of an end that was not cut short, as letters alone. */
const WHOLE: ReadonlySet<string> = new Set([
  'stop',
  'stopsequence',
  'endturn',
  'toolcalls',
  'tooluse',
  'functioncall',
  'completed',
]);

export function isWhole(finishReason: string | null): boolean {
  return finishReason !== null && WHOLE.has(finishReason.toLowerCase().replace(/[^a-z]/g, ''));
}

/**
 * Of an answer with several choices, each of which ends for itself: one that was cut tells more than those that were
 * not. Else the last; null where none has ended.
 */
export function worstReason(reasons: readonly (string | null)[]): string | null {
  const told = reasons.filter((reason) => reason !== null);
  return told.findLast((reason) => !isWhole(reason)) ?? told.at(-1) ?? null;
}
