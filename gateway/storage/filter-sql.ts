/** The conditions of a filter as SQL. Whatever a person wrote is a parameter, never part of the text. */
import type { Condition } from '../../contract/log/filter.ts';
import { piecesOf } from '../../contract/rpc/name-pattern.ts';
import { FLAG_PLACES, RANGE_PLACES, stored, TEXT_PLACES, type TextPlace } from './filter-fields.ts';

/** A condition on rows of `requests`. */
export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** All of them; the text is `TRUE` where there is none. */
export function allOf(parts: readonly Sql[]): Sql {
  if (parts.length === 0) return { text: 'TRUE', values: [] };
  return {
    text: parts.map(({ text }) => text).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  };
}

export function conditionSql(condition: Condition): Sql {
  const { text, values } = plain(condition);
  // A column without a value makes the condition neither true nor false; turned round it holds.
  return condition.not === true ? { text: `(${text}) IS NOT TRUE`, values } : { text, values };
}

function plain(condition: Condition): Sql {
  switch (condition.kind) {
    case 'text':
      return textSql(TEXT_PLACES[condition.field], condition.values);
    case 'range':
      return rangeSql(condition);
    case 'flag':
      return { text: FLAG_PLACES[condition.field].sql, values: [] };
  }
}

/** One of the values in one of the place's columns. */
export function textSql(place: TextPlace, values: readonly string[]): Sql {
  const cut = values.map(piecesOf);
  const whole = cut
    .flatMap(([name = '', ...more]) => (more.length === 0 ? [name] : []))
    .map((name) => (place.case === 'small' ? name.toLowerCase() : name));
  const patterns = cut.filter(({ length }) => length > 1).map(likePattern);
  const collate = place.case === 'any' ? ' COLLATE NOCASE' : '';
  const tests = place.columns.flatMap((column): readonly Sql[] => [
    ...(whole.length === 0
      ? []
      : [{ text: `${column}${collate} IN (${whole.map(() => '?').join(', ')})`, values: whole }]),
    ...patterns.map((pattern) => ({ text: `${column} LIKE ? ESCAPE '\\'`, values: [pattern] })),
  ]);
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return only;
  return {
    text: `(${tests.map(({ text }) => text).join(' OR ')})`,
    values: tests.flatMap((test) => test.values),
  };
}

/** Between the pieces stands anything; what LIKE would take for a wildcard stands for itself. */
const likePattern = (pieces: readonly string[]): string =>
  pieces.map((piece) => piece.replace(/[\\%_]/g, '\\$&')).join('%');

function rangeSql({ field, least, most }: Extract<Condition, { kind: 'range' }>): Sql {
  const place = RANGE_PLACES[field];
  return allOf([
    ...(least === undefined ? [] : [{ text: `${place.sql} >= ?`, values: [stored(least, place)] }]),
    ...(most === undefined ? [] : [{ text: `${place.sql} <= ?`, values: [stored(most, place)] }]),
  ]);
}
