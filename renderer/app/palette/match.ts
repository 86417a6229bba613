/** How well a text answers what was typed, and where. Pure. */
import { findInitials, initialsOf, type Initials } from './initials.ts';

/** A text prepared to be searched many times. */
export interface Searchable {
  readonly text: string;
  readonly lower: string;
  /** Null where nobody would type first letters: names of models, ids. */
  readonly initials: Initials | null;
  /** False for ids, in whose letters any short word could be found in order. */
  readonly scatters: boolean;
}

/** From and to, counted in UTF-16 units. */
export type Range = readonly [from: number, to: number];

export interface Match {
  /** 0 to 100. */
  readonly score: number;
  /** What of the text was typed, in order. */
  readonly ranges: readonly Range[];
}

/**
 * @param byInitials people look for it by first letters too
 * @param scatters and by some of its letters in order
 */
export function searchable(text: string, byInitials: boolean, scatters = true): Searchable {
  return { text, lower: text.toLowerCase(), initials: byInitials ? initialsOf(text) : null, scatters };
}

/**
 * The best of: the whole, its beginning, the beginning of a word, first letters, any part, letters in order.
 * @param typed one word, lower case, not empty
 */
export function matchWord({ lower, initials, scatters }: Searchable, typed: string): Match | null {
  const found = inside(lower, typed);
  const letters = initials === null ? null : byInitials(initials, typed);
  if (found !== null && (letters === null || found.score >= letters.score)) return found;
  return letters ?? (scatters ? scattered(lower, typed) : null);
}

function inside(lower: string, typed: string): Match | null {
  let at = lower.indexOf(typed);
  if (at < 0) return null;
  const rest = Math.min(9, (lower.length - typed.length) / 8);
  if (at === 0) return { score: lower === typed ? 100 : 95 - rest, ranges: [[0, typed.length]] };
  const first = at;
  for (; at >= 0; at = lower.indexOf(typed, at + 1)) {
    if (startsWord(lower, at)) return { score: 84 - rest, ranges: [[at, at + typed.length]] };
  }
  return { score: 60 - rest, ranges: [[first, first + typed.length]] };
}

/** Chinese has no spaces: every character may begin a word. */
function startsWord(lower: string, at: number): boolean {
  const pair = lower.slice(at - 1, at + 1);
  return !/^[\p{L}\p{N}]{2}$/u.test(pair) || /\p{Script=Han}/u.test(pair) || /^\p{L}\p{N}$/u.test(pair);
}

function byInitials(initials: Initials, typed: string): Match | null {
  // One letter begins too many things to say anything in the middle of them.
  const from = findInitials(initials, typed);
  if (from < 0 || (typed.length === 1 && from > 0)) return null;
  const rest = Math.min(9, initials.letters.length - typed.length);
  const places = initials.places.slice(from, from + typed.length);
  return { score: (from === 0 ? 78 : 64) - rest, ranges: joined(places) };
}

/** All letters in their order, not too far apart. */
function scattered(lower: string, typed: string): Match | null {
  if (typed.length < 3) return null;
  const places: number[] = [];
  for (const letter of typed) {
    const at = lower.indexOf(letter, (places.at(-1) ?? -1) + 1);
    if (at < 0) return null;
    places.push(at);
  }
  const [first = 0] = places;
  const span = (places.at(-1) ?? first) - first + 1;
  if (span > typed.length * 3) return null;
  return { score: 40 - Math.min(20, span - typed.length), ranges: joined(places) };
}

/** Places of single characters as ranges, neighbours together. */
function joined(places: readonly number[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last?.[1] === place) ranges[ranges.length - 1] = [last[0], place + 1];
    else ranges.push([place, place + 1]);
  }
  return ranges;
}
