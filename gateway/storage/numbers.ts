/**
 * Whole numbers from 0 in as few bytes as they need: LEB128, seven bits a byte, the lowest first. Without bit
 * operations, since ids and lengths may have more than 32 bits.
 */

export function putNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

export interface NumberReader {
  /** @throws RangeError at the end */
  next(): number;
  /** @throws RangeError when there are fewer */
  bytes(count: number): Uint8Array;
  done(): boolean;
}

export function numbersOf(bytes: Uint8Array): NumberReader {
  let at = 0;
  return {
    done: () => at >= bytes.length,
    bytes(count) {
      if (at + count > bytes.length) throw new RangeError(DAMAGED);
      return bytes.subarray(at, (at += count));
    },
    next() {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const byte = bytes[at];
        if (byte === undefined) throw new RangeError(DAMAGED);
        at += 1;
        value += (byte % 128) * factor;
        if (byte < 128) return value;
      }
    },
  };
}

const DAMAGED = 'A body of the request log is damaged.';
