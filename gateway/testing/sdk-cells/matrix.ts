/** Runs cells and prints what each came to. */
import type { Cell } from './cell.ts';
import { failureCells } from './failure-cells.ts';
import { textCells } from './text-cells.ts';
import { thinkingCells } from './thinking-cells.ts';
import { toolCells } from './tool-cells.ts';

export const CELLS: readonly Cell[] = [...textCells, ...toolCells, ...thinkingCells, ...failureCells];

export interface Outcome {
  readonly row: string;
  readonly column: string;
  /** Null: passed; else why something else holds. Undefined: failed. */
  readonly note: string | null | undefined;
}

/** A table of all rows and columns, whatever was run; notes are numbered below it. */
export function printed(
  title: string,
  outcomes: readonly Outcome[],
  rows: readonly string[],
  columns: readonly string[],
): string {
  const notes: string[] = [];
  const mark = ({ note }: Outcome): string => {
    if (note === null) return 'pass';
    if (note === undefined) return 'FAIL';
    if (!notes.includes(note)) notes.push(note);
    return `pass (${notes.indexOf(note) + 1})`;
  };
  const widest = Math.max(...rows.map(({ length }) => length));
  const lines = rows.map((row) => {
    const cells = columns.map((column) => {
      const found = outcomes.find((outcome) => outcome.row === row && outcome.column === column);
      return (found === undefined ? 'not run' : mark(found)).padEnd(18);
    });
    return `${row.padEnd(widest)}  ${cells.join(' ')}`;
  });
  const head = `${''.padEnd(widest)}  ${columns.map((column) => column.padEnd(18)).join(' ')}`;
  const below = notes.map((note, index) => `(${index + 1}) ${note}`);
  return ['', title, head, ...lines, ...below, ''].join('\n');
}
