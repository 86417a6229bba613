/** The subset of OpenAPI that `parameters` and `responseSchema` may be. */
import { isArray, isObject, type JsonObject } from '../../../core/json.ts';
import { badRequest, refuseUnknown } from './refuse.ts';

const KEYWORDS = [
  'type',
  'format',
  'title',
  'description',
  'nullable',
  'enum',
  'items',
  'minItems',
  'maxItems',
  'properties',
  'required',
  'propertyOrdering',
  'minProperties',
  'maxProperties',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'anyOf',
  'default',
  'example',
];
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null', 'type_unspecified'];

export function checkSchema(schema: JsonObject, at: string): void {
  refuseUnknown(schema, KEYWORDS, at);
  const { type } = schema;
  if (type !== undefined && (typeof type !== 'string' || !TYPES.includes(type.toLowerCase()))) {
    badRequest(
      `Invalid value at '${at}.type' (type.googleapis.com/google.ai.generativelanguage.v1beta.Type)`,
    );
  }
  if (isArray(schema['enum']) && schema['enum'].some((one) => typeof one !== 'string')) {
    badRequest(`Invalid value at '${at}.enum[0]' (TYPE_STRING)`);
  }
  const isArrayType = typeof type === 'string' && type.toLowerCase() === 'array';
  if (isArrayType && !isObject(schema['items']))
    badRequest(`* GenerateContentRequest.${at}.items: missing field.\n`);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, inner] of Object.entries(properties))
    if (isObject(inner)) checkSchema(inner, `${at}.properties[${name}]`);
  if (isObject(schema['items'])) checkSchema(schema['items'], `${at}.items`);
  if (isArray(schema['anyOf']))
    for (const inner of schema['anyOf']) if (isObject(inner)) checkSchema(inner, `${at}.any_of`);
}
