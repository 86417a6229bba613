/**
 * How text is cut into words for the full-text index, and a search into the same words. Pure.
 *
 * SQLite's `unicode61` cuts at everything that is no letter and no digit, which also takes `snake_case` names and
 * paths apart: they are found as phrases. It cannot cut what has no spaces, so that part is done here.
 */

/** Runs of the scripts that are written without spaces, and of Hangul, whose particles stick to the words. */
const RUNS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〆]+/gu;
/** Cheaper than the pattern: none of the scripts begins before it (Thai, U+0E00). */
const BEYOND = /[\u0e00-\uffff]/;

/** `someName`, `HTTPServer`: names in which a capital begins a word. */
const HUMPED = /[a-z]+[a-z\d]*[A-Z][A-Za-z\d]*|[A-Z]{2,}[a-z][A-Za-z\d]*|[A-Z][a-z\d]+[A-Z][A-Za-z\d]*/g;
const HUMP = /[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+/g;

export interface SearchWords {
  /** For `unicode61`. */
  readonly text: string;
  /** Bigrams of the runs, and the words that names are made of; apart by spaces. */
  readonly pairs: string;
}

export function searchWords(value: string): SearchWords {
  const pairs: string[] = [];
  const names = new Set(value.match(HUMPED));
  for (const name of names) pairs.push(...(name.match(HUMP) ?? []));
  if (!BEYOND.test(value)) return { text: value, pairs: pairs.join(' ') };
  const text = value.replace(RUNS, (run) => {
    pairs.push(...bigrams(run));
    // Something that is no letter, or the words on both sides would become one.
    return ' ';
  });
  return { text, pairs: pairs.join(' ') };
}

/**
 * Two characters each, and the last one alone: with the last one a character by itself is found as the beginning of
 * something, wherever it stands.
 */
export function bigrams(run: string): readonly string[] {
  const characters = Array.from(run);
  return characters.map((character, index) => character + (characters[index + 1] ?? ''));
}

/** The runs of a search and what stands between them, in order. */
export function splitRuns(value: string): readonly { readonly text: string; readonly run: boolean }[] {
  const pieces: { text: string; run: boolean }[] = [];
  let end = 0;
  for (const match of value.matchAll(RUNS)) {
    if (match.index > end) pieces.push({ text: value.slice(end, match.index), run: false });
    pieces.push({ text: match[0], run: true });
    end = match.index + match[0].length;
  }
  if (end < value.length) pieces.push({ text: value.slice(end), run: false });
  return pieces;
}
