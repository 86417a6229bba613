/** JSON values as they are written in Python and TypeScript. Pure. */
import { isArray, isObject } from '../../../core/json.ts';

export type Language = 'python' | 'typescript';

const INDENT = '    ';
/** Containers inside each other; no request has so many. */
const MOST_DEPTH = 100;

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  python: { null: 'None', true: 'True', false: 'False' },
  typescript: {},
};

/**
 * Both languages read the strings of JSON.
 * @param depth how far the line is indented on which it begins
 * @throws RangeError for a value that is too deep
 */
export function literal(value: unknown, language: Language, depth = 0): string {
  if (depth > MOST_DEPTH) throw new RangeError('The body is too deep to be written as code.');
  const inner = INDENT.repeat(depth + 1);
  const outer = INDENT.repeat(depth);
  const block = (open: string, lines: readonly string[], close: string): string =>
    lines.length === 0
      ? `${open}${close}`
      : `${open}\n${lines.map((line) => `${inner}${line},\n`).join('')}${outer}${close}`;

  if (JSON.isRawJSON(value)) return value.rawJSON;
  if (isArray(value))
    return block(
      '[',
      value.map((item) => literal(item, language, depth + 1)),
      ']',
    );
  if (isObject(value)) {
    const lines = Object.entries(value).map(
      ([name, member]) => `${memberName(name, language)}: ${literal(member, language, depth + 1)}`,
    );
    return block('{', lines, '}');
  }
  const text = JSON.stringify(value);
  return WORDS[language][text] ?? text;
}

/** A member of this name in an object literal would be the object's prototype. */
const memberName = (name: string, language: Language): string =>
  language === 'typescript' && name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);
