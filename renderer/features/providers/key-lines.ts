/** Reads keys as people paste them: one, or several as `key1,key2:weight` in lines or with commas. */

export interface PastedKey {
  readonly value: string;
  readonly weight: number;
}

/** What is wrong with a paste, and with which part of it. Parts are told by number: a key is never shown. */
export type PasteProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'characters'; readonly part: number }
  | { readonly kind: 'weight'; readonly part: number }
  | { readonly kind: 'twice'; readonly part: number };

export type Paste =
  | { readonly ok: true; readonly keys: readonly PastedKey[] }
  | { readonly ok: false; readonly problem: PasteProblem };

const HEAVIEST = 1_000;
/** A key is one printable word; a colon before a number at its end is a weight. */
const PART = /^([\x21-\x7e]+?)(?::(-?\d+(?:\.\d+)?))?$/;

/** @param weight of keys that bring none of their own */
export function parseKeyLines(text: string, weight: number): Paste {
  const parts = text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return { ok: false, problem: { kind: 'empty' } };
  const keys: PastedKey[] = [];
  for (const [index, part] of parts.entries()) {
    const match = PART.exec(part);
    if (match?.[1] === undefined) return { ok: false, problem: { kind: 'characters', part: index + 1 } };
    const own = match[2] === undefined ? weight : Number(match[2]);
    if (!isWeight(own)) return { ok: false, problem: { kind: 'weight', part: index + 1 } };
    const value = match[1];
    if (keys.some((key) => key.value === value)) {
      return { ok: false, problem: { kind: 'twice', part: index + 1 } };
    }
    keys.push({ value, weight: own });
  }
  return { ok: true, keys };
}

/** Above zero, 1,000 at most. */
export function isWeight(value: number): boolean {
  return Number.isFinite(value) && value > 0 && value <= HEAVIEST;
}

/** Reads a weight as typed. @returns null when it is none */
export function parseWeight(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return isWeight(value) ? value : null;
}

/** Requests at once. */
const HIGHEST_LIMIT = 10_000;
/** Requests and tokens a minute. */
export const HIGHEST_RATE = 1_000_000_000;

/** Reads a limit as typed; nothing and zero stand for no limit. @returns null when it is none */
export function parseLimit(text: string, highest = HIGHEST_LIMIT): number | null {
  const value = Number(text.trim());
  return Number.isInteger(value) && value >= 0 && value <= highest ? value : null;
}
