/** What is different between two values of an entry of the configuration. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Changes } from '../config/edit.ts';

/** At any depth; members that went are undefined. @example {a: 1, b: 2} to {a: 1, c: 3} is {b: undefined, c: 3} */
export function entryChanges(was: object, now: object): Changes {
  const before = new Map<string, unknown>(Object.entries(was));
  const after = new Map<string, unknown>(Object.entries(now));
  const names = [...before.keys(), ...[...after.keys()].filter((name) => !before.has(name))];
  return Object.fromEntries(
    names.flatMap((name): readonly (readonly [string, unknown])[] => {
      const [old, value] = [before.get(name), after.get(name)];
      if (isDeepStrictEqual(old, value)) return [];
      return [[name, isPlain(old) && isPlain(value) ? entryChanges(old, value) : value]];
    }),
  );
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
