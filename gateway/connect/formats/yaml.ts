/** YAML, changed as text by the places that its parser knows; nothing is written anew. */
import { isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { told } from '../sayings.ts';
import {
  SettingsSyntaxError,
  type PathStep,
  type RawEdit,
  type SettingPath,
  type TextEdit,
  type TextFormat,
} from '../tool.ts';
import { fresh, insertion, removal, replacement } from './yaml-edits.ts';
import {
  endOf,
  isBlock,
  isNothing,
  isUnwritten,
  memberNode,
  pairs,
  rangeOf,
  type Place,
} from './yaml-nodes.ts';
import { notContainer, splice, twice, unmarked } from './text.ts';
import { entry, nest } from './values.ts';

export const yaml: TextFormat = {
  get: (text, path) => {
    const { body } = unmarked(text);
    const document = parsed(body);
    const { place, rest } = walked(body, document, path);
    if (rest.length > 0) return undefined;
    const value: unknown = place.node === null ? null : place.node.toJS(document);
    return value;
  },
  raw: (text, path) => {
    const { body } = unmarked(text);
    const { place, rest } = walked(body, parsed(body), path);
    if (rest.length > 0 || place.node === null || isBlock(place.node)) return undefined;
    return body.slice(rangeOf(place.node).start, endOf(body, place.node));
  },
  apply: (text, edits) => {
    const { mark, body } = unmarked(text ?? '');
    return mark + edits.reduce(applied, body);
  },
};

function applied(body: string, edit: TextEdit | RawEdit): string {
  const document = parsed(body);
  const { place, rest } = walked(body, document, edit.path);
  const raw = 'raw' in edit ? edit.raw : undefined;
  const value = 'raw' in edit ? undefined : edit.value;
  if (value === undefined && raw === undefined)
    return rest.length > 0 ? body : splice(body, removal(body, place));
  const [missing, ...below] = rest;
  if (missing === undefined)
    return splice(body, replacement(body, place, raw ?? value ?? null, raw !== undefined));
  if (value === undefined) return body;
  const inner = nest(below, value);
  const added = typeof missing === 'string' ? { [missing]: inner } : [entry(missing, inner)];
  if (place.parent === null && isUnwritten(place.node)) return fresh(body, added);
  return splice(body, insertion(body, place, added));
}

interface Walk {
  readonly place: Place;
  readonly rest: SettingPath;
}

/** As deep as a path goes, and the steps that are missing. */
function walked(body: string, document: Document.Parsed, path: SettingPath): Walk {
  let place: Place = { node: document.contents, parent: null, pair: null };
  for (const [depth, step] of path.entries()) {
    if (place.node === null || isNothing(place.node)) return { place, rest: path.slice(depth) };
    const next = child(body, place.node, step, path.slice(0, depth));
    if (next === undefined) return { place, rest: path.slice(depth) };
    place = { ...next, parent: place };
  }
  return { place, rest: [] };
}

function child(
  body: string,
  node: Node,
  step: PathStep,
  outer: SettingPath,
): Omit<Place, 'parent'> | undefined {
  if (typeof step === 'string') {
    if (!isMap(node)) throw notContainer(body, rangeOf(node).start, outer);
    const pair = pairs(node).find(({ key }) => isScalar(key) && String(key.value) === step);
    return pair === undefined ? undefined : { node: pair.value, pair };
  }
  if (!isSeq(node) || node.items.length === 0) {
    if (isSeq(node)) return undefined;
    throw notContainer(body, rangeOf(node).start, outer);
  }
  const found = node.items.flatMap((item) => {
    const member = isMap(item) ? memberNode(item, step.key) : null;
    return isMap(item) && isScalar(member) && member.value === step.is ? [item] : [];
  });
  const [first, second] = found;
  if (second !== undefined) throw twice(body, rangeOf(second).start, [...outer, step]);
  return first === undefined ? undefined : { node: first, pair: null };
}

function parsed(body: string): Document.Parsed {
  const document = parseDocument(body, { logLevel: 'silent', prettyErrors: true, keepSourceTokens: true });
  const [first] = document.errors;
  if (first === undefined) return document;
  const reason = first.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
  const { line = 1, col = 1 } = first.linePos?.[0] ?? {};
  const message = reason.endsWith('.') ? reason : `${reason}.`;
  throw new SettingsSyntaxError(told('parser', { message }), line, col);
}
