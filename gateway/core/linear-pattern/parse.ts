/**
 * Reads regular expressions of which every match can be found in one pass over the text: the syntax of JavaScript
 * without back references and look-around, which nobody can bound the time of. Pure.
 */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { fault } from '../../../contract/rpc/fault-words.ts';
import type { Fault } from '../../../contract/rpc/faults.ts';
import { escapeRanges, LINE_ENDS, negated, readUnit, withCases } from './ranges.ts';
import type { Range } from './ranges.ts';

export type Assertion = 'start' | 'end' | 'word-edge' | 'no-word-edge';

export type PatternNode =
  | { readonly kind: 'set'; readonly ranges: readonly Range[] }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly least: number; readonly most: number }
  | { readonly kind: 'assertion'; readonly what: Assertion };

export interface ParsedPattern {
  readonly node: PatternNode;
  /** `^` and `$` hold at every line. */
  readonly multiline: boolean;
}

/** Its message is a clause that says what to do. */
export class PatternError extends Error {
  readonly told: Told;

  constructor(code: Fault, values: Told['values'] = {}) {
    const told = fault(code, values);
    super(told.text);
    this.told = told;
  }
}

/** Characters; the depth of brackets is bounded by it too. */
const LONGEST = 1_000;
/** A number in braces. */
const MOST_REPEATS = 500;

/** @param text a bare pattern, one that begins with `(?i)`, or the form `/pattern/flags` @throws PatternError */
export function parsePattern(text: string): ParsedPattern {
  if (text === '') throw new PatternError('pattern-empty');
  if (text.length > LONGEST) throw new PatternError('pattern-long', { limit: LONGEST });
  const { source, flags } = unwrap(text);
  if (source === '') throw new PatternError('pattern-empty');
  const reader = new Reader(source, flags.includes('i'), flags.includes('s'));
  return { node: reader.whole(), multiline: flags.includes('m') };
}

function unwrap(text: string): { readonly source: string; readonly flags: string } {
  const slashed = /^\/(.*)\/([a-z]*)$/s.exec(text);
  const [source = '', flags = ''] = slashed === null ? [text] : slashed.slice(1);
  const inline = /^\(\?([a-z]+)\)/.exec(source);
  const all = flags + (inline?.[1] ?? '');
  const unknown = /[^gimsu]/.exec(all)?.[0];
  if (unknown !== undefined) throw new PatternError('pattern-flag', { flag: unknown });
  return { source: source.slice(inline?.[0].length ?? 0), flags: all };
}

class Reader {
  readonly #source: string;
  readonly #anyCase: boolean;
  readonly #dotAll: boolean;
  #at = 0;

  constructor(source: string, anyCase: boolean, dotAll: boolean) {
    this.#source = source;
    this.#anyCase = anyCase;
    this.#dotAll = dotAll;
  }

  whole(): PatternNode {
    const node = this.#choice();
    if (this.#at < this.#source.length) throw new PatternError('pattern-closing');
    return node;
  }

  #choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at] ?? '')) {
      items.push(this.#repeated(this.#atom()));
    }
    return { kind: 'sequence', items };
  }

  #repeated(item: PatternNode): PatternNode {
    const [least, most] = this.#quantifier() ?? [1, 1];
    if (least === 1 && most === 1) return item;
    if (item.kind === 'assertion') throw new PatternError('pattern-assertion');
    // Lazy or greedy: the text holds a match or it does not.
    this.#take('?');
    if (this.#quantifier() !== undefined) throw new PatternError('pattern-quantifiers');
    return { kind: 'repeat', item, least, most };
  }

  #quantifier(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const braces = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(this.#source.slice(this.#at, this.#at + 24));
    if (braces === null) return undefined;
    this.#at += braces[0].length;
    const least = Number(braces[1]);
    const most = braces[2] === undefined ? least : braces[3] === '' ? Infinity : Number(braces[3]);
    if (most < least) throw new PatternError('pattern-braces-order');
    if (Math.max(least, Number.isFinite(most) ? most : 0) > MOST_REPEATS) {
      throw new PatternError('pattern-braces-most', { most: MOST_REPEATS });
    }
    return [least, most];
  }

  #atom(): PatternNode {
    const letter = this.#source[this.#at] ?? '';
    this.#at += 1;
    switch (letter) {
      case '(':
        return this.#group();
      case '[':
        return { kind: 'set', ranges: this.#set() };
      case '.':
        return { kind: 'set', ranges: this.#dotAll ? [[0, 0xffff]] : negated(LINE_ENDS) };
      case '^':
        return { kind: 'assertion', what: 'start' };
      case '$':
        return { kind: 'assertion', what: 'end' };
      case '*':
      case '+':
      case '?':
        throw new PatternError('pattern-nothing', { letter });
      case '\\':
        return this.#escape();
      default:
        return this.#unit(letter.charCodeAt(0));
    }
  }

  #group(): PatternNode {
    const kind = /^\?(?::|<[A-Za-z_]\w*>)/.exec(this.#source.slice(this.#at));
    if (kind === null && this.#source[this.#at] === '?') {
      throw new PatternError('pattern-look');
    }
    this.#at += kind?.[0].length ?? 0;
    const inside = this.#choice();
    if (!this.#take(')')) throw new PatternError('pattern-open');
    return inside;
  }

  #escape(): PatternNode {
    const letter = this.#source[this.#at] ?? '';
    if (letter === '') throw new PatternError('pattern-backslash');
    if (/[1-9k]/.test(letter)) throw new PatternError('pattern-back');
    if (letter === 'b' || letter === 'B') {
      this.#at += 1;
      return { kind: 'assertion', what: letter === 'b' ? 'word-edge' : 'no-word-edge' };
    }
    const ranges = escapeRanges(letter);
    if (ranges !== undefined) {
      this.#at += 1;
      return { kind: 'set', ranges };
    }
    return this.#units(this.#escaped());
  }

  /** The character behind a backslash, as one code unit or two. */
  #escaped(): string {
    const read = readUnit(this.#source, this.#at);
    if (read === undefined) {
      throw new PatternError('pattern-escape', { letter: this.#source[this.#at] ?? '' });
    }
    this.#at = read.end;
    return read.text;
  }

  #set(): readonly Range[] {
    const inverse = this.#take('^');
    const ranges: Range[] = [];
    while (!this.#take(']')) {
      if (this.#at >= this.#source.length) throw new PatternError('pattern-square');
      const first = this.#member();
      const isRange = this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']';
      if (!isRange || this.#at + 1 >= this.#source.length) {
        ranges.push(...first);
        continue;
      }
      this.#at += 1;
      const last = this.#member();
      const [[from, fromEnd] = [0, 1]] = first;
      const [[to, toEnd] = [0, 1]] = last;
      if (from !== fromEnd || to !== toEnd || first.length + last.length !== 2) {
        throw new PatternError('pattern-range');
      }
      if (to < from) throw new PatternError('pattern-range-order');
      ranges.push([from, to]);
    }
    const cased = this.#anyCase ? withCases(ranges) : ranges;
    return inverse ? negated(cased) : cased;
  }

  #member(): readonly Range[] {
    const letter = this.#source[this.#at] ?? '';
    this.#at += 1;
    if (letter !== '\\') return [[letter.charCodeAt(0), letter.charCodeAt(0)]];
    const escape = this.#source[this.#at] ?? '';
    const ranges = escapeRanges(escape);
    if (ranges !== undefined || escape === 'b') {
      this.#at += 1;
      return ranges ?? [[8, 8]];
    }
    const text = this.#escaped();
    return Array.from({ length: text.length }, (_, at): Range => [text.charCodeAt(at), text.charCodeAt(at)]);
  }

  #units(text: string): PatternNode {
    const items = Array.from({ length: text.length }, (_, at) => this.#unit(text.charCodeAt(at)));
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'sequence', items };
  }

  #unit(unit: number): PatternNode {
    const ranges: readonly Range[] = [[unit, unit]];
    return { kind: 'set', ranges: this.#anyCase ? withCases(ranges) : ranges };
  }

  #take(letter: string): boolean {
    if (this.#source[this.#at] !== letter) return false;
    this.#at += 1;
    return true;
  }
}
