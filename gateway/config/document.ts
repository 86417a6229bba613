/** From the text of the configuration to its values, with the lines they stand on. JSON is YAML too. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import { sameField } from './field-names.ts';
import { ConfigError, type FieldPath } from './problem.ts';
import { yamlProblems } from './yaml-faults.ts';

/** A configuration is a few kilobytes; beyond this many bytes it is some other file. */
export const LARGEST_TEXT = 1_000_000;
/** Aliases may repeat parts; beyond this factor they are an attack on memory. */
const MOST_ALIASES = 100;
/** More than any setting needs; keeps the parser's recursion short. */
const DEEPEST_FLOW = 64;

export interface ConfigText {
  readonly document: Document;
  /** Plain values, `${NAME}` not yet expanded; undefined for an empty text. */
  readonly value: unknown;
  /** Line, from 1, of the setting or of the nearest thing around it; null for an empty text. */
  lineOf(path: FieldPath): number | null;
}

/** @throws ConfigError with line and cause; the text itself is never quoted, since it may be a secret */
export function readText(text: string): ConfigText {
  if (Buffer.byteLength(text) > LARGEST_TEXT) throw whole(fault('text-large'));
  if (text.includes('\0')) throw whole(fault('zero-bytes'));
  if (flowDepth(text) > DEEPEST_FLOW) throw whole(fault('brackets-deep', { most: DEEPEST_FLOW }));
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    stringKeys: true,
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) throw new ConfigError(yamlProblems(text, faults, lines));
  return {
    document,
    value: plainValue(document),
    lineOf(path) {
      const offset = offsetOf(document, path);
      return offset === undefined ? null : lines.linePos(offset).line;
    },
  };
}

function plainValue(document: Document): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    // A part that holds itself cannot be walked to an end.
    JSON.stringify(value);
    return value ?? undefined;
  } catch (error) {
    if (error instanceof TypeError) throw whole(fault('anchor-circle'));
    if (!(error instanceof ReferenceError)) throw error;
    throw whole(fault('anchor-missing'));
  }
}

const whole = (told: Told): ConfigError => new ConfigError([{ path: '', line: null, told }]);

/** Deepest nesting of brackets, strings not told apart: an upper bound that costs one pass. */
function flowDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Offset of the setting, or of the last step towards it that exists. */
function offsetOf(document: Document, path: FieldPath): number | undefined {
  let node: unknown = document.contents;
  let offset = isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) =>
        sameField(isScalar(key) ? String(key.value) : '', String(step)),
      );
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}
