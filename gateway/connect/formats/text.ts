/** What every format needs of a text: splices, lines and columns, line ends, the byte order mark. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import { told } from '../sayings.ts';
import { SettingsSyntaxError, type PathStep, type SettingPath } from '../tool.ts';

/** Puts `text` in the place of what stands from `start` to `end`; offsets are of the text before all splices. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function splice(text: string, splices: readonly Splice[]): string {
  return splices
    .toSorted((left, right) => right.start - left.start || right.end - left.end)
    .reduce((now, each) => now.slice(0, each.start) + each.text + now.slice(each.end), text);
}

const MARK = '\uFEFF';

/** A text without its byte order mark, and the mark. */
export function unmarked(text: string): { readonly mark: string; readonly body: string } {
  return text.startsWith(MARK) ? { mark: MARK, body: text.slice(1) } : { mark: '', body: text };
}

/** `\r\n` where the first line ends so. */
export const lineEnd = (text: string): string => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');

/** Where the line of an offset begins. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where the line of an offset ends: before its line end, and after it. */
export function lineStop(text: string, offset: number): { readonly content: number; readonly next: number } {
  const feed = text.indexOf('\n', offset);
  if (feed === -1) return { content: text.length, next: text.length };
  return { content: text[feed - 1] === '\r' && feed > offset ? feed - 1 : feed, next: feed + 1 };
}

/** White space between the beginning of a line and an offset; undefined where something else stands before it. */
export function indentAt(text: string, offset: number): string | undefined {
  const before = text.slice(lineStart(text, offset), offset);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

export function syntaxErrorAt(text: string, offset: number, reason: Told): SettingsSyntaxError {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return new SettingsSyntaxError(reason, line, offset - lineStart(text, offset) + 1);
}

export const stepName = (step: PathStep): string =>
  typeof step === 'string' ? step : `${step.key}: ${step.is}`;

/** `env › ANTHROPIC_MODEL` */
export const pathName = (path: SettingPath): string => path.map(stepName).join(' › ');

export function twice(text: string, offset: number, path: SettingPath): SettingsSyntaxError {
  return syntaxErrorAt(text, offset, told('twice', { place: pathName(path) }));
}

export function notContainer(text: string, offset: number, path: SettingPath): SettingsSyntaxError {
  const name = path.length === 0 ? 'the file' : `“${pathName(path)}”`;
  return syntaxErrorAt(text, offset, told('no-group', { place: name }));
}
