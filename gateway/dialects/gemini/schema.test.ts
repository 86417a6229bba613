import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { decodeSchema } from './decode-schema.ts';
import { cleanSchema } from './schema.ts';

function cleaned(schema: JsonObject): { readonly schema: JsonObject; readonly told: readonly string[] } {
  const told: string[] = [];
  return { schema: cleanSchema(schema, 'f', ({ text }) => told.push(text)), told };
}

describe('cleanSchema', () => {
  test.each<readonly [string, JsonObject, JsonObject]>([
    ['a type that may be null', { type: ['string', 'null'] }, { type: 'STRING', nullable: true }],
    ['several types', { type: ['string', 'number'] }, { anyOf: [{ type: 'STRING' }, { type: 'NUMBER' }] }],
    ['a constant', { const: 'x' }, { type: 'STRING', enum: ['x'] }],
    [
      'an enumeration with null',
      { type: ['string', 'null'], enum: ['a', null] },
      { type: 'STRING', nullable: true, enum: ['a'] },
    ],
    [
      'oneOf',
      { oneOf: [{ type: 'string' }, { type: 'integer' }] },
      { anyOf: [{ type: 'STRING' }, { type: 'INTEGER' }] },
    ],
    [
      'anyOf with null',
      { anyOf: [{ type: 'string' }, { type: 'null' }] },
      { nullable: true, type: 'STRING' },
    ],
    [
      'allOf',
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        required: ['a'],
        allOf: [{ properties: { b: { type: 'string' } }, required: ['b', 'gone'] }],
      },
      { type: 'OBJECT', properties: { b: { type: 'STRING' }, a: { type: 'STRING' } }, required: ['a', 'b'] },
    ],
    ['an array of anything', { type: 'array' }, { type: 'ARRAY', items: { type: 'STRING' } }],
    ['no type but properties', { properties: { a: {} } }, { type: 'OBJECT', properties: { a: {} } }],
    ['an object without properties', { type: 'object', properties: {} }, { type: 'OBJECT' }],
    [
      'references',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        properties: { home: { $ref: '#/$defs/a~1b', description: 'Home.' } },
        $defs: {
          'a/b': { type: 'object', description: 'A place.', properties: { city: { type: 'string' } } },
        },
      },
      {
        type: 'OBJECT',
        properties: {
          home: { type: 'OBJECT', description: 'Home.', properties: { city: { type: 'STRING' } } },
        },
      },
    ],
    [
      'a property called like a keyword',
      { properties: { const: { type: 'string' } } },
      { type: 'OBJECT', properties: { const: { type: 'STRING' } } },
    ],
  ])('%s, without a word', (_, schema, expected) => {
    expect(cleaned(schema)).toEqual({ schema: expected, told: [] });
  });

  test('what there is no word for is dropped, and told by name', () => {
    const { schema, told } = cleaned({
      type: 'object',
      additionalProperties: false,
      properties: {
        n: { type: 'number', exclusiveMinimum: 0, enum: [1, 2] },
        u: { type: 'string', format: 'uri', minLength: 1 },
        far: { $ref: 'https://example.org/schema' },
      },
    });
    expect(schema).toEqual({
      type: 'OBJECT',
      properties: { n: { type: 'NUMBER' }, u: { type: 'STRING', minLength: 1 }, far: { type: 'OBJECT' } },
    });
    expect(told).toHaveLength(1);
    for (const keyword of [
      'tool f',
      '$ref',
      'additionalProperties',
      'exclusiveMinimum',
      'enum',
      'format uri',
    ]) {
      expect(told[0]).toContain(keyword);
    }
  });

  test('a schema that holds itself comes to an end', () => {
    const { schema, told } = cleaned({
      $ref: '#/$defs/node',
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    });
    expect(schema).toEqual({ type: 'OBJECT', properties: { next: { type: 'OBJECT' } } });
    expect(told).toHaveLength(1);
  });

  const words = fc.constantFrom('a', 'b', 'c');
  const leaf = fc.constantFrom<JsonObject>({}, { type: 'string' }, { $ref: '#/$defs/a' }, { type: ['null'] });
  const { schema: anySchema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.record(
        {
          type: fc.oneof(
            fc.constantFrom('string', 'object', 'array', 'null', 7),
            fc.constant(['string', 'null']),
          ),
          properties: fc.dictionary(words, tie('schema'), { maxKeys: 2 }),
          required: fc.array(words, { maxLength: 2 }),
          items: fc.oneof(tie('schema'), fc.constant(true)),
          anyOf: fc.array(tie('schema'), { maxLength: 2 }),
          oneOf: fc.array(tie('schema'), { maxLength: 2 }),
          allOf: fc.array(tie('schema'), { maxLength: 2 }),
          enum: fc.array(fc.oneof(words, fc.integer()), { maxLength: 3 }),
          $ref: fc.constantFrom('#', '#/$defs/a', 'nowhere', '#/%'),
          $defs: fc.dictionary(words, tie('schema'), { maxKeys: 2 }),
          patternProperties: fc.constant({}),
        },
        { requiredKeys: [] },
      ),
    ),
  }));

  test('references to references do not grow without end', () => {
    const names = Array.from({ length: 40 }, (_, index) => `d${index}`);
    const $defs = Object.fromEntries(
      names.map((name, index) => {
        const next = { $ref: `#/$defs/d${index + 1}` };
        return [name, { type: 'object', properties: { one: next, two: next } }];
      }),
    );
    const { schema, told } = cleaned({ $ref: '#/$defs/d0', $defs });
    expect(JSON.stringify(schema).length).toBeLessThan(2_000_000);
    expect(told[0]).toContain('$ref');
  });

  test('nothing but the subset is ever left', () => {
    const known =
      /^(?:type|nullable|enum|format|properties|required|items|anyOf|title|description|default|example|pattern|propertyOrdering|m(?:in|ax)\w+)$/;
    function check(schema: unknown): void {
      if (!isObject(schema)) throw new Error('A schema must be an object.');
      for (const keyword of Object.keys(schema)) expect(keyword).toMatch(known);
      const { type, items, anyOf, properties } = schema;
      if (type !== undefined) expect(type).toMatch(/^[A-Z]+$/);
      if (type === 'ARRAY') expect(items).toBeDefined();
      if (items !== undefined) check(items);
      if (isArray(anyOf)) anyOf.forEach(check);
      if (properties === undefined) return;
      expect(isObject(properties) && Object.keys(properties).length > 0).toBe(true);
      Object.values(isObject(properties) ? properties : {}).forEach(check);
    }
    fc.assert(fc.property(anySchema, (schema) => check(cleaned(schema).schema)));
  });
});

describe('decodeSchema', () => {
  test("undoes what Gemini's subset does", () => {
    const schema = {
      type: 'object',
      description: 'D.',
      properties: {
        a: { type: ['string', 'null'], enum: ['x', null], maxLength: 3 },
        b: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 2 },
        c: { anyOf: [{ type: 'string' }, { type: 'number' }] },
      },
      required: ['a'],
    };
    expect(decodeSchema(cleaned(schema).schema)).toEqual(schema);
  });

  test('leaves plain JSON Schema alone', () => {
    const schema = {
      type: ['string', 'null'],
      $ref: '#/x',
      additionalProperties: { type: 'string' },
      not: {},
    };
    expect(decodeSchema(schema)).toEqual(schema);
  });
});
