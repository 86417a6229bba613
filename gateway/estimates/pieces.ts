/** Texts cut into pieces that a tokenizer takes in bounded time. Pure. */

/**
 * Characters of a piece. Merging the bytes of a word takes time with the square of its length, and a "word" may be
 * a megabyte of base64 or of Chinese. A cut costs one token at most, which is less than a hundredth.
 */
const PIECE = 1_000;

/** Every piece of a text, in order. A pair of surrogates is never cut. */
export function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const end = cutAt(text, start + PIECE);
    yield text.slice(start, end);
    start = end;
  }
}

/** At a space where there is one nearby, since words begin with it; else where the piece is full. */
function cutAt(text: string, full: number): number {
  if (full >= text.length) return text.length;
  const space = text.lastIndexOf(' ', full);
  if (space > full - PIECE / 4) return space;
  return isLowSurrogate(text, full) ? full - 1 : full;
}

const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

export interface Sample {
  readonly texts: readonly string[];
  /** How much longer the whole is than what was taken of it; 1 when that is everything. */
  readonly scale: number;
}

/** Of very long texts every so many pieces, from the first to the last: they stand for the others. */
export function sampleOf(texts: readonly string[], most: number): Sample {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length <= most) return { texts, scale: 1 };
  const stride = Math.ceil((PIECE * length) / most);
  const taken: string[] = [];
  let takenLength = 0;
  // Positions count through all texts, so that many short ones are thinned out like one long one.
  let next = 0;
  let before = 0;
  for (const text of texts) {
    for (; next < before + text.length; next += stride) {
      const piece = text.slice(next - before, next - before + PIECE);
      taken.push(piece);
      takenLength += piece.length;
    }
    before += text.length;
  }
  return { texts: taken, scale: length / takenLength };
}
