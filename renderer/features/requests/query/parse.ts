/** Reads the text of a filter. What cannot be understood narrows nothing, and says why. Pure. */
import type { Condition, RequestFilter } from '../../../../contract/log/filter.ts';
import { fieldOf, flagOf, OUTCOMES, type Field } from './fields.ts';
import { numberEnds } from './numbers.ts';
import { timeEnds } from './times.ts';
import { valuesOf, wordsOf } from './words.ts';

/** Characters of free words, conditions and values that the log takes. */
const MOST_CHARACTERS = 500;
const MOST_CONDITIONS = 40;
const LONGEST_VALUE = 200;

/**
 * - `field`: there is no such filter
 * - `empty`: nothing stands behind the colon
 * - `flag`: not something a request is
 * - `number`, `time`: not a number, not a time
 * - `order`: the range ends before it begins
 * - `long`: longer or more than the log takes
 */
export type ProblemCode = 'field' | 'empty' | 'flag' | 'number' | 'time' | 'order' | 'long';

/** A part of the filter, as it is shown and taken away. */
export interface Term {
  readonly text: string;
  readonly not: boolean;
  /** As it was written, in small letters; null for words to search for. */
  readonly name: string | null;
  /** What stands behind the colon; of free words all but the minus. */
  readonly value: string;
  readonly condition: Condition | null;
  readonly problem: ProblemCode | null;
}

export interface Query {
  readonly terms: readonly Term[];
  readonly filter: RequestFilter;
}

type Judged = Pick<Term, 'condition' | 'problem'>;

/** @param now Unix ms: `time:1h` counts from it */
export function parseQuery(text: string, now: number): Query {
  let words = 0;
  let conditions = 0;
  const terms = wordsOf(text).map((word): Term => {
    const term = termOf(word.text, now);
    if (term.name === null) words += term.text.length + 1;
    else if (term.condition !== null) conditions += 1;
    const full = term.name === null ? words > MOST_CHARACTERS : conditions > MOST_CONDITIONS;
    return full ? { ...term, condition: null, problem: 'long' } : term;
  });
  const free = terms.filter(({ name, problem }) => name === null && problem === null);
  const where = terms.flatMap(({ condition }) => condition ?? []);
  return {
    terms,
    filter: {
      ...(free.length === 0 ? {} : { words: free.map((term) => term.text).join(' ') }),
      ...(where.length === 0 ? {} : { where }),
    },
  };
}

function termOf(text: string, now: number): Term {
  const [, minus = '', name, value = ''] = /^(-?)([a-z]+):(?!\/\/)(.*)$/is.exec(text) ?? [];
  if (name === undefined) {
    const not = text.startsWith('-') && text.length > 1;
    return { text, not, name: null, value: not ? text.slice(1) : text, condition: null, problem: null };
  }
  const not = minus !== '';
  const field = fieldOf(name);
  const judged: Judged =
    field === undefined ? { condition: null, problem: 'field' } : judge(field, value, not, now);
  return { text, not, name: name.toLowerCase(), value, ...judged };
}

function judge(field: Field, text: string, not: boolean, now: number): Judged {
  const values = valuesOf(text);
  const [first = ''] = values;
  const turned = not ? { not: true } : {};
  if (first === '') return { condition: null, problem: 'empty' };
  if (field.kind === 'text') {
    return values.length > 100 || values.some((value) => value.length > LONGEST_VALUE)
      ? { condition: null, problem: 'long' }
      : { condition: { kind: 'text', field: field.field, values: [...values], ...turned }, problem: null };
  }
  if (field.kind === 'is') {
    const flag = flagOf(first);
    if (flag !== undefined) return { condition: { kind: 'flag', field: flag, ...turned }, problem: null };
    const outcome = OUTCOMES.find((one) => one === first.toLowerCase());
    return outcome === undefined
      ? { condition: null, problem: 'flag' }
      : { condition: { kind: 'text', field: 'outcome', values: [outcome], ...turned }, problem: null };
  }
  const time = field.field === 'time';
  const ends = time ? timeEnds(first, now) : numberEnds(field.field, first);
  if (ends === undefined) return { condition: null, problem: time ? 'time' : 'number' };
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = ends;
  if (least > most) return { condition: null, problem: 'order' };
  return { condition: { kind: 'range', field: field.field, ...ends, ...turned }, problem: null };
}
