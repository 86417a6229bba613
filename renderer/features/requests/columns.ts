/** Columns of the list: which are shown in how much room, in which order. Pure. */
import { leastRoom, roomFor, type ColumnWidths } from './column-widths.ts';

export const COLUMNS = [
  'status',
  'time',
  'client',
  'dialect',
  'model',
  'provider',
  'stream',
  'attempts',
  'first',
  'total',
  'tokens',
  'cache',
  'cost',
  'chart',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Without them a row says nothing. */
export const ALWAYS: readonly Column[] = ['status', 'time', 'model'];
/** What a list shows until somebody chooses otherwise. */
export const USUAL: readonly Column[] = [
  'status',
  'time',
  'client',
  'model',
  'provider',
  'first',
  'total',
  'tokens',
  'cost',
  'chart',
];

/** What goes first when room runs out. */
const GOES: readonly Column[] = [
  'chart',
  'stream',
  'attempts',
  'dialect',
  'cache',
  'tokens',
  'first',
  'client',
  'cost',
  'provider',
  'total',
];

/** @param chosen by the user @param width of the list, px @param widths that the user gave */
export function columnsIn(
  chosen: readonly Column[],
  width: number,
  widths: ColumnWidths = {},
): readonly Column[] {
  let shown = withAlways(chosen);
  for (const next of GOES) {
    if (roomFor(shown, widths) <= width) break;
    shown = shown.filter((column) => column !== next);
  }
  // Beside a pane on a narrow window the model goes before the time.
  return leastRoom(shown, widths) > width ? shown.filter((column) => column !== 'time') : shown;
}

/** In the order in which they were chosen; what is always there and was not chosen goes first. */
const withAlways = (chosen: readonly Column[]): readonly Column[] => [
  ...ALWAYS.filter((column) => !chosen.includes(column)),
  ...chosen,
];

/** A column one place earlier or later, at the ends where it is. */
export function moved(columns: readonly Column[], column: Column, by: 1 | -1): readonly Column[] {
  const from = columns.indexOf(column);
  const to = from + by;
  const other = columns[to];
  if (from < 0 || other === undefined) return columns;
  return columns.map((one, place) => (place === from ? other : place === to ? column : one));
}

/** A column comes in where it stands among the others by nature, or goes. */
export function toggled(columns: readonly Column[], column: Column): readonly Column[] {
  if (columns.includes(column)) return columns.filter((one) => one !== column);
  const next = columns.findIndex((one) => COLUMNS.indexOf(one) > COLUMNS.indexOf(column));
  return next < 0 ? [...columns, column] : columns.toSpliced(next, 0, column);
}

/** @param text as it was kept, in order; what is not known any more is left out */
export function readColumns(text: string): readonly Column[] {
  const known = text.split(',').flatMap((name) => COLUMNS.find((column) => column === name) ?? []);
  return withAlways([...new Set(known)]);
}
