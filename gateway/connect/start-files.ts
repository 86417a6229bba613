/** Variables that files of shells and sessions set, line by line. Pure; a shell's whole language is not understood. */

export type StartFileKind = 'sh' | 'fish' | 'session';

export interface SetLine {
  readonly variable: string;
  readonly value: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line does nothing else, so that it can be taken out alone. */
  readonly alone: boolean;
}

const VALUE = `"(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s;&|#"'\\\\]*`;
const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const PATTERNS: Readonly<Record<StartFileKind, RegExp>> = {
  sh: new RegExp(`(?:^|[;&\\s])(export\\s+|(?:declare|typeset)\\s+-\\w*x\\w*\\s+)?(${NAME})=(${VALUE})`, 'g'),
  fish: new RegExp(
    `(?:^|[;&\\s])(set\\s+(?:-{1,2}[\\w-]+\\s+)*(?:-\\w*x\\w*|--export)\\s+(?:-{1,2}[\\w-]+\\s+)*)(${NAME})\\s+(${VALUE})`,
    'g',
  ),
  session: new RegExp(`^\\s*()(${NAME})=(${VALUE})`, 'g'),
};
const OPENS = /(?:\b(?:then|do|else)|[{(])\s*$/;
const CLOSES = /^\s*(?:(?:fi|done|else|elif|esac|end)\b|[)}])/;

export function linesThatSet(
  text: string,
  kind: StartFileKind,
  variables: readonly string[],
): readonly SetLine[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (/^\s*(?:#|$)/.test(line)) return [];
    return [...line.matchAll(PATTERNS[kind])].flatMap((found): readonly SetLine[] => {
      const [whole, how = '', variable = '', written = ''] = found;
      const value = written.replace(/^(["'])(.*)\1$/s, '$2');
      if (value === '' || !variables.includes(variable)) return [];
      const rest = `${line.slice(0, found.index)}${line.slice(found.index + whole.length)}`;
      const bare = /^\s*(?:#.*|;\s*)?$/.test(rest);
      // `NAME=value program` sets it for that program alone.
      if (how === '' && !bare) return [];
      return [{ variable, value, line: index + 1, alone: bare && !isOnlyOfBlock(lines, index) }];
    });
  });
}

/** A block of a shell with nothing but a comment in it is an error. */
function isOnlyOfBlock(lines: readonly string[], index: number): boolean {
  const isBlank = (line: string): boolean => /^\s*(?:#.*)?$/.test(line);
  const before = lines.slice(0, index).findLast((line) => !isBlank(line)) ?? '';
  const after = lines.slice(index + 1).find((line) => !isBlank(line)) ?? '';
  return OPENS.test(before) && CLOSES.test(after);
}

/** @returns the text with `# ` before those lines */
export const silence = (text: string, numbers: readonly number[]): string =>
  text
    .split('\n')
    .map((line, index) => (numbers.includes(index + 1) ? `# ${line}` : line))
    .join('\n');
