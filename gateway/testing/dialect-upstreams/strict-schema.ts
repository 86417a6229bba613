/** OpenAI's strict mode: every object is closed and needs all it names. */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { Refused } from './scene.ts';

/** @param where how the API names the schema */
export function checkStrict(schema: JsonObject, where: string): void {
  if (schema['type'] === 'object') {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const required = isArray(schema['required']) ? schema['required'] : [];
    if (schema['additionalProperties'] !== false) {
      throw new Refused(
        400,
        `Invalid schema for ${where}: In context=(), 'additionalProperties' is required to be supplied and to be false.`,
      );
    }
    const missing = Object.keys(properties).find((name) => !required.includes(name));
    if (missing !== undefined) {
      throw new Refused(
        400,
        `Invalid schema for ${where}: In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
      );
    }
    for (const one of Object.values(properties)) if (isObject(one)) checkStrict(one, where);
  }
  if (isObject(schema['items'])) checkStrict(schema['items'], where);
}
