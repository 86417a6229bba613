/** Where a key of a TOML text goes in. */
import type { SettingEditValue } from '../tool.ts';
import { indentAt, lineEnd, lineStart, lineStop, type Splice } from './text.ts';
import { same, startsWith, within, type TomlPair, type TomlStatements } from './toml-scan.ts';

/** A value as TOML; a text in single quotes stays in them where it can. */
export function written(value: SettingEditValue, old: string): string {
  if (typeof value === 'string') {
    const literal = /^'[^']/.test(old) && /^[^'\p{Cc}]*$/u.test(value);
    return literal ? `'${value}'` : JSON.stringify(value);
  }
  if (typeof value !== 'object') return String(value);
  if (value === null) return '""';
  if (isList(value)) return `[${value.map((each) => written(each, '')).join(', ')}]`;
  const members = Object.entries(value).map(([name, each]) => `${keyText([name])} = ${written(each, '')}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const isList = (value: SettingEditValue): value is readonly SettingEditValue[] => Array.isArray(value);

export function insertion(
  body: string,
  { pairs, headers }: TomlStatements,
  path: readonly string[],
  text: string,
): Splice {
  const parent = path.slice(0, -1);
  const table = pairs.findLast((each) => each.table && startsWith(parent, each.path));
  if (table !== undefined) return intoInline(body, pairs, table, path, text);
  const header = headers.find((each) => !each.list && same(each.path, parent));
  const siblings = pairs.filter((each) => !each.inline && same(each.home, parent));
  const dotted = pairs.findLast((each) => isDotted(each, parent));
  const after = header === undefined && parent.length > 0 ? dotted : siblings.at(-1);
  if (after !== undefined) {
    const key = keyText(path.slice(after.home.length));
    return below(body, after.keyStart, after.end, `${key}${equals(body, after)}${text}`);
  }
  const line = `${keyText(path.slice(header === undefined ? 0 : parent.length))} = ${text}`;
  if (header !== undefined) return below(body, header.start, header.end, line);
  if (parent.length === 0) return atTop(body, headers[0]?.start, line);
  const end = lineEnd(body);
  return atEnd(body, `[${keyText(parent)}]${end}${keyText(path.slice(-1))} = ${text}`, true);
}

/** A table that dotted keys define takes more dotted keys, and no header. */
const isDotted = (pair: TomlPair, parent: readonly string[]): boolean =>
  !pair.inline &&
  parent.some((_, at) => {
    const outer = parent.slice(0, at + 1);
    return pair.home.length < outer.length && pair.path.length > outer.length && startsWith(pair.path, outer);
  });

function intoInline(
  body: string,
  pairs: readonly TomlPair[],
  table: TomlPair,
  path: readonly string[],
  text: string,
): Splice {
  const line = `${keyText(path.slice(table.path.length))} = ${text}`;
  const last = pairs.findLast((each) => each.inline && within(each, table) && same(each.home, table.path));
  if (last !== undefined) return { start: last.end, end: last.end, text: `, ${line}` };
  const [start, end] = [table.start + 1, table.end - 1];
  // A comment in it stays.
  return body.slice(start, end).trim() === ''
    ? { start, end, text: ` ${line} ` }
    : { start, end: start, text: ` ${line}` };
}

/** On a line of its own under the line of a statement, indented as that one is. */
function below(body: string, start: number, end: number, line: string): Splice {
  const { content } = lineStop(body, end);
  return { start: content, end: content, text: `${lineEnd(body)}${indentAt(body, start) ?? ''}${line}` };
}

/** Before the first header and the comment that stands right above it. */
function atTop(body: string, header: number | undefined, line: string): Splice {
  if (header === undefined) return atEnd(body, line, false);
  let at = lineStart(body, header);
  while (at > 0 && /^[ \t]*#/.test(body.slice(lineStart(body, at - 1), at))) at = lineStart(body, at - 1);
  return { start: at, end: at, text: `${line}${lineEnd(body)}${lineEnd(body)}` };
}

function atEnd(body: string, text: string, apart: boolean): Splice {
  const end = lineEnd(body);
  const open = body === '' || body.endsWith('\n');
  const gap = `${open ? '' : end}${apart && body.trim() !== '' ? end : ''}`;
  return { start: body.length, end: body.length, text: `${gap}${text}${open ? end : ''}` };
}

const equals = (body: string, pair: TomlPair): string =>
  /[^ \t]=[^ \t]/.test(body.slice(pair.keyStart, pair.start + 1)) ? '=' : ' = ';

const keyText = (parts: readonly string[]): string =>
  parts.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join('.');
