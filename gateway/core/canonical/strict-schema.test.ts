import { describe, expect, it } from 'vitest';
import { isStrictSchema } from './strict-schema.ts';

const object = (properties: object, more: object = {}): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});
const city = { type: 'string' };

describe('isStrictSchema', () => {
  it.each([
    ['an object without properties', object({})],
    ['no properties at all', { type: 'object', additionalProperties: false }],
    ['a property', object({ city })],
    ['a property that may be null', object({ city: { type: ['string', 'null'] } })],
    ['objects in arrays', object({ list: { type: 'array', items: object({ city }), minItems: 1 } })],
    ['a choice inside', object({ place: { anyOf: [object({ city }), { type: 'null' }] } })],
    ['definitions', object({ one: { $ref: '#/$defs/one' } }, { $defs: { one: object({ city }) } })],
    ['a known format', object({ day: { type: 'string', format: 'date' } })],
    ['a property with the name of a keyword', object({ not: city, oneOf: city })],
  ])('takes %s', (_, schema) => {
    expect(isStrictSchema(schema)).toBe(true);
  });

  it.each([
    ['a root that is no object', { type: 'array', items: city }],
    ['an empty schema', {}],
    ['a choice at the root', object({ city }, { anyOf: [] })],
    ['an optional property', object({ city }, { required: [] })],
    ['an optional property further in', object({ a: object({ city }, { required: [] }) })],
    ['further properties', object({ city }, { additionalProperties: true })],
    ['nothing said of further properties', { type: 'object', properties: {}, required: [] }],
    ['properties without a type', object({ a: { properties: { city } } })],
    ['an unknown keyword', object({ city: { type: 'string', default: 'Rome' } })],
    ['a keyword outside the subset', object({ city: { oneOf: [city] } })],
    ['an unknown format', object({ city: { type: 'string', format: 'uri' } })],
    ['an array of anything', object({ list: { type: 'array' } })],
    ['an optional property in a choice', object({ a: { anyOf: [object({ city }, { required: [] })] } })],
    [
      'an optional property in a definition',
      object({}, { $defs: { a: object({ city }, { required: [] }) } }),
    ],
    ['a schema that is none', object({ city: true })],
    ['properties that are none', { type: 'object', properties: [], additionalProperties: false }],
  ])('refuses %s', (_, schema) => {
    expect(isStrictSchema(schema)).toBe(false);
  });

  it('refuses what is nested deeper than ten levels', () => {
    const nested = (levels: number): Readonly<Record<string, unknown>> =>
      levels === 0 ? object({ city }) : object({ a: nested(levels - 1) });
    expect(isStrictSchema(nested(8))).toBe(true);
    expect(isStrictSchema(nested(9))).toBe(false);
  });
});
