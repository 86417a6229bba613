/** Which of the user's patterns a text holds. Pure; a long search is done in pieces, so that others get their turn. */
import { createMatcher, type Matcher } from '../core/linear-pattern/matcher.ts';

export interface SensitivePatterns {
  readonly count: number;
  /**
   * Searches one text after the other. Yields now and then where it may be interrupted.
   * @returns position of the first pattern that is found, -1 for none
   */
  search(texts: readonly string[]): Generator<undefined, number>;
}

/** Characters between two yields. */
const PIECE = 1_024;

/** @throws PatternError */
export function createSensitivePatterns(patterns: readonly string[]): SensitivePatterns {
  const matchers = patterns.map(createMatcher);
  return {
    count: patterns.length,
    *search(texts) {
      for (const text of texts) {
        for (const [index, matcher] of matchers.entries()) {
          if (yield* holds(matcher, text)) return index;
        }
      }
      return -1;
    },
  };
}

function* holds(matcher: Matcher, text: string): Generator<undefined, boolean> {
  const search = matcher.begin();
  for (let at = 0; at < text.length; at += PIECE) {
    if (search.feed(text, at, Math.min(text.length, at + PIECE))) return true;
    yield undefined;
  }
  return search.end();
}
