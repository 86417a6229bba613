import { expect, test } from 'vitest';
import { objectSchema } from './object-schema.ts';

function written(schema: Record<string, unknown> | null) {
  const warnings: string[] = [];
  return { schema: objectSchema(schema, 'f', ({ text }) => warnings.push(text)), warned: warnings.length };
}
const a = { a: { type: 'string' } };
const b = { b: { type: 'number' } };

test.each([
  [null, { type: 'object', properties: {} }, 0],
  [{ type: 'object', properties: a }, { type: 'object', properties: a }, 0],
  [{ properties: a }, { type: 'object', properties: a }, 0],
  [{ type: 'string' }, { type: 'object', properties: {} }, 1],
  [{}, { type: 'object', properties: {} }, 0],
  [{ type: 'object' }, { type: 'object', properties: {} }, 0],
  [{ $ref: '#/$defs/a', $defs: {} }, { type: 'object', $ref: '#/$defs/a', $defs: {} }, 0],
  [
    {
      anyOf: [
        { properties: { ...a, ...b }, required: ['a', 'b'] },
        { properties: a, required: ['a'] },
      ],
    },
    { type: 'object', properties: { ...a, ...b }, required: ['a'] },
    1,
  ],
  [
    { type: 'object', properties: a, required: ['a'], oneOf: [{ required: ['b'], properties: b }, {}] },
    { type: 'object', properties: { ...a, ...b }, required: ['a'] },
    1,
  ],
  [
    {
      allOf: [
        { properties: a, required: ['a'] },
        { properties: b, required: ['b'] },
      ],
    },
    { type: 'object', properties: { ...a, ...b }, required: ['a', 'b'] },
    1,
  ],
  [{ type: 'object', properties: a, not: { required: ['b'] } }, { type: 'object', properties: a }, 1],
])('%j', (schema, expected, warned) => {
  expect(written(schema)).toEqual({ schema: expected, warned });
});
