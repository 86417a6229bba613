/**
 * Proofs that providers attach to reasoning and want back unchanged: Anthropic's thinking signature, OpenAI's
 * encrypted content, Gemini's thought signature, OpenRouter's reasoning details. Only where they came from can
 * read them.
 */
import * as z from 'zod/mini';

/**
 * - `anthropic`: the signature of a thinking block; `anthropic-redacted`: the data of a redacted one
 * - `openai`: encrypted content of a reasoning item
 * - `gemini`: a thought signature
 * - `reasoning-details`: one entry of OpenRouter's `reasoning_details`, as JSON text
 */
export const SIGNATURE_FORMATS = [
  'anthropic',
  'anthropic-redacted',
  'openai',
  'gemini',
  'reasoning-details',
] as const;
export type SignatureFormat = (typeof SIGNATURE_FORMATS)[number];

/** Where a signature was made. */
export interface Origin {
  /** Configuration id of the provider. */
  readonly provider: string;
  /** Model name as sent upstream. */
  readonly model: string;
  /** Configuration id of the key; empty where the provider needs none. */
  readonly key: string;
}

export interface Signature {
  readonly format: SignatureFormat;
  readonly value: string;
  /** Id of the item it belongs to, where the dialect has one (`rs_...`); null elsewhere. */
  readonly id: string | null;
  /** Null where a client brought it in its own dialect's form, which does not tell. */
  readonly origin: Origin | null;
}

/**
 * Every wrapped signature begins with this, in base64, so that it can be told from a native one in the raw
 * bytes of a request: `switchyard:1:` is 13 bytes, whose first 12 encode without a rest.
 */
export const WRAPPED = Buffer.from('switchyard:1').toString('base64');

const wrapped = z.object({
  f: z.enum(SIGNATURE_FORMATS),
  v: z.string(),
  i: z.nullable(z.string()),
  o: z.nullable(z.object({ provider: z.string(), model: z.string(), key: z.string() })),
});

/**
 * A signature in a form that any string field of a client's dialect can carry and bring back: base64 with
 * padding, as Gemini's field wants it.
 */
export function wrapSignature({ format, value, id, origin }: Signature): string {
  const json = JSON.stringify({ f: format, v: value, i: id, o: origin });
  return Buffer.from(`switchyard:1:${json}`).toString('base64');
}

/** @returns null for anything that is not a wrapped signature, native ones above all */
export function unwrapSignature(text: string): Signature | null {
  if (!text.startsWith(WRAPPED)) return null;
  try {
    const json: unknown = JSON.parse(
      Buffer.from(text, 'base64').toString('utf8').slice('switchyard:1:'.length),
    );
    const read = wrapped.safeParse(json);
    if (!read.success) return null;
    const { f: format, v: value, i: id, o: origin } = read.data;
    return { format, value, id, origin };
  } catch {
    // Somebody cut it short; without its proof the reasoning is of no use.
    return null;
  }
}

/**
 * Whether a target may be sent a signature. Anthropic binds it to the model, the others to the account behind the
 * key. One of unknown origin is worth trying: the client had it from a provider of that format.
 */
export function isUsable(signature: Signature, formats: readonly SignatureFormat[], target: Origin): boolean {
  if (!formats.includes(signature.format)) return false;
  const { origin, format } = signature;
  if (origin === null) return true;
  if (format === 'anthropic' || format === 'anthropic-redacted') return origin.model === target.model;
  return origin.provider === target.provider && origin.key === target.key;
}
