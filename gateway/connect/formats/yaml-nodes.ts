/** What stands where in a YAML text. */
import { isCollection, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';

/** `key: value`; the value is null where nothing is written at all. */
export interface YamlPair {
  readonly key: Node;
  readonly value: Node | null;
}

/** A node, the pair it is the value of, and what is around it. */
export interface Place {
  readonly node: Node | null;
  readonly pair: YamlPair | null;
  readonly parent: Place | null;
}

export function pairs(map: YAMLMap): readonly YamlPair[] {
  return map.items.flatMap(({ key, value }) =>
    isNode(key) ? [{ key, value: isNode(value) ? value : null }] : [],
  );
}

export const memberNode = (map: YAMLMap, name: string): Node | null =>
  pairs(map).find(({ key }) => isScalar(key) && key.value === name)?.value ?? null;

/** Nodes in a block list or map, as far as they are nodes. */
export const members = (node: Node | null): readonly Node[] =>
  isSeq(node) ? node.items.filter((item) => isNode(item)) : [];

export function rangeOf(node: Node): { readonly start: number; readonly end: number } {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** Where the dash of an entry stands in a block list; a comment, an anchor or a tag may stand between the two. */
export function dashOf(list: Node, item: Node): number {
  const token = list.srcToken;
  const at = isSeq(list) ? list.items.indexOf(item) : -1;
  const dashes =
    token?.type === 'block-seq'
      ? token.items.flatMap(({ start }) => start.filter(({ type }) => type === 'seq-item-ind'))
      : [];
  return dashes[at]?.offset ?? rangeOf(item).start;
}

/** Whether nothing is written, or `null`: a group may grow there. */
export const isNothing = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.value === null);

/** Whether nothing is written at all: the value is null for want of one. */
export const isUnwritten = (node: Node | null): boolean =>
  node === null || rangeOf(node).end <= rangeOf(node).start;

/** A list or map of one line each. */
export const isBlock = (node: Node | null): boolean => isCollection(node) && node.flow !== true;

export const isEmptyFlow = (node: Node | null): boolean =>
  isCollection(node) && node.flow === true && node.items.length === 0;

/** Offset behind the last character of a node; of a text in a block, before its last line end. */
export function endOf(body: string, node: Node): number {
  const { end } = rangeOf(node);
  if (isMap(node) && node.flow !== true) {
    const last = pairs(node).at(-1);
    if (last !== undefined) return endOfPair(body, last);
  }
  const item = isSeq(node) && node.flow !== true ? members(node).at(-1) : undefined;
  if (item !== undefined) return endOf(body, item);
  const block = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
  return block ? end - (/\r?\n$/.exec(body.slice(0, end))?.[0].length ?? 0) : end;
}

export function endOfPair(body: string, pair: YamlPair): number {
  return pair.value === null || isUnwritten(pair.value) ? colonEnd(body, pair) : endOf(body, pair.value);
}

/** Behind the colon of a pair. */
export function colonEnd(body: string, { key }: YamlPair): number {
  const { end } = rangeOf(key);
  const colon = /^[ \t]*:/.exec(body.slice(end));
  return end + (colon?.[0].length ?? 0);
}
