/** Finds words in whole texts that are in memory, cut as the full-text index cuts them. Pure. */
import type { Excerpt } from '../../contract/log/row.ts';
import { excerptOf } from '../core/excerpt.ts';
import { partText } from '../core/part-text.ts';
import type { SearchPiece, SearchTerm } from '../core/search-query.ts';
import { searchWords } from '../core/search-words.ts';

/** @param bodies as they are kept; the newest text last */
export function hasWords(bodies: readonly string[], terms: readonly SearchTerm[]): boolean {
  const columns = bodies.map(readable).map((text) => {
    const { text: words, pairs } = searchWords(text);
    return { words: inOrder(words), pairs: inOrder(pairs) };
  });
  return terms.every(({ pieces, not }) => {
    const stands = columns.some(({ words, pairs }) => pieces.every((piece) => standsIn(piece, words, pairs)));
    return stands !== not;
  });
}

/** Null where the word stands in none of the bodies. */
export function excerptFrom(bodies: readonly string[], term: SearchTerm): Excerpt | null {
  const body = bodies.findLast((one) => hasWords([one], [term]));
  return body === undefined ? null : excerptOf(readable(body), term.text);
}

const readable = (body: string): string => partText(body, Number.POSITIVE_INFINITY);

function standsIn({ words, inPairs, begins, humps }: SearchPiece, text: string, pairs: string): boolean {
  const wanted = inOrder(words);
  const phrase = begins ? wanted.trimEnd() : wanted;
  return (
    pairs.includes(phrase) ||
    (!inPairs && text.includes(phrase)) ||
    (humps !== null && pairs.includes(inOrder(humps)))
  );
}

/** The words without case and accents, with a space around each. */
function inOrder(text: string): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return ` ${(plain.match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []).join(' ')} `;
}
