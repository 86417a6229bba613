/** The bounded memory of the signature vault: lines by key, the least recently used first. */
import type { Clock } from '../core/ports.ts';
import { readHead, type LineHead } from './signature-lines.ts';

export interface SignatureLimits {
  readonly entries: number;
  /** Bytes of all lines together. */
  readonly bytes: number;
  /** Bytes of one line; longer ones are not kept. */
  readonly lineBytes: number;
  /** How long one is kept, ms. */
  readonly age: number;
}

export const SIGNATURE_LIMITS: SignatureLimits = {
  entries: 10_000,
  bytes: 64 * 1024 * 1024,
  lineBytes: 1024 * 1024,
  age: 30 * 24 * 60 * 60 * 1_000,
};

export interface SignatureShelf {
  /** What is too long or too old is not taken, whatever else has to make room for it. */
  put(head: LineHead, line: Buffer): void;
  /** Counts as a use. */
  get(key: string): Buffer | undefined;
  /** Does not. */
  peek(key: string): Buffer | undefined;
  remove(key: string): void;
  /** The least recently used first. */
  lines(): readonly Buffer[];
  /** Removes what is too old. @returns how many went */
  expire(): number;
  /** Bytes of all lines. */
  readonly bytes: number;
}

export function createShelf(clock: Clock, limits: SignatureLimits): SignatureShelf {
  const held = new Map<string, { readonly line: Buffer; readonly at: number }>();
  let bytes = 0;

  const tooOld = (at: number): boolean => at < clock.wall() - limits.age;

  function remove(key: string): void {
    bytes -= held.get(key)?.line.length ?? 0;
    held.delete(key);
  }

  return {
    get bytes() {
      return bytes;
    },
    put({ key, at }, line) {
      remove(key);
      if (line.length > limits.lineBytes || tooOld(at)) return;
      held.set(key, { line, at });
      bytes += line.length;
      for (const oldest of held.keys()) {
        if (held.size <= limits.entries && bytes <= limits.bytes) break;
        remove(oldest);
      }
    },
    get(key) {
      const found = held.get(key);
      if (found === undefined) return undefined;
      held.delete(key);
      if (tooOld(found.at)) {
        bytes -= found.line.length;
        return undefined;
      }
      held.set(key, found);
      return found.line;
    },
    peek: (key) => held.get(key)?.line,
    remove,
    lines: () => [...held.values()].map(({ line }) => line),
    expire() {
      const old = [...held].filter(([, { at }]) => tooOld(at));
      for (const [key] of old) remove(key);
      return old.length;
    },
  };
}

/** Takes all lines of one shelf as the most recently used ones of another. */
export function pour(from: SignatureShelf, into: SignatureShelf): void {
  for (const line of from.lines()) {
    const head = readHead(line);
    if (head !== undefined) into.put(head, line);
  }
}
