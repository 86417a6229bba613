/** Numbers as people type them. */

/** @returns null for what is no number; `100,000` and `1 000` are, in every language of the interface */
export function readNumber(text: string): number | null {
  const plain = text.replaceAll(/[\s,，]/g, '');
  return /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : null;
}
