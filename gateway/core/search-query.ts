/**
 * What a person searches for, as terms of SQLite's FTS5: each must stand, or must not stand, in one of a request's
 * texts. The texts were cut by search-words.ts; a term is cut the same way. Pure.
 */
import { bigrams, searchWords, splitRuns } from './search-words.ts';

export interface SearchTerm {
  /** It must not stand there. */
  readonly not: boolean;
  /** As it was written, without quotes. */
  readonly text: string;
  /** An FTS5 expression over the columns `text` and `pairs`. */
  readonly match: string;
  /** The same for whoever has no FTS5: all of them must stand there. */
  readonly pieces: readonly SearchPiece[];
}

/** Words that must stand one after the other. */
export interface SearchPiece {
  readonly words: string;
  /** Only in the column of pairs; otherwise in either. */
  readonly inPairs: boolean;
  /** The last of them may go on. */
  readonly begins: boolean;
  /** These in the column of pairs will do as well. */
  readonly humps: string | null;
}

/** A quoted run, or anything up to the next space; quotes of other alphabets count as quotes. */
const WRITTEN = /(-?)(?:["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]?|([^\s"“”„«»「」『』]+))/gu;
/** What `unicode61` takes for a part of a word. */
const WORD = /[\p{L}\p{N}\p{Co}]/u;

/** @returns null where something is asked for that holds no letter and no digit: nothing can be found */
export function searchTerms(words: string): readonly SearchTerm[] | null {
  const terms: SearchTerm[] = [];
  let asked = false;
  for (const [, minus, quoted, bare] of words.matchAll(WRITTEN)) {
    const text = (quoted ?? bare ?? '').trim();
    const not = minus === '-';
    asked ||= !not && text !== '';
    if (!WORD.test(text)) continue;
    const pieces = piecesOf(text);
    terms.push({ not, text, match: pieces.map(expressionOf).join(' AND '), pieces });
  }
  return asked && !terms.some(({ not }) => !not) ? null : terms;
}

/** Runs without spaces and what stands between them are in columns of their own: both must be there. */
function piecesOf(text: string): readonly SearchPiece[] {
  return splitRuns(text)
    .filter((piece) => WORD.test(piece.text))
    .map((piece) => (piece.run ? runPiece(piece.text) : wordPiece(piece.text)));
}

function runPiece(run: string): SearchPiece {
  const pairs = bigrams(run);
  const begins = pairs.length === 1;
  // The last character alone stands in the index too, but only where a run ends.
  return { words: begins ? run : pairs.slice(0, -1).join(' '), inPairs: true, begins, humps: null };
}

/** A name like `userName` is also found inside `getUserName`. */
function wordPiece(text: string): SearchPiece {
  const words = text.trim();
  const { pairs } = searchWords(words);
  return { words, inPairs: false, begins: false, humps: pairs === '' || /\s/.test(words) ? null : pairs };
}

function expressionOf({ words, inPairs, begins, humps }: SearchPiece): string {
  const phrase = `${inPairs ? 'pairs : ' : ''}${quoted(words)}${begins ? ' *' : ''}`;
  return humps === null ? phrase : `(${phrase} OR pairs : ${quoted(humps)})`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""').replaceAll('\0', ' ')}"`;
