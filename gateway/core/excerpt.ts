/** Some text around a word that was searched for. Pure. */
import type { Excerpt } from '../../contract/log/row.ts';

/** Characters before, within and after it. */
const BEFORE = 60;
const HIT = 120;
const AFTER = 120;

/** What does not belong to a word. */
const APART = String.raw`[^\p{L}\p{N}]+`;

/**
 * @param word as it was written; found without regard to case and to what stands between its parts
 * @returns the beginning of the text with an empty `hit` where the word is not found as it was written
 */
export function excerptOf(text: string, word: string): Excerpt {
  const parts = word.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [start, end] = placeOf(text, parts.join(APART)) ?? [0, 0];
  return {
    before: shown(text.slice(Math.max(0, start - BEFORE), start)),
    hit: shown(text.slice(start, Math.min(end, start + HIT))),
    after: shown(text.slice(end, end + AFTER)),
  };
}

/** As a word of its own, else inside another. @param pattern of letters and digits only, and `APART` */
function placeOf(text: string, pattern: string): readonly [number, number] | null {
  if (pattern === '') return null;
  for (const whole of [`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, pattern]) {
    const found = new RegExp(whole, 'iu').exec(text);
    if (found !== null) return [found.index, found.index + found[0].length];
  }
  return null;
}

/** In one line, and without half a character at an end. */
const shown = (text: string): string =>
  text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '').replace(/\s+/g, ' ');
