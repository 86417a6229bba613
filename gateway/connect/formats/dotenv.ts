/** Files of variables, `NAME=value` a line, as the dotenv packages read them: of a name set twice, the last wins. */
import { told } from '../sayings.ts';
import type { RawEdit, SettingEditValue, SettingPath, TextEdit, TextFormat } from '../tool.ts';
import { lineEnd, lineStop, notContainer, splice, syntaxErrorAt, unmarked, type Splice } from './text.ts';

interface Assignment {
  readonly name: string;
  /** Beginning of its line. */
  readonly from: number;
  /** Its value as written, quotes and all. */
  readonly start: number;
  readonly end: number;
}

const HEAD = /^[ \t]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=[ \t]*|:[ \t]+)/;
const QUOTED = /^(?:"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|`(?:\\[^]|[^`\\])*`)/;

export const dotenv: TextFormat = {
  get: (text, path) => {
    const { body } = unmarked(text);
    const all = assignments(body);
    if (path.length === 0) return Object.fromEntries(all.map((each) => [each.name, valueOf(body, each)]));
    const found = last(all, nameOf(body, path));
    return found === undefined ? undefined : valueOf(body, found);
  },
  raw: (text, path) => {
    const { body } = unmarked(text);
    const found = path.length === 0 ? undefined : last(assignments(body), nameOf(body, path));
    return found === undefined ? undefined : body.slice(found.start, found.end);
  },
  apply: (text, edits) => {
    const { mark, body } = unmarked(text ?? '');
    return mark + edits.reduce(applied, body);
  },
};

function applied(body: string, edit: TextEdit | RawEdit): string {
  const name = nameOf(body, edit.path);
  const all = assignments(body);
  if (!('raw' in edit) && edit.value === undefined) {
    return splice(
      body,
      all.filter((each) => each.name === name).map((each) => wholeLine(body, each)),
    );
  }
  const found = last(all, name);
  const old = found === undefined ? '' : body.slice(found.start, found.end);
  const written = 'raw' in edit ? edit.raw : quoted(asText(edit.value), old);
  if (found !== undefined) return splice(body, [{ start: found.start, end: found.end, text: written }]);
  const end = lineEnd(body);
  const open = body === '' || body.endsWith('\n');
  return open ? `${body}${name}=${written}${end}` : `${body}${end}${name}=${written}`;
}

/** A line that ends the file takes the line end before it along. */
function wholeLine(body: string, { from, end }: Assignment): Splice {
  const line = lineStop(body, end);
  if (line.next > line.content) return { start: from, end: line.next, text: '' };
  const before = body.slice(0, from);
  return { start: from - (/\r?\n$/.exec(before)?.[0].length ?? 0), end: line.next, text: '' };
}

function nameOf(body: string, path: SettingPath): string {
  const [name, ...below] = path;
  if (typeof name !== 'string' || below.length > 0) throw notContainer(body, 0, path);
  return name;
}

const last = (all: readonly Assignment[], name: string): Assignment | undefined =>
  all.findLast((each) => each.name === name);

/** @throws SettingsSyntaxError for a line that is neither a variable nor a comment */
function assignments(body: string): readonly Assignment[] {
  const found: Assignment[] = [];
  let from = 0;
  while (from < body.length) {
    const head = HEAD.exec(body.slice(from, lineStop(body, from).content));
    if (head === null) {
      const { content, next } = lineStop(body, from);
      const line = body.slice(from, content).trim();
      // A name alone after `export` sets nothing.
      if (line !== '' && !line.startsWith('#') && !/^export[ \t]+[\w.-]+$/.test(line))
        throw syntaxErrorAt(body, from, told('variable-line'));
      from = next;
      continue;
    }
    const start = from + head[0].length;
    const end = valueEnd(body, start);
    found.push({ name: head[1] ?? '', from, start, end });
    from = lineStop(body, end).next;
  }
  return found;
}

function valueEnd(body: string, start: number): number {
  const { content } = lineStop(body, start);
  const quote = QUOTED.exec(body.slice(start));
  if (quote !== null) return start + quote[0].length;
  if (/^["'`]/.test(body.slice(start, content))) throw syntaxErrorAt(body, start, told('quote-missing'));
  const bare = body.slice(start, content);
  return start + (bare.split('#')[0] ?? '').trimEnd().length;
}

function valueOf(body: string, { start, end }: Assignment): string {
  const written = body.slice(start, end);
  const inner = written.slice(1, -1);
  if (written.startsWith('"')) return inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r');
  return /^['`]/.test(written) ? inner : written;
}

const asText = (value: SettingEditValue | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');

/** In the quotes it had before, else in those it needs. */
function quoted(value: string, old: string): string {
  const before = /^["'`]/.exec(old)?.[0];
  if (before !== undefined && !value.includes(before)) return `${before}${value}${before}`;
  if (/^[\w./:@+%,-]*$/.test(value)) return value;
  return ['"', "'", '`'].map((quote) => `${quote}${value}${quote}`).find((each) => isWhole(each)) ?? value;
}

const isWhole = (written: string): boolean => !written.slice(1, -1).includes(written.charAt(0));
