/** Registered secrets taken out of a text, however many there are. */
import { anchorOf, createSecretIndex } from './redact-index.ts';
import { charactersPattern, encodedPatterns, encodedTexts, ESCAPED_LETTER } from './redact-patterns.ts';

/** Shorter values are words as often as secrets (`ollama`, `none`): only alone or after a scheme. */
const SURELY_SECRET_LENGTH = 8;
const SHORTEST_SECRET_LENGTH = 4;
/** So few are looked for by one expression: an index would cost more. */
const FEW = 16;
/** In one expression: one of thousands is refused as too large, with all of them in the message. */
const AT_ONCE = 100;
/** Sets of secrets whose expressions are kept: the same ones come with each request. */
const KEPT = 64;
/** Letters and digits as JSON can write them. */
const ANY_ESCAPED_LETTER = new RegExp(`\\\\{1,8}u00([0-9a-f]{2})`, 'gi');

/** @returns the text with `replacement` for each secret; the same string when it holds none */
export function secretReplacer(secrets: readonly string[], replacement: string): (text: string) => string {
  // Longest first: of two secrets that begin alike the alternation must not stop at the shorter one.
  const known = [...new Set(secrets)]
    .filter(({ length }) => length >= SHORTEST_SECRET_LENGTH)
    .sort((left, right) => right.length - left.length);
  if (known.length === 0) return (text) => text;
  const finder = known.length <= FEW ? findAll(known) : findByIndex(known);
  const patterns = new Map<string, RegExp>();

  function patternFor(numbers: readonly number[], escapedLetters: boolean): RegExp {
    const name = `${escapedLetters} ${numbers.join(' ')}`;
    const before = patterns.get(name);
    if (before !== undefined) return before;
    if (patterns.size >= KEPT) patterns.clear();
    const sources = numbers.flatMap((number) => sourcesOf(known[number] ?? '', escapedLetters));
    const pattern = new RegExp(sources.join('|'), 'g');
    patterns.set(name, pattern);
    return pattern;
  }

  return (text) => {
    const escaped = ESCAPED_LETTER.test(text);
    const numbers = finder(escaped ? text.replace(ANY_ESCAPED_LETTER, letterOf) : text);
    let clean = text;
    for (let at = 0; at < numbers.length; at += AT_ONCE) {
      clean = clean.replace(patternFor(numbers.slice(at, at + AT_ONCE), escaped), replacement);
    }
    return clean;
  };
}

const letterOf = (_whole: string, code: string): string => String.fromCharCode(Number.parseInt(code, 16));

function findAll(known: readonly string[]): () => readonly number[] {
  const all = known.map((_secret, number) => number);
  return () => all;
}

function findByIndex(known: readonly string[]): (text: string) => readonly number[] {
  const anchors = known.map(anchorsOf);
  const always = anchors.flatMap((own, number) => (own === undefined ? [number] : []));
  const index = createSecretIndex(anchors.map((own) => own ?? []));
  return (text) => {
    const found = index.look(text);
    return always.length === 0 ? found : [...found, ...always].sort((left, right) => left - right);
  };
}

/** Undefined where a shape has none: such a secret is always looked for. */
function anchorsOf(secret: string): readonly string[] | undefined {
  const shapes = [secret, ...encodedTexts(secret)].map(anchorOf);
  const anchors = shapes.filter((anchor) => anchor !== undefined);
  return anchors.length === shapes.length ? anchors : undefined;
}

function sourcesOf(secret: string, escapedLetters: boolean): readonly string[] {
  const characters = charactersPattern(secret, escapedLetters);
  if (secret.length >= SURELY_SECRET_LENGTH) return [characters, ...encodedPatterns(secret)];
  return [`(?<=^|["'=]|[Bb]earer )${characters}(?=$|["'&\\s])`];
}
