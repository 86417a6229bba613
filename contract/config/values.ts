/**
 * The small value schemas that configuration fields share: durations, sizes, identifiers, addresses.
 * Everything a user types is strict: a value that is not understood is refused with what is allowed.
 */
import * as z from 'zod/mini';
import { SAID } from '../rpc/schema-sayings.ts';

const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * Reads a duration as a user writes it.
 * @returns milliseconds, or undefined when the text is not a duration
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  const unit = match?.[2];
  const factor = unit === undefined ? undefined : MILLISECONDS[unit];
  return match?.[1] === undefined || factor === undefined ? undefined : Number(match[1]) * factor;
}

/** Longest duration a setting may have, ms: a Node timer beyond 24.8 days fires at once. */
const LONGEST = 86_400_000;

function durationFrom(least: number, error: string) {
  const fits = (milliseconds: number | undefined): boolean =>
    milliseconds !== undefined && milliseconds >= least && milliseconds <= LONGEST;
  return z.pipe(
    z.string(error).check(z.refine((text) => fits(parseDuration(text)), { error })),
    z.transform((text: string) => parseDuration(text) ?? least),
  );
}

/** A duration above zero, a day at most: `500ms`, `10s`, `5m`, `1h`. Output: milliseconds. */
export const duration = durationFrom(1, SAID.duration.text);

/** A duration where zero has a meaning of its own: `0s`, or as `duration`. Output: milliseconds. */
export const durationOrZero = durationFrom(0, SAID.durationOrZero.text);

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|k|m|g)?$/i;
const BYTES: Readonly<Record<string, number>> = { b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 };

/**
 * Reads a size as a user writes it, in decimal units.
 * @returns bytes, or undefined when the text is not a size
 */
export function parseSize(text: string): number | undefined {
  const match = SIZE.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const factor = BYTES[(match[2] ?? 'b').toLowerCase()];
  return factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}

/** A size: `10MB`, `1GB`, `500000`. Output: bytes. */
export const size = z.pipe(
  z.union([z.string(), z.number()]).check(
    z.refine((value) => parseSize(String(value)) !== undefined, {
      error: SAID.size.text,
    }),
  ),
  z.transform((value: string | number) => parseSize(String(value)) ?? 0),
);

/** A proxy setting: `system`, `none`, or the address of an HTTP proxy. */
export const proxy = z
  .string()
  .check(z.regex(/^(?:system|none|https?:\/\/(?:[^\s/?#@\\]+@)?[^\s/?#@\\]+\/?)$/i, SAID.proxy.text));

/** A TCP port a server can listen on. 0 asks the system for a free one. */
export const port = z.int().check(z.minimum(0, SAID.port.text), z.maximum(65_535, SAID.port.text));

/** Identifier of a provider, key, alias or client: stands in log rows, URLs and keychain items. */
export const identifier = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, SAID.identifier.text));

/**
 * Judges the address of an upstream as typed by the user. A `#` at its end says that nothing is to be added to it.
 * @returns what is wrong with it, or undefined when it can be used
 */
export function baseUrlProblem(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return SAID.scheme.text;
  if (!/^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?#?$/i.test(text)) {
    return SAID.addressForm.text;
  }
  return undefined;
}

/** Base address of an upstream, as the dialect's official SDK takes it; trailing slashes are cut. */
export const baseUrl = z.pipe(
  z.string().check(
    z.superRefine((text, context) => {
      const problem = baseUrlProblem(text);
      if (problem !== undefined) context.issues.push({ code: 'custom', message: problem, input: text });
    }),
  ),
  z.transform((text: string) => text.replace(/\/+$/, '')),
);
