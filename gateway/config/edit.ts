/**
 * Changes to the text of the configuration that leave the rest as the user wrote it: comments, order, spacing
 * and `${NAME}`. Pure: text in, text out.
 */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  YAMLMap,
  YAMLSeq,
  type Document,
} from 'yaml';
import { isDeepStrictEqual } from 'node:util';
import { RpcError } from '../../contract/rpc/errors.ts';
import { sameField } from './field-names.ts';
import { detectLayout, patchLines } from './layout.ts';

/** A step to a setting: its name, or the list entry with an id. */
export type EditStep = string | { readonly id: string };
export type EditPath = readonly EditStep[];

/** Members to change, at any depth; undefined takes one out, what is not named stays as it is written. */
export interface Changes {
  readonly [member: string]: unknown;
}

export interface ArrangedEntry {
  /** Index of the entry it was; null for a new one. */
  readonly was: number | null;
  /** Of a new entry: all it has. */
  readonly changes: Changes;
}

export type ConfigEdit =
  /** Gives a setting a value; what leads to it is created, an entry of a list too. */
  | { readonly op: 'set'; readonly path: EditPath; readonly value: unknown }
  /** Puts a list of entries without ids anew: in another order, with others, some of them changed. */
  | { readonly op: 'arrange'; readonly path: EditPath; readonly entries: readonly ArrangedEntry[] }
  /** Takes out a setting or an entry. */
  | { readonly op: 'delete'; readonly path: EditPath }
  /** Appends an entry with an id of its own to the list at `path`. */
  | {
      readonly op: 'add';
      readonly path: EditPath;
      readonly value: { readonly id: string } & Record<string, unknown>;
    };

/** `providers[openai].keys[k1].weight` */
export function editPathText(path: EditPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step !== 'string') return `${text}[${step.id}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/**
 * @param text a configuration that can be read
 * @throws RpcError `conflict` when the entry is there already or not at all, or the file's form cannot be edited
 */
export function applyEdits(text: string, edits: readonly ConfigEdit[]): string {
  const edited = edits.reduce(applyEdit, text.replaceAll('\r\n', '\n'));
  return text.includes('\r\n') ? edited.replaceAll('\n', '\r\n') : edited;
}

function applyEdit(text: string, edit: ConfigEdit): string {
  const document = parseDocument(text, { logLevel: 'error' });
  const layout = { ...detectLayout(text), lineWidth: 0 };
  const before = document.toString(layout);
  if (edit.op === 'delete') remove(document, edit.path);
  else if (edit.op === 'add') append(document, edit.path, edit.value);
  else if (edit.op === 'arrange') arrange(document, edit.path, edit.entries);
  else set(document, edit.path, edit.value);
  const wanted: unknown = document.toJS();
  if (isJson(text)) return `${JSON.stringify(wanted, null, 2)}\n`;
  const after = document.toString(layout);
  const patched = patchLines(text, before, after);
  // Formatting the whole file anew is always right; patching lines is kinder where it comes to the same.
  return patched !== undefined && isDeepStrictEqual(parseDocument(patched).toJS(), wanted) ? patched : after;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type Container = YAMLMap | YAMLSeq;

function set(document: Document, path: EditPath, value: unknown): void {
  const last = path.at(-1);
  const parent = containerFor(document, path);
  if (last === undefined) throw new RpcError('conflict', 'The configuration as a whole cannot be set.');
  assign(document, parent, last, value);
}

function assign(document: Document, parent: Container, last: EditStep, value: unknown): void {
  const present = child(parent, last);
  // A scalar keeps its node, and with it the comment on its line.
  if (isScalar(present) && isLeaf(value)) present.value = literal(value);
  else if (isSeq(present) && present.items.length > 0 && Array.isArray(value))
    replaceEntries(document, present, value);
  else put(document, parent, last, literal(value));
}

/** Entries that stay keep their nodes, wherever they move: form and comments are the user's. */
function replaceEntries(document: Document, list: YAMLSeq, values: readonly unknown[]): void {
  const old = list.items.map((node) => {
    const value: unknown = isNode(node) ? node.toJS(document) : node;
    return { node, value };
  });
  list.items = values.map((value) => {
    const index = old.findIndex((entry) => isDeepStrictEqual(entry.value, literal(value)));
    const [kept] = index === -1 ? [] : old.splice(index, 1);
    return kept === undefined ? document.createNode(literal(value)) : kept.node;
  });
}

function arrange(document: Document, path: EditPath, entries: readonly ArrangedEntry[]): void {
  const last = path.at(-1);
  const parent = containerFor(document, path);
  if (last === undefined) throw notEditable(path);
  if (!isSeq(child(parent, last))) put(document, parent, last, new YAMLSeq());
  const list = child(parent, last);
  if (!isSeq(list)) throw notEditable(path);
  const old = [...list.items];
  if (old.length === 0) list.flow = false;
  list.items = entries.map(({ was, changes }) => {
    if (was === null) return document.createNode(literal(changes));
    const entry = old[was];
    if (!isMap(entry)) throw notEditable(path);
    amend(document, entry, changes);
    return entry;
  });
}

function amend(document: Document, entry: YAMLMap, changes: Changes): void {
  for (const [member, value] of Object.entries(changes)) {
    const present = child(entry, member);
    if (value === undefined) entry.items.splice(indexOf(entry, member), present === undefined ? 0 : 1);
    else if (isMap(present) && isChanges(value)) amend(document, present, value);
    else assign(document, entry, member, value);
  }
}

function append(document: Document, path: EditPath, value: { readonly id: string }): void {
  const parent = containerFor(document, [...path, value]);
  if (child(parent, value) !== undefined) {
    throw new RpcError(
      'conflict',
      `${editPathText([...path, value])} is in the configuration already.`,
      'id',
    );
  }
  put(document, parent, value, literal(value));
}

function remove(document: Document, path: EditPath): void {
  const last = path.at(-1);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((node, step) => (isContainer(node) ? child(node, step) : undefined), document.contents);
  const index = isContainer(parent) && last !== undefined ? indexOf(parent, last) : -1;
  if (!isContainer(parent) || index === -1) {
    throw new RpcError(
      'conflict',
      `${editPathText(path)} has no entry of its own in the configuration file: a variable or another setting brings it in.`,
    );
  }
  parent.items.splice(index, 1);
}

/** The mapping or list that holds the last step of `path`; made where it is missing. */
function containerFor(document: Document, path: EditPath): Container {
  document.contents ??= new YAMLMap();
  let node: unknown = document.contents;
  path.forEach((step, index) => {
    const fits = typeof step === 'string' ? isMap(node) : isSeq(node);
    if (!isContainer(node) || !fits) throw notEditable(path.slice(0, index));
    if (index === path.length - 1) return;
    const next = child(node, step);
    const empty = next === undefined || (isScalar(next) && next.value === null);
    if (empty) put(document, node, step, typeof path[index + 1] === 'string' ? new YAMLMap() : new YAMLSeq());
    node = child(node, step);
  });
  if (!isContainer(node)) throw notEditable(path);
  return node;
}

function notEditable(path: EditPath): RpcError {
  return new RpcError(
    'conflict',
    `${editPathText(path) || 'The configuration'} is written in the file in a form that cannot be changed from here (an alias, or a single value where several belong); change it by hand.`,
  );
}

const isContainer = (node: unknown): node is Container => isMap(node) || isSeq(node);
const isChanges = (value: unknown): value is Changes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null;

function indexOf(container: Container, step: EditStep): number {
  if (typeof step === 'string') {
    return isMap(container)
      ? container.items.findIndex(({ key }) => isScalar(key) && sameField(String(key.value), step))
      : -1;
  }
  return container.items.findIndex((item) => isMap(item) && item.get('id') === step.id);
}

function child(container: Container, step: EditStep): unknown {
  const item: unknown = container.items[indexOf(container, step)];
  if (!isMap(container) || typeof item !== 'object' || item === null || !('value' in item)) return item;
  if (isAlias(item.value)) throw notEditable([step]);
  return item.value ?? undefined;
}

function put(document: Document, container: Container, step: EditStep, value: unknown): void {
  const wasEmpty = container.items.length === 0;
  const node: unknown =
    value instanceof YAMLMap || value instanceof YAMLSeq ? value : document.createNode(value);
  if (isMap(container) && typeof step === 'string') {
    const index = indexOf(container, step);
    const pair = container.items[index];
    if (pair === undefined) container.items.push(document.createPair(step, node));
    else pair.value = node;
  } else if (isSeq(container) && typeof step !== 'string') {
    const entry = isMap(node) ? node : document.createNode({});
    if (isMap(entry) && !entry.has('id')) entry.items.unshift(document.createPair('id', step.id));
    const index = indexOf(container, step);
    if (index === -1) container.items.push(entry);
    else container.items[index] = entry;
  }
  // `[]` and `{}` are written on one line for want of content; what is added goes below, one a line.
  if (wasEmpty) container.flow = false;
}

/** Texts from outside are meant as they are: a `${` in them is no reference to a variable. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, literal(member)]));
}
