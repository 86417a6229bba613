/** A client's body, parsed for translation. Pure. */
import { isArray, isObject, mayHoldLongNumber, parseArguments, type JsonObject } from '../../core/json.ts';

/** Members in which calls of tools stand, and those of a call or its result that hold what was said as an object. */
const CONVERSATIONS: ReadonlySet<string> = new Set(['messages', 'contents']);
const ARGUMENTS: ReadonlySet<string> = new Set(['input', 'args', 'arguments', 'response']);

/**
 * Long whole numbers keep their digits in the arguments of calls and in results, which are only written again; anywhere
 * else they are numbers, for there they are read.
 * @returns undefined for what is no JSON object
 */
export function readBody(text: string): JsonObject | undefined {
  const body = parseArguments(text);
  if (!isObject(body)) return undefined;
  if (!mayHoldLongNumber(text)) return body;
  return members(body, (name, value) => asNumbers(value, CONVERSATIONS.has(name)));
}

function asNumbers(value: unknown, inConversation: boolean): unknown {
  if (isArray(value)) return value.map((item) => asNumbers(item, inConversation));
  if (!isObject(value)) return value;
  if (JSON.isRawJSON(value)) return Number(value.rawJSON);
  return members(value, (name, inner) =>
    inConversation && ARGUMENTS.has(name) && isObject(inner) ? inner : asNumbers(inner, inConversation),
  );
}

const members = (object: JsonObject, change: (name: string, value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(name, value)]));
