import { expect, it } from 'vitest';
import { PIECE_LINES, piecesOf, tokensOf } from './highlight-task.ts';

const lines = (count: number): string => 'x\n'.repeat(count);

it.each([
  ['', 1],
  ['a', 1],
  ['a\n', 1],
  [lines(PIECE_LINES), 1],
  [`${lines(PIECE_LINES)}y`, 2],
  [lines(3 * PIECE_LINES), 3],
  [`${lines(3 * PIECE_LINES)}\n`, 4],
])('code of pieces is whole again', (code, count) => {
  const pieces = piecesOf(code);
  expect(pieces.join('')).toBe(code);
  expect(pieces).toHaveLength(count);
});

it('keeps the pieces of a beginning', () => {
  const short = piecesOf(lines(PIECE_LINES + 3));
  const long = piecesOf(lines(4 * PIECE_LINES));
  expect(long[0]).toBe(short[0]);
});

it('shows a run of lines with few tokens', () => {
  const key = { text: 'let', kind: 'code-keyword' };
  const tokens = tokensOf([[key, { text: ' a', kind: '' }, { text: ';', kind: '' }], [], [key]]);
  expect(tokens).toEqual([key, { text: ' a;\n\n', kind: '' }, { text: 'let\n', kind: 'code-keyword' }]);
});
