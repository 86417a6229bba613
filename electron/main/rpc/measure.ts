/** The size of a value from a page, found without copying or writing it anywhere. */

/** Bytes that any value takes besides its text. */
const OVERHEAD = 8;
/** Deeper values are no input of ours, and a value that holds itself is endlessly deep. */
const DEEPEST = 64;

/** A number of bytes, or what is wrong with the value; then looking stopped there. */
export type Measure = number | 'too-large' | 'too-deep' | 'not-plain';

/**
 * Measures plain data: text, numbers, truth values, null, undefined, arrays and plain objects.
 * @param most bytes after which looking stops; text counts two bytes for a UTF-16 unit, as it is held
 */
export function measure(value: unknown, most: number): Measure {
  let size = 0;
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    size += OVERHEAD;
    if (typeof next.value === 'string') size += next.value.length * 2;
    else if (typeof next.value === 'object' && next.value !== null) {
      if (next.depth === DEEPEST) return 'too-deep';
      const parts = partsOf(next.value);
      if (parts === undefined) return 'not-plain';
      for (const [name, part] of parts) {
        size += name.length * 2;
        // Beyond the limit the rest need not even be noted.
        if (size + waiting.length * OVERHEAD > most) return 'too-large';
        waiting.push({ value: part, depth: next.depth + 1 });
      }
    } else if (typeof next.value === 'bigint') return 'not-plain';
    if (size > most) return 'too-large';
  }
  return size;
}

function* namedItems(items: readonly unknown[]): Generator<readonly [string, unknown]> {
  for (const item of items) yield ['', item];
}

function* namedValues(value: object): Generator<readonly [string, unknown]> {
  for (const name in value) yield [name, Reflect.get(value, name)];
}

function partsOf(value: object): Iterable<readonly [string, unknown]> | undefined {
  if (Array.isArray(value)) return namedItems(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype ? namedValues(value) : undefined;
}
