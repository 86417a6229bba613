/** The text of a file that stands in a request as bytes, whatever type it is said to be of. Pure. */
import { isUtf8 } from 'node:buffer';

/** Characters by which pictures, sounds and archives are told: bytes that no text has come early in them. */
const HEAD = 256;

/** @param text base64, or an address that holds its data @returns empty for what is no text */
export function textInBytes(text: string): string {
  const comma = isDataAddress(text) ? text.indexOf(',') : -1;
  const head = text.slice(0, Math.max(0, comma));
  if (isDataAddress(text) && !/;base64(?:;|$)/i.test(head)) return unescaped(text.slice(comma + 1));
  if (!isPlain(bytesOf(text.slice(comma + 1, comma + 1 + HEAD)))) return '';
  const bytes = bytesOf(text.slice(comma + 1));
  return isUtf8(bytes) ? bytes.toString('utf8') : '';
}

export const isDataAddress = (text: string): boolean => /^data:[^,]{0,200},/i.test(text);

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** No control characters but those that lay out a text. */
const isPlain = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte >= 0x20 || byte === 0x1b || (byte >= 0x09 && byte <= 0x0d));

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
