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

/** Where a capital begins a word within a name: `someName`, `HTTPServer`. */
const INNER_CAPITAL = /[a-z\d][A-Z]|[A-Z]{2}[a-z]/g;
const NAME = /[A-Za-z\d]*/y;
const HUMP = /[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+/g;

export interface SearchWords {
  /** For `unicode61`. */
  readonly text: string;
  /** Bigrams of the runs, and the words that names are made of; apart by spaces. */
  readonly pairs: string;
}

export function searchWords(value: string): SearchWords {
  const pairs: string[] = [];
  for (const name of humpedNames(value)) pairs.push(...(name.match(HUMP) ?? []));
  if (!BEYOND.test(value)) return { text: value, pairs: pairs.join(' ') };
  const text = value.replace(RUNS, (run) => {
    pairs.push(...bigrams(run));
    // Something that is no letter, or the words on both sides would become one.
    return ' ';
  });
  return { text, pairs: pairs.join(' ') };
}

/** Each once. Looks for the capitals first: a pattern for whole names would try every letter of every word. */
function humpedNames(value: string): ReadonlySet<string> {
  const names = new Set<string>();
  let end = 0;
  for (const { index } of value.matchAll(INNER_CAPITAL)) {
    if (index < end) continue;
    let start = index;
    while (start > end && isNameCharacter(value.charCodeAt(start - 1))) start -= 1;
    NAME.lastIndex = start;
    const name = NAME.exec(value)?.[0] ?? '';
    names.add(name);
    end = start + name.length;
  }
  return names;
}

const isNameCharacter = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);

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
