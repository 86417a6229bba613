/** Where a member of a JSON text goes in and out, in the style of what stands around it. */
import { createScanner, type Node } from 'jsonc-parser';
import { indentAt, lineEnd, lineStart, lineStop, type Splice } from './text.ts';

const DEFAULT_INDENT = '  ';

/** A value as text in the place of `node`. */
export function rendered(body: string, root: Node, node: Node, value: unknown): string {
  const indent = indentOfLine(body, node.offset);
  return isOneLine(body, root) ? oneLine(value, ': ') : spread(body, root, value, indent);
}

/**
 * @param container an object or a list
 * @param name of the member; null in a list
 */
export function insertion(
  body: string,
  root: Node,
  container: Node,
  name: string | null,
  value: unknown,
): readonly Splice[] {
  const last = container.children?.at(-1);
  if (last === undefined) return intoEmpty(body, root, container, name, value);
  const flat = isOneLine(body, container);
  const indent = indentAt(body, last.offset) ?? indentAt(body, container.children?.[0]?.offset ?? 0) ?? '';
  const colon = flat ? colonOf(body, last) : ': ';
  const text = flat
    ? member(name, oneLine(value, colon), colon)
    : member(name, spread(body, root, value, indent), colonOf(body, last));
  const stop = last.offset + last.length;
  const comma = commaAfter(body, stop);
  if (flat) {
    const gap = comma === undefined ? gapOf(body, container) : ' ';
    return [
      {
        start: comma ?? stop,
        end: comma ?? stop,
        text: comma === undefined ? `,${gap}${text}` : ` ${text},`,
      },
    ];
  }
  // The comment behind the last member stays on its line.
  const line = endOfComments(body, comma ?? stop);
  const added = `${lineEnd(body)}${indent}${text}${comma === undefined ? '' : ','}`;
  const head: readonly Splice[] = comma === undefined ? [{ start: stop, end: stop, text: ',' }] : [];
  if (line === stop) return [{ start: stop, end: stop, text: `,${added}` }];
  return [...head, { start: line, end: line, text: added }];
}

function intoEmpty(
  body: string,
  root: Node,
  container: Node,
  name: string | null,
  value: unknown,
): readonly Splice[] {
  const start = container.offset + 1;
  const end = container.offset + container.length - 1;
  const inner = body.slice(start, end);
  const outer = container.parent?.parent ?? container.parent;
  if (outer !== undefined && isOneLine(body, outer) && inner.trim() === '') {
    const colon = colonOf(body, container.parent);
    return [{ start, end, text: member(name, oneLine(value, colon), colon) }];
  }
  const base = indentOfLine(body, container.offset);
  const indent = base + unitOf(body, root);
  const text = `${lineEnd(body)}${indent}${member(name, spread(body, root, value, indent), ': ')}${lineEnd(body)}${base}`;
  const kept = inner.trimEnd();
  return [{ start: start + kept.length, end, text }];
}

/** What goes when a member goes: its line where it has one of its own, and the comma that is one too many. */
export function removal(body: string, value: Node): readonly Splice[] {
  const node = value.parent?.type === 'property' ? value.parent : value;
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  const stop = node.offset + node.length;
  const comma = commaAfter(body, stop);
  const own = indentAt(body, node.offset) !== undefined;
  const end = comma !== undefined && body.slice(stop, comma - 1).trim() === '' ? comma : stop;
  const line = lineStop(body, end);
  const alone = own && body.slice(end, line.content).trim() === '';
  const open = before === undefined ? (node.parent?.offset ?? -1) + 1 : before.offset + before.length;
  const previous = before === undefined ? undefined : commaAfter(body, open);
  const between = body.slice(previous ?? open, node.offset);
  // What follows on the line may not end up behind a comment.
  const gap = trailingBlanks(between, alone || (own && !between.includes('//')));
  if (comma !== undefined) {
    const loose: readonly Splice[] = end === stop ? [{ start: comma - 1, end: comma, text: '' }] : [];
    if (alone) return [{ start: lineStart(body, node.offset), end: line.next, text: '' }, ...loose];
    const isLast = siblings.at(-1) === node;
    const start = node.offset - (isLast ? gap : 0);
    return [{ start, end: isLast ? end : end + blanks(body, end), text: '' }, ...loose];
  }
  const loose: readonly Splice[] =
    previous === undefined ? [] : [{ start: previous - 1, end: previous, text: '' }];
  return [...loose, { start: node.offset - gap, end: stop, text: '' }];
}

const member = (name: string | null, text: string, colon: string): string =>
  name === null ? text : `${JSON.stringify(name)}${colon}${text}`;

/** Every value on one line, with the spaces of its surroundings. */
function oneLine(value: unknown, colon: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const gap = colon.endsWith(' ') ? ', ' : ',';
  if (Array.isArray(value)) return `[${value.map((each) => oneLine(each, colon)).join(gap)}]`;
  const members = Object.entries(value).map(([name, each]) => member(name, oneLine(each, colon), colon));
  return `{${members.join(gap)}}`;
}

function spread(body: string, root: Node, value: unknown, indent: string): string {
  return JSON.stringify(value, null, unitOf(body, root)).replaceAll('\n', `${lineEnd(body)}${indent}`);
}

/** One step of indentation, as the outermost members have it. */
function unitOf(body: string, root: Node): string {
  const first = root.children?.[0];
  const indent = first === undefined ? undefined : indentAt(body, first.offset);
  return indent === undefined || indent === ''
    ? DEFAULT_INDENT
    : indent.slice(indentOfLine(body, root.offset).length);
}

const indentOfLine = (body: string, offset: number): string =>
  /^[ \t]*/.exec(body.slice(lineStart(body, offset)))?.[0] ?? '';

function isOneLine(body: string, container: Node): boolean {
  const first = container.children?.[0];
  if (first === undefined) return false;
  return !body.slice(container.offset, container.children?.at(-1)?.offset).includes('\n');
}

function colonOf(body: string, property: Node | undefined): string {
  const [name, value] = property?.children ?? [];
  if (property?.type !== 'property' || name === undefined || value === undefined) return ': ';
  const between = body.slice(name.offset + name.length, value.offset);
  return /^[ \t]*:[ \t]*$/.test(between) ? between : ': ';
}

/** White space between two members of one line. */
function gapOf(body: string, container: Node): string {
  const [first, second] = container.children ?? [];
  if (first !== undefined && second !== undefined) {
    const between = body.slice(first.offset + first.length, second.offset);
    return /^[ \t]*,[ \t]*$/.test(between) ? between.slice(between.indexOf(',') + 1) : ' ';
  }
  return colonOf(body, first).endsWith(' ') ? ' ' : '';
}

/** Offset behind the comma that follows, over white space and comments; undefined where something else does. */
function commaAfter(body: string, offset: number): number | undefined {
  const scanner = createScanner(body, true);
  scanner.setPosition(offset);
  scanner.scan();
  const start = scanner.getTokenOffset();
  return body[start] === ',' ? start + 1 : undefined;
}

/** Behind the comments that stand on the same line. */
function endOfComments(body: string, offset: number): number {
  const scanner = createScanner(body, false);
  scanner.setPosition(offset);
  let end = offset;
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    const token = body.slice(start, start + scanner.getTokenLength());
    if (token.startsWith('//') || token.startsWith('/*')) end = start + token.length;
    else if (!/^[ \t]+$/.test(token)) return end;
  }
}

const blanks = (body: string, offset: number): number => /^[ \t]*/.exec(body.slice(offset))?.[0].length ?? 0;

/** Length of the white space at the end of a text; up to and with its last line end where the line goes whole. */
function trailingBlanks(text: string, whole: boolean): number {
  return (whole ? /(?:\r?\n)?[ \t]*$/ : /[ \t]*$/).exec(text)?.[0].length ?? 0;
}
