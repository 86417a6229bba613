/** Cuts the text of a filter at its spaces. Pure. */

/** A stretch of the text: `-app:"Claude Code"`, `hello`, `"one after the other"`. */
export interface Word {
  readonly text: string;
  /** Where it begins in the whole. */
  readonly at: number;
}

/** Spaces inside quotes belong to the word; a quote that is left open holds to the end. */
export function wordsOf(text: string): readonly Word[] {
  const found = text.matchAll(/(?:"(?:\\.|[^"\\])*(?:"|$)|[^\s"])+/g);
  return [...found].map((match) => ({ text: match[0], at: match.index }));
}

/** Values between commas, without their quotes; empty ones are left out. */
export function valuesOf(text: string): readonly string[] {
  const found = text.matchAll(/"((?:\\.|[^"\\])*)(?:"|$)|([^,"]+)/g);
  return [...found]
    .map(([, quoted, plain = '']) => (quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1')))
    .filter((value) => value !== '');
}

/** A value as it can stand between commas. */
export function quoted(value: string): string {
  return /[\s",\\]/.test(value) ? `"${value.replace(/[\\"]/g, '\\$&')}"` : value;
}
