import { expect, it } from 'vitest';
import { makeClientKey } from './client-key.ts';

it('is long, plain, and all of it comes from the random bytes', () => {
  const keys = [0, 62, 251, 255].map((value) => makeClientKey((bytes) => bytes.fill(value)));
  expect(new Set(keys).size).toBe(4);
  for (const key of keys) expect(key).toMatch(/^sy-[A-Za-z0-9_-]{32}$/);
  expect(makeClientKey((bytes) => crypto.getRandomValues(bytes))).not.toBe(
    makeClientKey((bytes) => crypto.getRandomValues(bytes)),
  );
});
