/**
 * Where in a text a pattern is found, from its first character to its last: leftmost first, then longest, none
 * overlapping. All ways at once, each with the place it began at, so that no pattern can take for ever. Slower than
 * `matcher.ts`, which only says whether; for texts of which that is known. Pure.
 */
import { parsePattern, type Assertion } from './parse.ts';
import { compile } from './program.ts';
import { WORDS, type Range } from './ranges.ts';

/** From the first character to behind the last; never empty. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SpanFinder {
  /** Yields now and then where it may be interrupted. */
  find(text: string): Generator<undefined, readonly Span[]>;
}

/** Characters between two yields. */
const PIECE = 256;

/** @throws PatternError */
export function createSpanFinder(pattern: string): SpanFinder {
  const { node, multiline } = parsePattern(pattern);
  const { steps, start: entry } = compile(node);

  const holds = (what: Assertion, text: string, at: number): boolean => {
    const before = text.charCodeAt(at - 1);
    const after = text.charCodeAt(at);
    switch (what) {
      case 'start':
        return at === 0 || (multiline && before === NEW_LINE);
      case 'end':
        return at === text.length || (multiline && after === NEW_LINE);
      case 'word-edge':
        return isWord(before) !== isWord(after);
      case 'no-word-edge':
        return isWord(before) === isWord(after);
    }
  };

  /** Follows all that reads nothing. Each step keeps the earliest place a way to it began at. */
  function settle(ways: ReadonlyMap<number, number>, text: string, at: number): Map<number, number> {
    const settled = new Map<number, number>();
    const waiting = [...ways];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [step, began] = next;
      if ((settled.get(step) ?? Infinity) <= began) continue;
      settled.set(step, began);
      const what = steps[step];
      if (what?.op === 'split') for (const way of what.ways) waiting.push([way, began]);
      else if (what?.op === 'assertion' && holds(what.what, text, at)) waiting.push([what.next, began]);
    }
    return settled;
  }

  return {
    *find(text) {
      const spans: Span[] = [];
      let ways = new Map<number, number>();
      let best: Span | undefined;
      for (let at = 0; at <= text.length; at += 1) {
        if (at % PIECE === PIECE - 1) yield undefined;
        if (best === undefined) ways.set(entry, Math.min(at, ways.get(entry) ?? at));
        const unit = text.charCodeAt(at);
        const moved = new Map<number, number>();
        for (const [step, began] of settle(ways, text, at)) {
          const what = steps[step];
          if (what?.op === 'match') {
            if (at > began && (best === undefined || began <= best.start)) best = { start: began, end: at };
          } else if (what?.op === 'set' && within(what.ranges, unit)) {
            moved.set(what.next, Math.min(began, moved.get(what.next) ?? began));
          }
        }
        ways = moved;
        if (best === undefined) continue;
        // What began later cannot become the leftmost any more.
        for (const [step, began] of ways) if (began > best.start) ways.delete(step);
        if (ways.size > 0 && at < text.length) continue;
        spans.push(best);
        at = best.end - 1;
        best = undefined;
        ways = new Map();
      }
      return spans;
    },
  };
}

const NEW_LINE = 0x0a;
const within = (ranges: readonly Range[], unit: number): boolean =>
  ranges.some(([first, last]) => unit >= first && unit <= last);
const isWord = (unit: number): boolean => within(WORDS, unit);
