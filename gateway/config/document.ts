/** From the text of the configuration to its values, with the lines they stand on. JSON is YAML too. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { sameField } from './field-names.ts';
import { ConfigError, type ConfigProblem, type FieldPath } from './problem.ts';

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
  if (Buffer.byteLength(text) > LARGEST_TEXT)
    throw whole('the file is larger than 1 MB; this is no configuration');
  if (text.includes('\0')) throw whole('the file holds zero bytes; save it as UTF-8 text');
  if (flowDepth(text) > DEEPEST_FLOW) throw whole(`brackets are nested more than ${DEEPEST_FLOW} deep`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    stringKeys: true,
  });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) throw new ConfigError(syntaxProblems(text, faults, lines));
  return {
    document,
    value: plainValue(document),
    lineOf(path) {
      const offset = offsetOf(document, path);
      return offset === undefined ? null : lines.linePos(offset).line;
    },
  };
}

/** One slip makes the parser stumble again and again: what is said of a line is said once. */
function syntaxProblems(
  text: string,
  faults: readonly YAMLError[],
  lines: LineCounter,
): readonly ConfigProblem[] {
  const said = new Map<string, ConfigProblem>();
  for (const fault of faults) {
    const [offset] = fault.pos;
    const { line } = lines.linePos(offset);
    const message = faultText(fault, text.slice(offset, offset + 80));
    said.set(`${line} ${message}`, { path: '', line, message });
  }
  return [...said.values()];
}

function plainValue(document: Document): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    // A part that holds itself cannot be walked to an end.
    JSON.stringify(value);
    return value ?? undefined;
  } catch (error) {
    if (error instanceof TypeError) throw whole('an anchor (&name) must not hold its own alias (*name)');
    if (!(error instanceof ReferenceError)) throw error;
    throw whole('an alias (*name) refers to no anchor (&name) before it, or aliases repeat too much');
  }
}

const whole = (message: string): ConfigError => new ConfigError([{ path: '', line: null, message }]);

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

/** @param rest the text from the fault on; only the name of a setting is taken from it */
function faultText({ code }: YAMLError, rest: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return `${/^["']?([\w-]+)/.exec(rest)?.[1] ?? 'this name'} is written twice in the same place; keep one`;
    case 'TAB_AS_INDENT':
      return 'a tab cannot indent; use spaces';
    case 'MULTIPLE_DOCS':
      return 'a second document begins here (---); one is allowed';
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return 'this alias (*name) is not valid; put a text that begins with * in quotes';
    case 'TAG_RESOLVE_FAILED':
      return 'tags (!name) are not understood; put a text that begins with ! in quotes';
    case 'NON_STRING_KEY':
      return 'the name of a setting must be text';
    case 'BAD_INDENT':
      return 'the indentation does not fit the lines around it, or a bracket is not closed';
    case 'MISSING_CHAR':
      return 'a quote, bracket or comma is missing before this place';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'a value that contains ": " must stand in quotes';
    case 'BAD_SCALAR_START':
      return 'this value must stand in quotes, because of its first character';
    case 'RESOURCE_EXHAUSTION':
      return 'this is nested too deep';
    default:
      return 'this is not valid YAML; inside { } and [ ] a value such as "${NAME}" must stand in quotes';
  }
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
