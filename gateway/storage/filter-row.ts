/** Judges rows in memory by a filter, as SQLite does by the conditions of filter-sql.ts. Pure. */
import type { Condition } from '../../contract/log/filter.ts';
import { piecesOf } from '../../contract/rpc/name-pattern.ts';
import type { RequestRow } from '../../contract/log/row.ts';
import { FLAG_PLACES, RANGE_PLACES, stored, TEXT_PLACES, type TextPlace } from './filter-fields.ts';

/** Whether every condition holds; words are another matter. */
export function meets(row: RequestRow, where: readonly Condition[]): boolean {
  return where.every((condition) => holds(row, condition) !== (condition.not === true));
}

function holds(row: RequestRow, condition: Condition): boolean {
  switch (condition.kind) {
    case 'text': {
      const place = TEXT_PLACES[condition.field];
      return place.of(row).some((value) => value !== null && isAny(value, condition.values, place.case));
    }
    case 'range': {
      const place = RANGE_PLACES[condition.field];
      const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = condition;
      const value = place.of(row);
      return value !== null && value >= stored(least, place) && value <= stored(most, place);
    }
    case 'flag':
      return FLAG_PLACES[condition.field].of(row);
  }
}

/** Whether one of the wanted is the value, or a pattern it fits, without regard to case. */
export const fitsAny = (value: string, wanted: readonly string[]): boolean => isAny(value, wanted, 'any');

function isAny(value: string, wanted: readonly string[], letters: TextPlace['case']): boolean {
  return wanted.some((one) => {
    const [name = '', ...more] = piecesOf(one);
    if (more.length > 0) return fits(folded(value), piecesOf(folded(one)));
    return letters === 'exact' ? name === value : folded(name) === folded(value);
  });
}

/** As SQLite folds: the letters A to Z alone. */
export const folded = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Whether the pieces stand in the text one after the other, the first at its beginning, the last at its end. */
function fits(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
