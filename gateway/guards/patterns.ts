/** Which of the user's patterns a text holds, and where. Pure; a long search is done in pieces, so that others get their turn. */
import type { SensitivePattern } from '../../contract/config/protection.ts';
import { createMatcher, type Matcher } from '../core/linear-pattern/matcher.ts';
import { createSpanFinder, type SpanFinder } from '../core/linear-pattern/spans.ts';

export type GuardAction = 'reject' | 'warn' | 'mask';

export interface FoundPattern {
  /** Its place in the configuration, from 1. */
  readonly number: number;
  readonly name: string | null;
  readonly action: GuardAction;
}

export interface SensitivePatterns {
  readonly count: number;
  /** Some of them are masked, not refused. */
  readonly mask: boolean;
  /**
   * Searches one text after the other. Yields now and then where it may be interrupted.
   * @returns what is found, each once; no more after the first that refuses, unless something may have to be masked
   */
  search(texts: Iterable<string>): Generator<undefined, readonly FoundPattern[]>;
  /** Puts a placeholder in each place that a masking pattern finds. @returns the text itself where none does */
  readonly masked: (text: string) => Generator<undefined, string>;
}

interface Ready extends FoundPattern {
  readonly matcher: Matcher;
  /** Where it is masked. */
  readonly finder: SpanFinder | null;
}

/** Characters between two yields. */
const PIECE = 1_024;

/** @param usual what is done with patterns that do not say @throws PatternError */
export function createSensitivePatterns(
  patterns: readonly SensitivePattern[],
  usual: GuardAction = 'reject',
): SensitivePatterns {
  const ready = patterns.map((given, index): Ready => {
    const { pattern, name, action = usual } = typeof given === 'string' ? { pattern: given } : given;
    return {
      number: index + 1,
      name: name ?? null,
      action,
      matcher: createMatcher(pattern),
      finder: action === 'mask' ? createSpanFinder(pattern) : null,
    };
  });
  const mask = ready.some(({ action }) => action === 'mask');

  return {
    count: patterns.length,
    mask,
    *search(texts) {
      const found = new Set<Ready>();
      for (const text of texts) {
        yield undefined;
        for (const one of ready) {
          if (found.has(one) || !(yield* holds(one.matcher, text))) continue;
          found.add(one);
          if (one.action === 'reject' && !mask) return [...found];
        }
      }
      return [...found];
    },
    *masked(text) {
      let result = text;
      for (const { finder, matcher, name } of ready) {
        if (finder === null || !(yield* holds(matcher, result))) continue;
        let done = 0;
        let masked = '';
        for (const { start, end } of yield* finder.find(result)) {
          masked += `${result.slice(done, start)}${placeholder(name)}`;
          done = end;
        }
        result = masked + result.slice(done);
      }
      return result;
    },
  };
}

export const placeholder = (name: string | null): string => (name === null ? '[masked]' : `[masked ${name}]`);

function* holds(matcher: Matcher, text: string): Generator<undefined, boolean> {
  const search = matcher.begin();
  for (let at = 0; at < text.length; at += PIECE) {
    if (search.feed(text, at, Math.min(text.length, at + PIECE))) return true;
    yield undefined;
  }
  return search.end();
}
