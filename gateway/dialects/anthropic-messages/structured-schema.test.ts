import { expect, test } from 'vitest';
import { fitSchema } from './structured-schema.ts';

test('a schema that fits is the same', () => {
  const schema = {
    type: 'object',
    properties: {
      at: { type: 'string', format: 'date-time' },
      list: { type: 'array', items: { $ref: '#/$defs/a' }, minItems: 1 },
    },
    required: ['at'],
    additionalProperties: false,
    $defs: { a: { anyOf: [{ type: 'null' }, { const: 1 }] } },
  };
  expect(fitSchema(schema)).toEqual({ schema, changed: [] });
});

test('what is not known goes at any depth, and is named once', () => {
  const { schema, changed } = fitSchema({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: ['object', 'null'],
    properties: {
      a: { type: 'string', minLength: 1, format: 'phone' },
      b: { type: 'array', items: { type: 'string', minLength: 2 }, minItems: 3, uniqueItems: true },
      c: { oneOf: [{ type: 'object', properties: {}, additionalProperties: true }] },
    },
  });
  expect(schema).toEqual({
    type: ['object', 'null'],
    properties: {
      a: { type: 'string' },
      b: { type: 'array', items: { type: 'string' } },
      c: { anyOf: [{ type: 'object', properties: {}, additionalProperties: false }] },
    },
    additionalProperties: false,
  });
  expect(changed.toSorted()).toEqual(
    ['additionalProperties', 'format', 'minItems', 'minLength', 'oneOf', 'uniqueItems'].toSorted(),
  );
});
