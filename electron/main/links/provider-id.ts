/** The identifier of a provider that a link names. Pure. */

/** @param taken of providers there are, and of the built-in ones */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  const base = plain === '' ? 'provider' : plain;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(id) && !RESERVED.has(id)) return id;
  }
}

const RESERVED: ReadonlySet<string> = new Set(['demo', 'custom']);
