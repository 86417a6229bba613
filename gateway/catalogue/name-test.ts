/** Judges names by the conditions of the price catalogue. Pure. */
import { createMatcher, type Matcher } from '../core/linear-pattern/matcher.ts';
import { PatternError } from '../core/linear-pattern/parse.ts';
import type { BookMatch } from './price-data.ts';

export interface NameTest {
  /** @param name in lower case */
  readonly matches: (condition: BookMatch, name: string) => boolean;
  readonly expression: (source: string, text: string) => boolean;
}

/** Longer names are no models. */
const LONGEST = 300;

/**
 * @param trusted expressions that ship with the app. Others came over the network: they are followed in one step for
 *   each character, and one that cannot be matches nothing.
 */
export function createNameTest(trusted: ReadonlySet<string>): NameTest {
  const known = new Map<string, RegExp | Matcher | null>();

  function compiled(source: string): RegExp | Matcher | null {
    const found = known.get(source);
    if (found !== undefined) return found;
    const made = trusted.has(source) ? new RegExp(source) : linear(source);
    known.set(source, made);
    return made;
  }

  function expression(source: string, text: string): boolean {
    const test = compiled(source);
    if (test === null) return false;
    if (test instanceof RegExp) return test.test(text);
    const search = test.begin();
    return search.feed(text, 0, text.length) || search.end();
  }

  function matches(condition: BookMatch, name: string): boolean {
    if ('or' in condition) return condition.or.some((one) => matches(one, name));
    if ('and' in condition) return condition.and.every((one) => matches(one, name));
    if ('equals' in condition) return name === condition.equals.toLowerCase();
    if ('starts_with' in condition) return name.startsWith(condition.starts_with.toLowerCase());
    if ('ends_with' in condition) return name.endsWith(condition.ends_with.toLowerCase());
    if ('contains' in condition) return name.includes(condition.contains.toLowerCase());
    return name.length <= LONGEST && expression(condition.regex, name);
  }

  return { matches, expression };
}

function linear(source: string): Matcher | null {
  try {
    return createMatcher(source);
  } catch (error) {
    if (error instanceof PatternError) return null;
    throw error;
  }
}
