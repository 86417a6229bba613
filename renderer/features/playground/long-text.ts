/** Texts of any length, shown without laying out what nobody looks at. Pure. */

/** Characters that are laid out together. */
const PIECE = 20_000;
/** So far back a better end of a piece is looked for. */
const BACK = 2_000;

/** The text as pieces that end with a line where there is one, else with a word; joined they are the text. */
export function piecesOf(text: string, size = PIECE): readonly string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const end = text.length - from <= size ? text.length : endOfPiece(text, from, from + size);
    pieces.push(text.slice(from, end));
    from = end;
  }
  return pieces;
}

/** The first of them. */
export function beginningOf(text: string, size = PIECE): string {
  return text.length <= size ? text : text.slice(0, endOfPiece(text, 0, size));
}

function endOfPiece(text: string, from: number, wanted: number): number {
  const least = Math.max(from, wanted - BACK);
  const tail = text.slice(least, wanted);
  const line = tail.lastIndexOf('\n');
  const word = tail.lastIndexOf(' ');
  if (line >= 0 || word >= 0) return least + Math.max(line >= 0 ? line : word, 0) + 1;
  // Never through the middle of a character.
  return /[\ud800-\udbff]$/.test(tail) ? wanted - 1 : wanted;
}

/** Characters for each turn that is to be drawn, on average. */
const EACH = 5_000;

/**
 * The first of a path's turns that is drawn: as many as wished, fewer where they are long, and always the last two.
 * @param lengths characters of each turn
 */
export function firstDrawn(lengths: readonly number[], wished: number): number {
  let room = wished * EACH;
  for (let count = 0; count < lengths.length; count += 1) {
    const length = lengths[lengths.length - 1 - count] ?? 0;
    room -= Math.min(length, PIECE * 5);
    if (count >= wished || (room < 0 && count >= 2)) return lengths.length - count;
  }
  return 0;
}
