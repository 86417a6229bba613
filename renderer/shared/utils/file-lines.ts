/** A change of a file as the lines of a listing. Pure. */
import type { FileChange } from '../../../contract/rpc/procedures/connect.ts';
import { diffTexts, folded, type DiffLine, type ShownLine } from './text-diff.ts';

export interface FileLines {
  /** Null where the texts are too different to compare. */
  readonly lines: readonly DiffLine[] | null;
  readonly added: number;
  readonly removed: number;
}

/** The text of a file without what no line shows: line ends of Windows and the last line end. */
const textOf = (text: string | null): string => (text ?? '').replaceAll('\r\n', '\n').replace(/\n$/, '');

export function fileLines({ before, after }: FileChange): FileLines {
  const [from, to] = [textOf(before), textOf(after)];
  // A text of no lines is still split into one, which is nobody's.
  const lines =
    diffTexts(from, to)?.filter(
      ({ kind }) => !(from === '' && kind === 'gone') && !(to === '' && kind === 'new'),
    ) ?? null;
  const count = (kind: DiffLine['kind']): number => lines?.filter((line) => line.kind === kind).length ?? 0;
  return { lines, added: count('new'), removed: count('gone') };
}

/** Files of up to so many lines are shown whole. */
const SHORT = 40;

export const shownLines = (lines: readonly DiffLine[], whole: boolean): readonly ShownLine[] =>
  whole || lines.length <= SHORT ? lines : folded(lines);

const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/\.jsonc?$/, 'json'],
  [/\.ya?ml$/, 'yaml'],
  [/\.toml$/, 'toml'],
  [/\.ps1$/, 'powershell'],
  [/(?:rc|profile|\.sh|\.env|\.fish|env)$/, 'bash'],
];

/** Language of a file by its name, as a highlighter knows it; empty where none fits. */
export const languageOf = (path: string): string =>
  LANGUAGES.find(([pattern]) => pattern.test(path))?.[1] ?? '';

/** Name of a file without its folder. */
export const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
