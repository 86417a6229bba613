/** Where a member of a YAML text goes in and out. */
import { isMap, isSeq, stringify, type Node } from 'yaml';
import type { SettingEditValue } from '../tool.ts';
import { indentAt, lineEnd, lineStart, lineStop, type Splice } from './text.ts';
import { isMembers } from './values.ts';
import {
  colonEnd,
  dashOf,
  endOf,
  endOfPair,
  isBlock,
  isEmptyFlow,
  isNothing,
  isUnwritten,
  members,
  pairs,
  rangeOf,
  type Place,
} from './yaml-nodes.ts';

/** A file that holds nothing yet, but comments perhaps. */
export function fresh(body: string, value: SettingEditValue): string {
  const end = lineEnd(body);
  const text = lines(value, unitOf(body)).join(end) + end;
  if (body.trim() === '') return text;
  return `${body}${body.endsWith('\n') ? '' : end}${text}`;
}

/** @param written whether `value` is a text as it stood in the file */
export function replacement(
  body: string,
  { node, pair }: Place,
  value: SettingEditValue,
  written: boolean,
): readonly Splice[] {
  const text = written && typeof value === 'string' ? value : flow(value);
  if (pair !== null && (text === '' || isUnwritten(node) || isBlock(node))) {
    const start = colonEnd(body, pair);
    return [{ start, end: endOfPair(body, pair), text: text === '' ? '' : ` ${text}` }];
  }
  if (node === null) return [];
  return [{ start: rangeOf(node).start, end: endOf(body, node), text }];
}

/** @param added a map or a list of the one new member */
export function insertion(body: string, place: Place, added: SettingEditValue): readonly Splice[] {
  const { node } = place;
  if (isNothing(node) || isEmptyFlow(node)) return intoEmpty(body, place, added);
  const inside = isMap(node) ? pairs(node).at(-1) : undefined;
  const last = inside === undefined ? members(node).at(-1) : inside.key;
  if (node === null || last === undefined) return [];
  const end = inside === undefined ? endOf(body, last) : endOfPair(body, inside);
  if (!isBlock(node)) {
    const comma = /^\s*,/.exec(body.slice(end))?.[0].length;
    const text = flow(added).slice(1, -1).trim();
    return [
      comma === undefined
        ? { start: end, end, text: `, ${text}` }
        : { start: end + comma, end: end + comma, text: ` ${text},` },
    ];
  }
  const indent = isMap(node)
    ? columnOf(body, firstKey(node) ?? last)
    : column(body, dashOf(node, members(node)[0] ?? last));
  return [under(body, end, ' '.repeat(indent), lines(added, unitOf(body)))];
}

function intoEmpty(body: string, { node, pair, parent }: Place, added: SettingEditValue): readonly Splice[] {
  const inFlow = parent !== null && parent.node !== null && !isBlock(parent.node);
  const written = node !== null && !isUnwritten(node);
  if (pair === null || inFlow) {
    const { start, end } = node === null ? { start: 0, end: 0 } : rangeOf(node);
    const text = inFlow ? flow(added) : lines(added, unitOf(body)).join(lineEnd(body));
    const gap = inFlow && !written ? ' ' : '';
    return [{ start, end, text: gap + text }];
  }
  const start = colonEnd(body, pair);
  const end = written ? endOf(body, node) : start;
  const indent = ' '.repeat(columnOf(body, pair.key)) + unitOf(body);
  return [{ start, end, text: '' }, under(body, end, indent, lines(added, unitOf(body)))];
}

/** New lines under the line of an offset, behind its comment. */
function under(body: string, offset: number, indent: string, added: readonly string[]): Splice {
  const { content } = lineStop(body, offset);
  return {
    start: content,
    end: content,
    text: added.map((line) => `${lineEnd(body)}${indent}${line}`).join(''),
  };
}

export function removal(body: string, { node, pair, parent }: Place): readonly Splice[] {
  const outer = parent?.node ?? null;
  if (outer === null) return [];
  const spans = isMap(outer)
    ? pairs(outer).map((each) => ({ start: rangeOf(each.key).start, end: endOfPair(body, each) }))
    : members(outer).map((each) => ({ start: itemStart(outer, each), end: endOf(body, each) }));
  const at = isMap(outer)
    ? pairs(outer).findIndex(({ key }) => key === pair?.key)
    : members(outer).findIndex((each) => each === node);
  const span = spans[at];
  if (span === undefined) return [];
  const next = spans[at + 1];
  const previous = spans[at - 1];
  if (!isBlock(outer)) {
    if (next !== undefined) return [{ start: span.start, end: next.start, text: '' }];
    return [{ start: previous?.end ?? span.start, end: span.end, text: '' }];
  }
  // On the line of a dash: what follows moves up to it.
  if (indentAt(body, span.start) === undefined && next !== undefined)
    return [{ start: span.start, end: next.start, text: '' }];
  return [wholeLines(body, span.start, span.end)];
}

function wholeLines(body: string, start: number, end: number): Splice {
  const line = lineStop(body, end);
  if (body.slice(end, line.content).trim() !== '' || indentAt(body, start) === undefined)
    return { start, end, text: '' };
  const from = lineStart(body, start);
  if (line.next > line.content) return { start: from, end: line.next, text: '' };
  const before = /\r?\n$/.exec(body.slice(0, from))?.[0].length ?? 0;
  return { start: from - before, end: line.next, text: '' };
}

const itemStart = (list: Node, item: Node): number => {
  const { start } = rangeOf(item);
  return isSeq(list) && isBlock(list) ? dashOf(list, item) : start;
};

const firstKey = (node: Node): Node | undefined => (isMap(node) ? pairs(node)[0]?.key : undefined);

const columnOf = (body: string, node: Node): number => column(body, rangeOf(node).start);

const column = (body: string, offset: number): number => offset - lineStart(body, offset);

/** One step of indentation: that of the first line that has one. */
const unitOf = (body: string): string => /^( {1,8})[^ \s#]/m.exec(body)?.[1] ?? '  ';

function lines(value: SettingEditValue, unit: string): readonly string[] {
  if (isList(value)) {
    return value.flatMap((item) => lines(item, unit).map((line, at) => `${at === 0 ? '- ' : '  '}${line}`));
  }
  if (!isMembers(value)) return [flow(value)];
  return Object.entries(value).flatMap(([name, member]) =>
    isLong(member)
      ? [`${scalar(name)}:`, ...lines(member, unit).map((line) => `${unit}${line}`)]
      : [`${scalar(name)}: ${flow(member)}`],
  );
}

/** A group, or a list with groups: one line a member. */
const isLong = (value: SettingEditValue): boolean =>
  isList(value) ? value.some((item) => isMembers(item)) : isMembers(value) && Object.keys(value).length > 0;

function flow(value: SettingEditValue): string {
  if (isList(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalar(value);
  const inner = Object.entries(value).map(([name, member]) => `${scalar(name)}: ${flow(member)}`);
  return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
}

/** A text in quotes where it would be read as something else without, inside brackets too. */
function scalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  return plain === value && !/[,[\]{}\n]/.test(value) ? value : JSON.stringify(value);
}

const isList = (value: SettingEditValue): value is readonly SettingEditValue[] => Array.isArray(value);
