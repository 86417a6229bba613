/** The texts, numbers and members' names of a JSON document with the places they stand in, without reading it as a whole. Pure. */
import { skipNumber } from './json-lexemes.ts';

export interface JsonLeaf {
  readonly kind: 'string' | 'number' | 'name';
  /** Bytes of it, quotes included. */
  readonly start: number;
  readonly end: number;
  /** Of the member whose value it is, or lies in as an item of a list; empty for a name. */
  readonly name: string;
  /** Names of the members around it, the outermost first and no more than 64. */
  readonly path: readonly string[];
}

interface Container {
  readonly object: boolean;
  /** Length of the path outside of it. */
  readonly depth: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
/** Deep documents must not cost the square of their depth. */
const LONGEST_PATH = 64;

/** @param bytes known to be JSON; of anything else nothing is said but that it ends */
export function* jsonLeaves(bytes: Uint8Array): Generator<JsonLeaf> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const inside: Container[] = [];
  const path: string[] = [];
  let key = false;
  const around = (end: number): readonly string[] => path.slice(0, Math.min(end, LONGEST_PATH));
  const value = (kind: 'string' | 'number', start: number, end: number): JsonLeaf => ({
    ...{ kind, start, end },
    name: path.at(-1) ?? '',
    path: around(Math.max(0, path.length - 1)),
  });
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const container = inside.at(-1);
    if (byte === QUOTE) {
      const end = textEnd(bytes, at);
      if (key) {
        yield { kind: 'name', start: at, end, name: '', path: around(path.length) };
        const name: unknown = JSON.parse(text.toString('utf8', at, end));
        path.push(typeof name === 'string' ? name : '');
        key = false;
      } else yield value('string', at, end);
      at = end;
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const end = skipNumber(bytes, at);
      yield value('number', at, end);
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

/** Half characters in escapes do not stop it, as they would a scan: texts within texts may hold them. */
function textEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}
