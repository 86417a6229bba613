/**
 * Lays JSON out over lines without changing what it says: numbers keep every digit, strings every escape, and
 * members their order. Parsing and printing again would round large numbers.
 */

export type TokenKind = 'key' | 'string' | 'number' | 'punctuation';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** @returns the tokens with the space between them, or null when the text is not JSON */
export function layOutJson(text: string): readonly Token[] | null {
  if (!isJson(text)) return null;
  const tokens = text.match(TOKEN) ?? [];
  const laidOut: Token[] = [];
  let depth = 0;
  const push = (kind: TokenKind, piece: string): void => void laidOut.push({ kind, text: piece });

  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    switch (token) {
      case '{':
      case '[': {
        const empty = next === '}' || next === ']';
        if (!empty) depth += 1;
        push('punctuation', empty ? token : `${token}\n${'  '.repeat(depth)}`);
        break;
      }
      case '}':
      case ']': {
        const opened = tokens[index - 1];
        const empty = opened === '{' || opened === '[';
        if (!empty) depth -= 1;
        push('punctuation', empty ? token : `\n${'  '.repeat(depth)}${token}`);
        break;
      }
      case ',':
        push('punctuation', `,\n${'  '.repeat(depth)}`);
        break;
      case ':':
        push('punctuation', ': ');
        break;
      default:
        push(token.startsWith('"') ? (next === ':' ? 'key' : 'string') : 'number', token);
    }
  }
  return laidOut;
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
