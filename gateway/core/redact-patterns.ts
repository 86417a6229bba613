/** The shapes one secret travels in, as sources of regular expressions without flags. */

/**
 * Backslashes one character may gather: JSON in JSON in JSON has seven. Bounded, because an open `*` would
 * make a long run of backslashes quadratic.
 */
const BACKSLASHES = '\\\\{0,7}';
const SOME_BACKSLASHES = '\\\\{1,8}';

/** Control characters with a letter of their own in JSON (RFC 8259 section 7). */
const JSON_LETTERS: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
  '\b': 'b',
  '\f': 'f',
};

/**
 * The secret as it is, URL-encoded, or escaped in JSON, in any mixture. Letters and digits are taken
 * literally, which finds them many times faster, save where `escapedLetters` asks for their escapes too.
 */
export function charactersPattern(secret: string, escapedLetters = false): string {
  return Array.from(secret, (character) => characterPattern(character, escapedLetters)).join('');
}

/** A letter or digit as `\u0073`. No encoder in use writes that, but JSON allows it, and a reader undoes it. */
export const ESCAPED_LETTER = /\\u00(?:3\d|[46][1-9a-f]|[57][\da])/i;

function characterPattern(character: string, escapedLetters: boolean): string {
  if (/^[A-Za-z0-9]$/.test(character)) {
    // From the first backslash of a run: a long one is not tried again from each of them.
    return escapedLetters ? `(?:${character}|(?<!\\\\)${unicodePattern(character)})` : character;
  }
  const shapes = [
    character === '\\' ? SOME_BACKSLASHES : BACKSLASHES + literalPattern(character),
    percentPattern(character),
    unicodePattern(character),
  ];
  const letter = JSON_LETTERS[character];
  if (letter !== undefined) shapes.push(SOME_BACKSLASHES + letter);
  if (character === ' ') shapes.push('\\+');
  return `(?:${shapes.join('|')})`;
}

function literalPattern(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** `%2F` or `%2f`, one per UTF-8 byte. */
function percentPattern(character: string): string {
  return Array.from(Buffer.from(character), (byte) => `%${hexPattern(byte, 2)}`).join('');
}

/** `\u002f` or `\u002F`, one per UTF-16 unit. */
function unicodePattern(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0));
  return units.map((unit) => `${SOME_BACKSLASHES}u${hexPattern(unit, 4)}`).join('');
}

/** Hexadecimal digits in either case. */
function hexPattern(value: number, digits: number): string {
  const text = value.toString(16).padStart(digits, '0');
  return text.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/**
 * Base64 of the secret at each of the three places it can begin inside a longer text (`user:secret`). Characters shared
 * with a neighbour are left out: they are not known here.
 */
export function encodedTexts(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
}

/** The same in the standard and in the URL-safe alphabet, escaped or not. */
export function encodedPatterns(secret: string): readonly string[] {
  return encodedTexts(secret).map((encoded) =>
    encoded.replaceAll('/', `(?:${BACKSLASHES}[/_]|%2[fF])`).replaceAll('+', '(?:[+-]|%2[bB])'),
  );
}
