/** The JSON values an answer consists of, however it was sent: one value, an array, events, or a value per line. Pure. */
import { isArray, isObject, parseJson, type JsonObject } from '../json.ts';

export interface AnswerValues {
  readonly values: Iterable<JsonObject>;
  /** It came as a stream: many values, sent one after the other. */
  readonly streamed: boolean;
}

/** @param body of an answer; what is no JSON in it is passed over. Null for what has none at all. */
export function answerValues(body: string): AnswerValues | null {
  const text = body.trimStart();
  if (text.startsWith('{') || text.startsWith('[')) {
    const value = parseJson(text);
    if (isArray(value)) return { values: value.filter(isObject), streamed: true };
    if (isObject(value)) return { values: [value], streamed: false };
    // Lines of values, or a value that was cut off.
    return { values: linesOf(text, ''), streamed: text.startsWith('[') || /\}[^\S\n]*\n\s*\{/.test(text) };
  }
  if (/^(?:data|event|id|retry)?:/m.test(text)) return { values: linesOf(text, 'data:'), streamed: true };
  return null;
}

/** Nobody spreads the JSON of one event over several `data:` lines. */
function* linesOf(text: string, prefix: string): Generator<JsonObject> {
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (!line.startsWith(prefix)) continue;
    // Gemini's array comes a value at a time, with commas and brackets between.
    const json = line
      .slice(prefix.length)
      .replace(prefix === '' ? /^[[,\s]+|(?<![\],\s])[\],\s]+$/g : /^ /, '');
    if (!json.startsWith('{')) continue;
    const value = parseJson(json);
    if (isObject(value)) yield value;
  }
}
