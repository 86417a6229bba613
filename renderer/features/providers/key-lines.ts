/** Reads figures of a key as they are typed: weight and limits. Pure. */

const HEAVIEST = 1_000;

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
