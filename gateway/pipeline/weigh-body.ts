/**
 * About how many tokens a body is that is too long to be read, or cannot be: by its length as UTF-8, of which data
 * written as text (pictures, documents) is taken out.
 */
import { documentTokens, LARGEST_IMAGE } from '../core/canonical/prompt-text.ts';
import { beginsAsText } from './begins-as-text.ts';
import { BYTES_PER_TOKEN } from './size.ts';

/** Bytes between which others have their turn. */
const SLICE = 1_048_576;
/** Bytes of base64 that weigh less as a picture than as words. */
const LONGEST_WORD = LARGEST_IMAGE * BYTES_PER_TOKEN;
/** How `%PDF-` begins as base64. */
const DOCUMENT = Buffer.from('JVBERi');
/** Members that carry data in one of the formats; what stands in others is words to the model, whatever it looks like. */
const CARRIERS: ReadonlySet<string> = new Set(
  'data url image_url file_data file_url images image result b64_json'.split(' '),
);
/** What stands before data in an address; its slash may be escaped. */
const ADDRESS = /^data:[^,]*;base64,$/i;
const ADDRESS_OF_TEXT = /^data:(?:text|application\\?\/json\b)/i;
/** Bytes before data within its string, and of a member's name. */
const LONGEST_LEAD = 300;

const [QUOTE, COLON, BACKSLASH, SLASH, LINE, RETURN, CODE] = Buffer.from('":\\/nru');

/** 1 for each byte of base64 of any alphabet. */
const DATA = new Uint8Array(256);
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=')) {
  DATA[byte] = 1;
}

/** Never 0 for what is not empty. */
export async function weighBody(body: Uint8Array): Promise<number> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length);
  let bytes = body.length;
  let tokens = 0;
  let at = 0;
  /** The string that is looked at, or was last. */
  const string = { open: false, start: 0, end: 0 };
  /** Where what could be data begins in it, and what `bytes` were there. */
  const run = { start: 0, before: 0 };
  /** What the last member is called. */
  let name = { start: 0, end: 0 };

  function runsFrom(next: number): void {
    run.start = next;
    run.before = bytes;
  }

  /** Weighs what it stands for. */
  function escapeEnds(): void {
    const next = text[at + 1];
    const code = next === CODE ? Number.parseInt(text.toString('latin1', at + 2, at + 6), 16) : NaN;
    const [width, length] = Number.isNaN(code) ? [2, 1] : [6, lengthOf(code)];
    bytes -= width - length;
    at = Math.min(text.length, at + width);
    const goesOn = width === 6 ? DATA[code] === 1 : next === SLASH || next === LINE || next === RETURN;
    if (!goesOn) runsFrom(at);
  }

  function stringEnds(): void {
    string.end = at;
    const length = at - run.start - (run.before - bytes);
    const lead = run.start - string.start;
    if (length <= LONGEST_WORD || lead > LONGEST_LEAD || name.end - name.start > LONGEST_LEAD) return;
    if (!CARRIERS.has(text.toString('latin1', name.start, name.end))) return;
    const address = text.toString('latin1', string.start, run.start);
    if (address !== '' && !ADDRESS.test(address)) return;
    const data = text.subarray(run.start, at);
    if (ADDRESS_OF_TEXT.test(address) || beginsAsText(data)) {
      bytes -= Math.ceil(length / 4);
      return;
    }
    bytes -= length;
    tokens += dataTokens(data, length);
  }

  function look(byte: number): void {
    if (byte === QUOTE) {
      if (string.open) stringEnds();
      else string.start = at + 1;
      string.open = !string.open;
      runsFrom(at + 1);
    } else if (string.open) {
      if (byte === BACKSLASH) return escapeEnds();
      if (DATA[byte] === 0) runsFrom(at + 1);
    } else if (byte === COLON) name = { start: string.start, end: string.end };
    at += 1;
  }

  for (let until = SLICE; at < text.length; until += SLICE) {
    for (const to = Math.min(text.length, until); at < to;) look(text[at] ?? 0);
    await new Promise(setImmediate);
  }
  if (string.open) stringEnds();
  return tokens + Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** Bytes of a code unit in UTF-8; those of a pair make four. */
function lengthOf(code: number): number {
  if (code < 0x80) return 1;
  const paired = code >= 0xd800 && code < 0xe000;
  return code < 0x800 || paired ? 2 : 3;
}

/** What kind of data it is stands elsewhere; most of it is pictures. @param length characters of base64 */
const dataTokens = (base64: Uint8Array, length: number): number =>
  DOCUMENT.equals(base64.subarray(0, DOCUMENT.length))
    ? documentTokens(Math.floor((length * 3) / 4))
    : LARGEST_IMAGE;
