/** Keys for the user's own tools. */

/** 192 bits: nobody guesses it. */
const BYTES = 24;

/**
 * @param fill puts random bytes into the array, as `crypto.getRandomValues` does
 * @returns `sy-` and 32 characters that every tool, shell and file takes as they are
 */
export function makeClientKey(fill: (bytes: Uint8Array<ArrayBuffer>) => unknown): string {
  const bytes = new Uint8Array(BYTES);
  fill(bytes);
  const text = btoa(String.fromCharCode(...bytes));
  return `sy-${text.replaceAll('+', '-').replaceAll('/', '_')}`;
}
