/** Whether JSON holds a member of a name with something in it, found in its bytes without parsing it. */
import { skipSpace } from './json-lexemes.ts';

const QUOTE = 0x22;
const COLON = 0x3a;
const BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * True where a member's value is a text or a list that is not empty. Inside of a text its quotation marks would be
 * escaped, so words of people are never taken for members.
 * @param json part of valid JSON
 */
export function holdsMember(json: Uint8Array, name: string): boolean {
  const text = Buffer.from(json.buffer, json.byteOffset, json.length);
  const word = Buffer.from(JSON.stringify(name));
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    const colon = skipSpace(text, at + word.length);
    if (text[colon] === COLON && isGiven(text, skipSpace(text, colon + 1))) return true;
  }
  return false;
}

function isGiven(text: Uint8Array, at: number): boolean {
  if (text[at] === QUOTE) return text[at + 1] !== QUOTE;
  return text[at] === BRACKET && text[skipSpace(text, at + 1)] !== CLOSE_BRACKET;
}
