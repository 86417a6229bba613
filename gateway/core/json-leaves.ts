/** The texts and numbers of a JSON document with the places they stand in, without reading it as a whole. Pure. */
import { skipNumber, skipString } from './json-lexemes.ts';

export interface JsonLeaf {
  readonly kind: 'string' | 'number';
  /** Bytes of the value, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Names of the members it lies in, the outermost first; items of a list have those of the list. */
  readonly path: readonly string[];
}

interface Container {
  readonly object: boolean;
  /** Length of the path outside of it. */
  readonly depth: number;
}

const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;

/** @param bytes known to be JSON; of anything else nothing is said but that it ends */
export function* jsonLeaves(bytes: Uint8Array): Generator<JsonLeaf> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const inside: Container[] = [];
  const path: string[] = [];
  let key = false;
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const container = inside.at(-1);
    if (byte === QUOTE) {
      const end = skipString(bytes, at);
      if (key) {
        path.length = container?.depth ?? 0;
        const name: unknown = JSON.parse(text.toString('utf8', at, end));
        path.push(typeof name === 'string' ? name : '');
        key = false;
      } else yield { kind: 'string', start: at, end, path: [...path] };
      at = end;
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const end = skipNumber(bytes, at);
      yield { kind: 'number', start: at, end, path: [...path] };
      at = end;
    } else {
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        inside.push({ object: byte === OPEN_BRACE, depth: path.length });
        key = byte === OPEN_BRACE;
      } else if (byte === 0x7d || byte === 0x5d) {
        const closed = inside.pop();
        path.length = closed?.depth ?? 0;
        key = false;
      } else if (byte === 0x2c) {
        key = container?.object ?? false;
        if (key) path.length = container?.depth ?? 0;
      }
      at += 1;
    }
  }
}
