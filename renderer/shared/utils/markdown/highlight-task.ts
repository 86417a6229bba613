/** What passes between a page and the worker that colours code. */
import type { CodeLine, CodeToken } from './highlight.ts';

/** Lines of one piece: so many are drawn, or coloured, in one go. */
export const PIECE_LINES = 32;

export interface HighlightTask {
  readonly id: number;
  /** As it stands behind a fence. */
  readonly language: string;
  readonly code: string;
}

/** The next lines of a task. */
export interface HighlightPiece {
  readonly id: number;
  readonly lines: readonly CodeLine[];
  /** Nothing follows. */
  readonly last: boolean;
  /** The grammar it needs did not come: nothing was told, and it may be asked again. */
  readonly missing?: boolean;
}

/** Code as the pieces it is drawn in; together they are the code. */
export function piecesOf(code: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  let lines = 0;
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) {
    lines += 1;
    if (lines % PIECE_LINES !== 0) continue;
    pieces.push(code.slice(from, at + 1));
    from = at + 1;
  }
  return from < code.length || pieces.length === 0 ? [...pieces, code.slice(from)] : pieces;
}

/** Lines as one run of tokens, as few as show the same: each costs the page an element. */
export function tokensOf(lines: readonly CodeLine[]): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  for (const { text, kind } of lines.flatMap((line) => [...line, { text: '\n', kind: '' }])) {
    const last = tokens.at(-1);
    // Blanks have no colour.
    if (last !== undefined && (last.kind === kind || text.trim() === '')) {
      tokens[tokens.length - 1] = { text: last.text + text, kind: last.kind };
    } else tokens.push({ text, kind });
  }
  return tokens;
}
