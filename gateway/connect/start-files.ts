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
const OPENS = /(?:\b(?:then|do|else|if|elif|while|until)|[{(])\s*$/;
const CLOSES = /^\s*(?:(?:fi|done|then|do|else|elif|esac|end)\b|[)}])/;
/** The statement of a line that ends so goes on in the next. */
const GOES_ON = /(?:&&|\||\\|(?:^|\s)!)\s*$/;

export function linesThatSet(
  text: string,
  kind: StartFileKind,
  variables: readonly string[],
): readonly SetLine[] {
  const lines = text.split(/\r?\n/);
  const set = lines.flatMap((line, index) =>
    isBlank(line) ? [] : settingsIn(line, kind, variables).map((found) => ({ ...found, line: index + 1 })),
  );
  const bare = new Set(set.flatMap((each) => (each.bare ? [each.line] : [])));
  // All of them go together: what is left of a block is what counts.
  const left = lines.map((line, index) => (isBlank(line) || bare.has(index + 1) ? '' : line));
  return set.map(({ variable, value, line, bare: isBare }) => ({
    variable,
    value,
    line,
    alone: isBare && !isMissed(left, line - 1),
  }));
}

const isBlank = (line: string): boolean => /^\s*(?:#|$)/.test(line);

interface Setting extends Pick<SetLine, 'variable' | 'value'> {
  /** Nothing else is on its line. */
  readonly bare: boolean;
}

function settingsIn(line: string, kind: StartFileKind, variables: readonly string[]): readonly Setting[] {
  return [...line.matchAll(PATTERNS[kind])].flatMap((found): readonly Setting[] => {
    const [whole, how = '', variable = '', written = ''] = found;
    const value = written.replace(/^(["'])(.*)\1$/s, '$2');
    if (value === '' || !variables.includes(variable)) return [];
    const rest = `${line.slice(0, found.index)}${line.slice(found.index + whole.length)}`;
    const bare = /^\s*(?:#.*|;\s*)?$/.test(rest);
    // `NAME=value program` sets it for that program alone.
    return how === '' && !bare ? [] : [{ variable, value, bare }];
  });
}

/** A block of a shell with nothing but a comment in it is an error, and so is a statement that ends in the middle. */
function isMissed(lines: readonly string[], index: number): boolean {
  const before = (lines.slice(0, index).findLast((line) => line !== '') ?? '').replace(/\s#.*$/, '');
  const after = lines.slice(index + 1).find((line) => line !== '') ?? '';
  return GOES_ON.test(before) || (OPENS.test(before) && CLOSES.test(after));
}

/** @returns the text with `# ` before those lines */
export const silence = (text: string, numbers: readonly number[]): string =>
  text
    .split('\n')
    .map((line, index) => (numbers.includes(index + 1) ? `# ${line}` : line))
    .join('\n');
