/** Sets of characters as ranges of UTF-16 code units, and the escapes that name them. Pure. */

/** First and last code unit, both included. */
export type Range = readonly [number, number];

/** Code units end here. */
const LAST = 0xffff;
/** Ranges beyond this hold a whole script and so both cases already. */
const FOLDED_AT_MOST = 2_000;

export const DIGITS: readonly Range[] = [[0x30, 0x39]];
export const WORDS: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** Source: ECMAScript, WhiteSpace and LineTerminator. */
export const SPACES: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
export const LINE_ENDS: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** Everything else. */
export function negated(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.toSorted(([left], [right]) => left - right);
  const others: Range[] = [];
  let next = 0;
  for (const [first, last] of sorted) {
    if (first > next) others.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST) others.push([next, LAST]);
  return others;
}

/** With the other case of every letter, where that is one code unit too. */
export function withCases(ranges: readonly Range[]): readonly Range[] {
  const added: Range[] = [];
  for (const [first, last] of ranges) {
    if (last - first > FOLDED_AT_MOST) continue;
    for (let unit = first; unit <= last; unit += 1) {
      const letter = String.fromCharCode(unit);
      for (const other of [letter.toLowerCase(), letter.toUpperCase()]) {
        const code = other.charCodeAt(0);
        if (other.length === 1 && code !== unit) added.push([code, code]);
      }
    }
  }
  return [...ranges, ...added];
}

/** What `\d` and its like stand for; undefined for any other letter. */
export function escapeRanges(letter: string): readonly Range[] | undefined {
  switch (letter) {
    case 'd':
      return DIGITS;
    case 'D':
      return negated(DIGITS);
    case 'w':
      return WORDS;
    case 'W':
      return negated(WORDS);
    case 's':
      return SPACES;
    case 'S':
      return negated(SPACES);
    default:
      return undefined;
  }
}

const CONTROLS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/**
 * A single character behind a backslash.
 * @returns the character and the offset behind it; undefined for an escape that means something else, or nothing
 */
export function readUnit(
  source: string,
  at: number,
): { readonly text: string; readonly end: number } | undefined {
  const letter = source[at] ?? '';
  const control = CONTROLS[letter];
  if (control !== undefined) return { text: control, end: at + 1 };
  const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})/i.exec(source.slice(at, at + 10));
  if (hex !== null) {
    const point = parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16);
    return point > 0x10_ffff ? undefined : { text: String.fromCodePoint(point), end: at + hex[0].length };
  }
  return letter === '' || /[A-Za-z0-9]/.test(letter) ? undefined : { text: letter, end: at + 1 };
}
