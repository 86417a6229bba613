import { describe, expect, it } from 'vitest';
import { measure } from './measure.ts';

const MOST = 1_000;
const deep = (levels: number): unknown => (levels === 0 ? 'end' : [deep(levels - 1)]);

describe('the size of what a page sends', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a call', { kind: 'call', name: 'providers.list', input: { flag: true, count: 3 } }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['64 levels', deep(63)],
  ])('is a number for %s', (_, value) => expect(measure(value, MOST)).toBeTypeOf('number'));

  it('counts text where it is: in values, names and lists', () => {
    const text = 'x'.repeat(200);
    const sizes = [text, [text], { a: text }, { [text]: 1 }].map((value) => Number(measure(value, MOST)));
    expect(sizes.every((size) => size >= 400 && size < 450)).toBe(true);
  });

  it.each([
    ['one text', 'x'.repeat(501)],
    ['many texts', Array.from({ length: 60 }, () => 'xxxxxx')],
    ['many names', Object.fromEntries(Array.from({ length: 60 }, (_, name) => [`name-${name}`, null]))],
    ['many nothings', Array.from({ length: 200 }, () => null)],
    ['a long list without items', Array.from({ length: 1_000_000 })],
  ])('is too large for %s', (_, value) => expect(measure(value, MOST)).toBe('too-large'));

  it('is endless where a value holds itself', () => {
    const list: unknown[] = [];
    list.push(list);
    const object = { self: {} };
    object.self = object;
    expect([list, object, deep(65)].map((value) => measure(value, 10 * MOST))).toEqual([
      'too-deep',
      'too-deep',
      'too-deep',
    ]);
  });

  it.each([
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bytes', new Uint8Array(2_000)],
    ['a buffer', new ArrayBuffer(2_000)],
    ['a big number', 1n],
    ['an error', new Error('x')],
  ])('is none for %s', (_, value) => expect(measure({ input: value }, MOST)).toBe('not-plain'));
});
