/** Thought signatures in the field that Gemini's clients bring back. */
import { unwrapSignature, type Signature } from '../../core/canonical/signature.ts';

/**
 * What Google tells clients to send where they have no signature, so that a history made elsewhere is not refused.
 * Source: ai.google.dev/gemini-api/docs/thought-signatures.
 */
export const NO_SIGNATURE = 'skip_thought_signature_validator';

/** All forms in which clients send that; some encode it once more. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  NO_SIGNATURE,
  Buffer.from(NO_SIGNATURE).toString('base64'),
  'context_engineering_is_the_way_to_go',
]);

/** @returns null for a placeholder and for anything that is no text */
export function readSignature(value: unknown): Signature | null {
  if (typeof value !== 'string' || value === '' || PLACEHOLDERS.has(value)) return null;
  return unwrapSignature(value) ?? nativeSignature(value);
}

export const nativeSignature = (value: string): Signature => ({
  format: 'gemini',
  value,
  id: null,
  origin: null,
});
