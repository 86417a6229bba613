/** How wide columns of the list are: by themselves, as the user set them, and as CSS takes it. Pure. */
import type { Column } from './columns.ts';

/** px, of the columns that the user made wider or narrower. */
export type ColumnWidths = Readonly<Partial<Record<Column, number>>>;

/** px; the client takes some of what is left, the model the rest. */
const USUAL_WIDTHS: Readonly<Record<Column, number>> = {
  status: 60,
  time: 92,
  client: 92,
  dialect: 108,
  model: 150,
  provider: 80,
  stream: 44,
  attempts: 52,
  first: 50,
  total: 54,
  tokens: 88,
  cache: 52,
  cost: 64,
  chart: 68,
};
/** Room of the longest name of a program, “OpenAI SDK (Python)”, px. */
const WHOLE_CLIENT = 140;
/** Narrower, a column says nothing any more, px. */
const LEAST: Readonly<Record<Column, number>> = {
  status: 44,
  time: 56,
  client: 48,
  dialect: 48,
  model: 110,
  provider: 48,
  stream: 32,
  attempts: 32,
  first: 40,
  total: 44,
  tokens: 60,
  cache: 40,
  cost: 48,
  chart: 68,
};
/** px. */
const MOST = 800;
/** Between two columns, and what stands beside all of them, px. */
const GAP = 8;
const SIDES = 28;

/** The chart is drawn to one scale in every row. */
export const canBeSet = (column: Column): boolean => column !== 'chart';

/** Least room that a column asks for, px. */
const widthOf = (column: Column, widths: ColumnWidths): number => widths[column] ?? USUAL_WIDTHS[column];

/** Room that columns ask for, px. A model that was made wide gives way before others do. */
export function roomFor(columns: readonly Column[], widths: ColumnWidths): number {
  return columns.reduce((sum, column) => {
    const width = widthOf(column, widths);
    return sum + GAP + (column === 'model' ? Math.min(width, USUAL_WIDTHS.model) : width);
  }, SIDES - GAP);
}

/** The same with the model as narrow as it can be, px. */
export function leastRoom(columns: readonly Column[], widths: ColumnWidths): number {
  return roomFor(columns, { ...widths, model: LEAST.model });
}

/** Names of programs are told in full where the model has its room all the same. @param width of the list, px */
function drawnWidth(column: Column, columns: readonly Column[], widths: ColumnWidths, width: number): number {
  const least = widthOf(column, widths);
  if (column !== 'client' || widths.client !== undefined) return least;
  const left = Math.floor((width - roomFor(columns, widths)) / 2);
  return Math.max(least, Math.min(least + left, WHOLE_CLIENT));
}

/** The columns as CSS takes them. @param width of the list, px */
export function templateOf(columns: readonly Column[], widths: ColumnWidths, width: number): string {
  return columns
    .map((column) => {
      if (column !== 'model') return `${drawnWidth(column, columns, widths, width)}px`;
      return `minmax(${LEAST.model}px, ${widths.model === undefined ? '1fr' : `${widths.model}px`})`;
    })
    .join(' ');
}

export interface WidthRange {
  /** px; the model's as it turns out where the user has set none. */
  readonly now: number;
  readonly least: number;
  readonly most: number;
}

/** What a column can be set to without another one having to go. @param width of the list, px */
export function rangeOf(
  column: Column,
  columns: readonly Column[],
  widths: ColumnWidths,
  width: number,
): WidthRange {
  const least = LEAST[column];
  const others = roomFor(columns, widths) - roomFor([column], widths) + SIDES;
  const left = Math.floor(width - others);
  const taken = columns.includes('client')
    ? drawnWidth('client', columns, widths, width) - widthOf('client', widths)
    : 0;
  const now =
    column === 'model' ? (widths.model ?? left - taken) : drawnWidth(column, columns, widths, width);
  return { now: Math.max(least, Math.min(now, MOST)), least, most: Math.max(least, Math.min(left, MOST)) };
}

/** @returns the widths with this one, in the range that is possible */
export function withWidth(
  widths: ColumnWidths,
  column: Column,
  width: number,
  { least, most }: WidthRange,
): ColumnWidths {
  return { ...widths, [column]: Math.round(Math.max(least, Math.min(width, most))) };
}

/** As it is kept: `client:120,model:300`. */
export function printWidths(widths: ColumnWidths): string {
  return Object.entries(widths)
    .map(([column, width]) => `${column}:${width}`)
    .join(',');
}

/** What is not known any more, or out of reason, is left out. @param text as it was kept */
export function readWidths(text: string, known: readonly Column[]): ColumnWidths {
  return Object.fromEntries(
    text.split(',').flatMap((entry) => {
      const [name, digits = ''] = entry.split(':');
      const column = known.find((one) => one === name);
      const width = Number(digits);
      if (column === undefined || !canBeSet(column)) return [];
      return width >= LEAST[column] && width <= MOST ? [[column, width]] : [];
    }),
  );
}
