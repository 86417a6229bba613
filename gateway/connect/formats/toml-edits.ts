/** Where a key of a TOML text goes in and out. */
import type { SettingEditValue } from '../tool.ts';
import { indentAt, lineEnd, lineStart, lineStop, type Splice } from './text.ts';
import type { TomlPair, TomlStatements } from './toml-scan.ts';

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
  if (table !== undefined) return intoInline(pairs, table, path, text);
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
  pairs: readonly TomlPair[],
  table: TomlPair,
  path: readonly string[],
  text: string,
): Splice {
  const line = `${keyText(path.slice(table.path.length))} = ${text}`;
  const last = pairs.findLast((each) => each.inline && within(each, table) && same(each.home, table.path));
  if (last !== undefined) return { start: last.end, end: last.end, text: `, ${line}` };
  return { start: table.start + 1, end: table.end - 1, text: ` ${line} ` };
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

export function removal(
  body: string,
  { pairs, headers }: TomlStatements,
  path: readonly string[],
): readonly Splice[] {
  const gone = pairs.filter((each) => startsWith(each.path, path));
  const outermost = gone.filter((each) => !gone.some((other) => other !== each && within(each, other)));
  return [
    ...outermost.map((each) =>
      each.inline
        ? inlineRemoval(pairs, each)
        : withBlankAfter(body, pairs, each, lineRemoval(body, each.keyStart, each.end)),
    ),
    ...headers
      .filter((each) => startsWith(each.path, path))
      .map((each) => withBlankBefore(body, lineRemoval(body, each.start, each.end))),
  ];
}

function lineRemoval(body: string, start: number, end: number): Splice {
  const line = lineStop(body, end);
  if (body.slice(end, line.content).trim() !== '') return { start, end, text: '' };
  const from = lineStart(body, start);
  if (line.next > line.content) return { start: from, end: line.next, text: '' };
  const before = /\r?\n$/.exec(body.slice(0, from))?.[0].length ?? 0;
  return { start: from - before, end: line.next, text: '' };
}

function withBlankBefore(body: string, line: Splice): Splice {
  const before = /(?:^|\n)([ \t]*\r?\n)$/.exec(body.slice(0, line.start))?.[1]?.length ?? 0;
  return { ...line, start: line.start - before };
}

/** The last key before the tables takes the blank line along that came with it. */
function withBlankAfter(body: string, pairs: readonly TomlPair[], pair: TomlPair, line: Splice): Splice {
  const alone =
    pair.home.length === 0 && pairs.every((each) => each.inline || each === pair || each.home.length > 0);
  const blank = alone ? (/^[ \t]*\r?\n(?=[^\r\n])/.exec(body.slice(line.end))?.[0].length ?? 0) : 0;
  return body[line.end - 1] === '\n' ? { ...line, end: line.end + blank } : line;
}

function inlineRemoval(pairs: readonly TomlPair[], pair: TomlPair): Splice {
  const table = pairs.find((each) => each.table && within(pair, each) && same(each.path, pair.home));
  const siblings = pairs.filter(
    (each) => each.inline && table !== undefined && within(each, table) && same(each.home, pair.home),
  );
  const at = siblings.indexOf(pair);
  const next = siblings[at + 1];
  const previous = siblings[at - 1];
  if (next !== undefined) return { start: pair.keyStart, end: next.keyStart, text: '' };
  return { start: previous?.end ?? pair.keyStart, end: pair.end, text: '' };
}

const equals = (body: string, pair: TomlPair): string =>
  /[^ \t]=[^ \t]/.test(body.slice(pair.keyStart, pair.start + 1)) ? '=' : ' = ';

const within = (inner: TomlPair, outer: TomlPair): boolean =>
  inner.keyStart >= outer.start && inner.end <= outer.end;

const keyText = (parts: readonly string[]): string =>
  parts.map((part) => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join('.');

const startsWith = (path: readonly string[], head: readonly string[]): boolean =>
  head.every((part, at) => path[at] === part);

const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && startsWith(left, right);
