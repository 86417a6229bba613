import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const documented = readFileSync(new URL('docs/faults.md', root), 'utf8');

it.each([...new Set([...documented.matchAll(/`((?:gateway|server)\/[^`]+\.ts)`/g)].map(([, file]) => file))])(
  '%s is there',
  (file) => {
    expect(existsSync(new URL(file ?? '', root))).toBe(true);
  },
);

const named = [...documented.matchAll(/^\| \d+ +\| ("[^|]+")[^|]*\| `([^`]+)` +\|$/gm)].flatMap(
  ([, names = '', file = '']) =>
    [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => [name, file] as const),
);

it('rows on failover have their tests named', () => {
  const rows = new Set([...documented.matchAll(/^\| (\d+) +\| "/gm)].map(([, row]) => Number(row)));
  const wanted = [...Array.from({ length: 16 }, (_, index) => 18 + index), 43, 44];
  expect([...rows]).toEqual(wanted);
});

it.each(named)('"%s" is a test of %s', (name, file) => {
  expect(readFileSync(new URL(file, root), 'utf8')).toContain(name);
});
