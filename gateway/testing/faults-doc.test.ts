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
