/**
 * About how many tokens a body is that is too long to be read, or cannot be: by its length, of which data written as
 * text (pictures, documents) is taken out.
 */
import { documentTokens, LARGEST_IMAGE } from '../core/canonical/prompt-text.ts';
import { BYTES_PER_TOKEN } from './size.ts';

/** Bytes between which others have their turn. */
const SLICE = 1_048_576;
/** Bytes without a space or a mark between them; longer ones are no words. */
const LONGEST_WORD = LARGEST_IMAGE * BYTES_PER_TOKEN;
/** How `%PDF-` begins as base64. */
const DOCUMENT = Buffer.from('JVBERi');

/** 1 for each byte of base64 of any alphabet, and for what JSON escapes its slashes and lines with. */
const DATA = new Uint8Array(256);
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\\')) {
  DATA[byte] = 1;
}

/** Never 0 for what is not empty. */
export async function weighBody(body: Uint8Array): Promise<number> {
  let bytes = body.length;
  let tokens = 0;
  /** Of the word that is looked at. */
  let start = 0;

  function wordEnds(end: number): void {
    const length = end - start;
    if (length > LONGEST_WORD) {
      bytes -= length;
      tokens += dataTokens(body.subarray(start, end));
    }
    start = end + 1;
  }

  function look(from: number, to: number): void {
    for (let at = from; at < to; at += 1) if (DATA[body[at] ?? 0] === 0) wordEnds(at);
  }

  for (let from = 0; from < body.length; from += SLICE) {
    look(from, Math.min(body.length, from + SLICE));
    await new Promise(setImmediate);
  }
  wordEnds(body.length);
  return tokens + Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** What kind of data it is stands elsewhere; most of it is pictures. */
const dataTokens = (base64: Uint8Array): number =>
  DOCUMENT.equals(base64.subarray(0, DOCUMENT.length))
    ? documentTokens(Math.floor((base64.length * 3) / 4))
    : LARGEST_IMAGE;
