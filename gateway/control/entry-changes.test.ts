import { expect, it } from 'vitest';
import { entryChanges } from './entry-changes.ts';

it.each<[string, object, object, object]>([
  ['nothing', { a: 1, b: { c: [1] } }, { a: 1, b: { c: [1] } }, {}],
  ['another value', { a: 1, b: 2 }, { a: 1, b: 3 }, { b: 3 }],
  ['one more', { a: 1 }, { a: 1, b: 2 }, { b: 2 }],
  ['one less', { a: 1, b: 2 }, { a: 1 }, { b: undefined }],
  ['within', { a: { b: 1, c: 2 } }, { a: { b: 1, d: 3 } }, { a: { c: undefined, d: 3 } }],
  ['a list as a whole', { a: [1, 2] }, { a: [2] }, { a: [2] }],
  ['in place of a list', { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
])('%s', (_case, was, now, changes) => {
  const found = entryChanges(was, now);
  expect(found).toStrictEqual(changes);
});
