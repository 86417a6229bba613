/** Small changes to a large body without copying it: the parts between the edits are views of the same memory. */
import type { PreparedBody } from './dialect.ts';

/** Replaces the bytes from `start` to `end` (not included) with a text; `start` = `end` inserts. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Applies edits given in any order; edits at one place keep theirs. Bytes outside the edits stay identical.
 * @throws RangeError when edits overlap or lie outside the bytes, which is a mistake of the caller
 */
export function splice(bytes: Uint8Array, edits: readonly Edit[]): PreparedBody {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let done = 0;
  const add = (chunk: Uint8Array): void => {
    if (chunk.length === 0) return;
    chunks.push(chunk);
    length += chunk.length;
  };
  for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start)) {
    if (start < done || end < start || end > bytes.length) {
      throw new RangeError(`edit ${start}..${end} overlaps another or lies outside ${bytes.length} bytes`);
    }
    add(bytes.subarray(done, start));
    add(Buffer.from(text));
    done = end;
  }
  add(bytes.subarray(done));
  return { chunks, length };
}
