/**
 * Changes to the text of the configuration that leave the rest as the user wrote it: comments, order, spacing
 * and `${NAME}`. Pure: text in, text out.
 */
import {
  Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  YAMLMap,
  YAMLSeq,
  type Alias,
} from 'yaml';
import { isDeepStrictEqual } from 'node:util';
import type { RpcError } from '../../contract/rpc/errors.ts';
import { refused } from '../core/refusals.ts';
import { sameField } from './field-names.ts';
import { detectLayout, patchLines } from './layout.ts';

/** A step to a setting: its name, or the list entry with an id; of a list without ids the one at a place, from 0. */
export type EditStep = string | { readonly id: string } | { readonly at: number };
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
  /** The same with a value that the file itself had: a reference to a variable in it is one. */
  | { readonly op: 'put-back'; readonly path: EditPath; readonly value: unknown }
  /** Puts a list of entries without ids anew: in another order, with others, some of them changed. */
  | { readonly op: 'arrange'; readonly path: EditPath; readonly entries: readonly ArrangedEntry[] }
  /** Takes out a setting or an entry. */
  | { readonly op: 'delete'; readonly path: EditPath }
  /** Puts the entries of a list in another order; those not named come last, as they stand. */
  | { readonly op: 'order'; readonly path: EditPath; readonly ids: readonly string[] }
  /** Puts an entry back that was taken out of the list at `path`, as it was written there. */
  | { readonly op: 'restore'; readonly path: EditPath; readonly entry: EntryText }
  /** Adds an entry after the one it is made from; undefined leaves a member of that out. */
  | { readonly op: 'copy'; readonly path: EditPath; readonly id: string; readonly changes: Changes }
  /** Appends an entry with an id of its own to the list at `path`. */
  | {
      readonly op: 'add';
      readonly path: EditPath;
      readonly value: { readonly id: string } & Record<string, unknown>;
    };

/** `providers[openai].keys[k1].weight` */
export function editPathText(path: EditPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step !== 'string') return `${text}[${'id' in step ? step.id : step.at}]`;
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
  const referred = referredValues(document);
  if (edit.op === 'delete') remove(document, edit.path);
  else if (edit.op === 'add') append(document, edit.path, edit.value);
  else if (edit.op === 'arrange') arrange(document, edit.path, edit.entries);
  else if (edit.op === 'order') order(document, edit.path, edit.ids);
  else if (edit.op === 'restore') restore(document, edit.path, edit.entry);
  else if (edit.op === 'copy') copy(document, edit.path, edit.id, edit.changes);
  else set(document, edit.path, edit.op === 'set' ? literal(edit.value) : edit.value);
  for (const [alias, value] of referredValues(document)) {
    const moved = referred.has(alias) && !isDeepStrictEqual(value, referred.get(alias));
    if (moved || value === undefined) throw refused('anchor-by-hand', { path: editPathText(edit.path) });
  }
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

/** What each alias stands for; undefined where its anchor is gone, or comes behind it. */
function referredValues(document: Document): ReadonlyMap<Alias, unknown> {
  const values = new Map<Alias, unknown>();
  visit(document, {
    Alias(_, alias) {
      values.set(alias, alias.resolve(document)?.toJS(document));
    },
  });
  return values;
}

type Container = YAMLMap | YAMLSeq;

function set(document: Document, path: EditPath, value: unknown): void {
  const last = path.at(-1);
  const parent = containerFor(document, path);
  if (last === undefined) throw notEditable(path);
  assign(document, parent, last, value);
}

/** @param value as the file is to have it */
function assign(document: Document, parent: Container, last: EditStep, value: unknown): void {
  const present = child(parent, last);
  // A scalar keeps its node, and with it the comment on its line.
  if (isScalar(present) && isLeaf(value)) present.value = value;
  else if (isSeq(present) && present.items.length > 0 && Array.isArray(value))
    replaceEntries(document, present, value);
  else put(document, parent, last, value);
}

/** Entries that stay keep their nodes, wherever they move: form and comments are the user's. */
function replaceEntries(document: Document, list: YAMLSeq, values: readonly unknown[]): void {
  const old = list.items.map((node) => {
    const value: unknown = isNode(node) ? node.toJS(document) : node;
    return { node, value };
  });
  list.items = values.map((value) => {
    const index = old.findIndex((entry) => isDeepStrictEqual(entry.value, value));
    const [kept] = index === -1 ? [] : old.splice(index, 1);
    return kept === undefined ? document.createNode(value) : kept.node;
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
    else assign(document, entry, member, literal(value));
  }
}

function append(document: Document, path: EditPath, value: { readonly id: string }): void {
  const parent = containerFor(document, [...path, value]);
  if (child(parent, value) !== undefined) {
    throw refused('entry-there', { path: editPathText([...path, value]) }, 'id');
  }
  put(document, parent, value, literal(value));
}

/** The entries of a list with their ids; the list is made where it is missing. */
function listAt(document: Document, path: EditPath): YAMLSeq {
  const list = containerFor(document, [...path, { id: '' }]);
  if (!isSeq(list)) throw notEditable(path);
  return list;
}

const idOf = (item: unknown): unknown => (isMap(item) ? item.get('id') : undefined);

function order(document: Document, path: EditPath, ids: readonly string[]): void {
  const list = listAt(document, path);
  const last = ids.findLastIndex((id) => indexOf(list, { id }) !== -1);
  // A variable can bring in an entry that is not written; it stands behind all others until it is.
  for (const id of ids.slice(0, last)) {
    if (indexOf(list, { id }) === -1) put(document, list, { id }, {});
  }
  const place = new Map<unknown, number>(ids.map((id, index) => [id, index]));
  const placeOf = (item: unknown): number => place.get(idOf(item)) ?? ids.length;
  list.items = list.items.toSorted((left, right) => placeOf(left) - placeOf(right));
}

function restore(document: Document, path: EditPath, { id, text, at }: EntryText): void {
  const list = listAt(document, path);
  if (id !== null && indexOf(list, { id }) !== -1) {
    throw refused('entry-again', { path: editPathText([...path, { id }]) }, 'id');
  }
  list.items.splice(at, 0, parseDocument(text).contents);
  if (list.items.length === 1) list.flow = false;
}

function copy(document: Document, path: EditPath, id: string, changes: Changes): void {
  const last = path.at(-1);
  const list = listAt(document, path.slice(0, -1));
  const index = last === undefined ? -1 : indexOf(list, last);
  const entry = list.items[index];
  if (!isMap(entry)) throw notEditable(path);
  const made = entry.clone();
  if (!isMap(made)) throw notEditable(path);
  made.commentBefore = null;
  // Aliases go on to mean the original.
  visit(made, { Value: (_, node) => void delete node.anchor });
  amend(document, made, { ...changes, id });
  list.items.splice(index + 1, 0, made);
}

function nodeAt(document: Document, path: EditPath): unknown {
  return path.reduce<unknown>(
    (node, step) => (isContainer(node) ? child(node, step) : undefined),
    document.contents,
  );
}

/** An entry of a list as the file has it, comments and `${NAME}` too. */
export interface EntryText {
  /** Null in a list without ids. */
  readonly id: string | null;
  /** YAML. */
  readonly text: string;
  /** Its place in the list, from 0. */
  readonly at: number;
}

/** @returns undefined where the file has no such entry */
export function entryText(text: string, path: EditPath): EntryText | undefined {
  const document = parseDocument(text, { logLevel: 'error' });
  const last = path.at(-1);
  const list = nodeAt(document, path.slice(0, -1));
  if (!isSeq(list) || last === undefined || typeof last === 'string') return undefined;
  const at = indexOf(list, last);
  const entry = list.items[at];
  if (!isMap(entry)) return undefined;
  const alone = new Document(entry.clone());
  // What it refers to stands elsewhere in the file, and is there again when it is put back.
  const id = 'id' in last ? last.id : null;
  return { id, text: alone.toString({ lineWidth: 0, verifyAliasOrder: false }), at };
}

function remove(document: Document, path: EditPath): void {
  const last = path.at(-1);
  const parent = nodeAt(document, path.slice(0, -1));
  const index = isContainer(parent) && last !== undefined ? indexOf(parent, last) : -1;
  if (!isContainer(parent) || index === -1) {
    throw refused('no-own-entry', { path: editPathText(path) });
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
  return path.length === 0 ? refused('whole-by-hand') : refused('form-by-hand', { path: editPathText(path) });
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
  if (!('id' in step)) return step.at < container.items.length ? step.at : -1;
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
    if ('id' in step && isMap(entry) && !entry.has('id'))
      entry.items.unshift(document.createPair('id', step.id));
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
