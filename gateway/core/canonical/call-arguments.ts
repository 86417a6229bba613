/** Arguments of a call as the formats take them that have an object there and no text. */
import { isObject, parseArguments, parseJson, type JsonObject } from '../json.ts';

/**
 * @param text as a model wrote it; nothing and `null` are what models write for a tool that takes nothing
 * @returns undefined where it is anything else than a JSON object
 */
export function argumentsObject(text: string): JsonObject | undefined {
  const written = text.trim();
  if (written === '' || written === 'null') return {};
  // What stands for a long number looks like an object.
  const value = written.startsWith('{') ? parseArguments(written) : undefined;
  return isObject(value) ? value : undefined;
}

/** Nothing can follow a finished object. */
export const isWholeObject = (text: string): boolean => isObject(parseJson(text));
