/** Whether bytes hold one of several words. Every request is searched for a few dozen that hardly any of them holds. */

/**
 * Letters of English text, and what stands between them, from the most to the least frequent; in chats, quotation marks
 * are about as rare as the letter p. Capitals, digits and other marks are rarer than all of them.
 */
const FREQUENT = ' etaoinsrhldcumfgp"wybvkxjqz';
/** Bytes of the tail that is looked for: shorter ones are found where the word is not. */
const SHORTEST_TAIL = 3;
/** Tails without their word; then the word itself is looked for, which costs more and always the same. */
const MISSES = 32;

interface Mark {
  readonly word: Buffer;
  /** The end of the word, from its rarest character on. */
  readonly tail: Buffer;
}

/** Words stand in constants of the programme, so they are looked at once. */
const marksOf = new WeakMap<readonly string[], readonly Mark[]>();

/**
 * A search leaps from one first character to the next, so it begins with the rarest one: `_content` is found missing
 * ten times as fast as `encrypted_content`.
 * @param words a list that lives as long as the programme
 */
export function holdsAny(bytes: Uint8Array, words: readonly string[]): boolean {
  let marks = marksOf.get(words);
  if (marks === undefined) marksOf.set(words, (marks = words.map(markOf)));
  const text = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const mark of marks) if (holds(text, mark)) return true;
  return false;
}

function holds(text: Buffer, { word, tail }: Mark): boolean {
  const before = word.length - tail.length;
  let at = text.indexOf(tail, before);
  for (let misses = 0; at !== -1; misses += 1) {
    if (before === 0 || text.compare(word, 0, before, at - before, at) === 0) return true;
    if (misses === MISSES) return text.includes(word, at - before);
    at = text.indexOf(tail, at + 1);
  }
  return false;
}

function markOf(word: string): Mark {
  const bytes = Buffer.from(word);
  let start = 0;
  for (let at = 1; at <= bytes.length - SHORTEST_TAIL; at += 1)
    if (rarity(bytes, at) > rarity(bytes, start)) start = at;
  return { word: bytes, tail: bytes.subarray(start) };
}

function rarity(word: Buffer, at: number): number {
  const place = FREQUENT.indexOf(String.fromCharCode(word[at] ?? 0));
  return place === -1 ? FREQUENT.length : place;
}
