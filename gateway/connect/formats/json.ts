/** JSON, with comments and trailing commas where a file has them, changed as text. */
import { getNodeValue, parseTree, type Node, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { ConnectSaying } from '../../../contract/rpc/connect-sayings.ts';
import { told } from '../sayings.ts';
import type { PathStep, RawEdit, Refused, SettingPath, TextEdit, TextFormat } from '../tool.ts';
import { insertion, removal, rendered } from './json-edits.ts';
import { lineEnd, notContainer, splice, syntaxErrorAt, twice, unmarked } from './text.ts';
import { entry, nest } from './values.ts';

export const json: TextFormat = {
  get: (text, path) => {
    const node = located(unmarked(text).body, path);
    const value: unknown = node === undefined ? undefined : getNodeValue(node);
    return value;
  },
  raw: (text, path) => {
    const { body } = unmarked(text);
    const node = located(body, path);
    return node === undefined ? undefined : body.slice(node.offset, node.offset + node.length);
  },
  apply: (text, edits) => {
    const { mark, body } = unmarked(text ?? '');
    return mark + edits.reduce(applied, body);
  },
};

function located(body: string, path: SettingPath): Node | undefined {
  const root = parsed(body);
  if (root === undefined) return undefined;
  const { node, rest } = walked(body, root, path);
  return rest.length === 0 ? node : undefined;
}

function applied(body: string, edit: TextEdit | RawEdit): string {
  const root = parsed(body);
  const raw = 'raw' in edit ? edit.raw : undefined;
  const value = 'raw' in edit ? undefined : edit.value;
  if (root === undefined) return value === undefined ? body : fresh(body, nest(edit.path, value));
  const { node, rest } = walked(body, root, edit.path);
  if (value === undefined && raw === undefined)
    return rest.length > 0 ? body : splice(body, removal(body, node));
  const [missing, ...below] = rest;
  if (missing === undefined) {
    const text = raw ?? (value === undefined ? '' : rendered(body, root, node, value));
    return splice(body, [{ start: node.offset, end: node.offset + node.length, text }]);
  }
  if (value === undefined) return body;
  const inner = nest(below, value);
  const added = typeof missing === 'string' ? inner : entry(missing, inner);
  return splice(body, insertion(body, root, node, typeof missing === 'string' ? missing : null, added));
}

/** A file that holds nothing yet, but comments perhaps. */
function fresh(body: string, value: unknown): string {
  const end = lineEnd(body);
  const text = `${JSON.stringify(value, null, 2).replaceAll('\n', end)}${end}`;
  return body.trim() === '' ? text : `${body.trimEnd()}${end}${text}`;
}

/** As deep as a path goes, and the steps that are missing. */
function walked(
  body: string,
  root: Node,
  path: SettingPath,
): { readonly node: Node; readonly rest: SettingPath } {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const next = child(body, node, step, path.slice(0, depth));
    if (next === undefined) return { node, rest: path.slice(depth) };
    node = next;
  }
  return { node, rest: [] };
}

function child(body: string, node: Node, step: PathStep, outer: SettingPath): Node | undefined {
  if (node.type !== (typeof step === 'string' ? 'object' : 'array'))
    throw notContainer(body, node.offset, outer);
  const found = (node.children ?? []).filter((each) =>
    typeof step === 'string' ? nameOf(each) === step : memberOf(each, step.key) === step.is,
  );
  const second = found[1];
  if (second !== undefined) throw twice(body, second.offset, [...outer, step]);
  return typeof step === 'string' ? found[0]?.children?.[1] : found[0];
}

const nameOf = (property: Node): unknown => {
  const name: unknown = property.children?.[0]?.value;
  return name;
};

function memberOf(node: Node, name: string): unknown {
  const property = node.type === 'object' ? node.children?.find((each) => nameOf(each) === name) : undefined;
  const value: unknown = property?.children?.[1]?.value;
  return value;
}

const REASONS: Readonly<Record<string, ConnectSaying>> = {
  CommaExpected: 'comma-missing',
  ColonExpected: 'colon-missing',
  CloseBraceExpected: 'brace-missing',
  CloseBracketExpected: 'bracket-missing',
  PropertyNameExpected: 'name-expected',
  ValueExpected: 'value-expected',
  EndOfFileExpected: 'end-expected',
  UnexpectedEndOfString: 'quote-missing',
  UnexpectedEndOfComment: 'comment-open',
  InvalidEscapeCharacter: 'escape',
};

function parsed(body: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(body, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first === undefined) return root;
  throw syntaxErrorAt(body, first.offset, told(REASONS[printParseErrorCode(first.error)] ?? 'not-json'));
}

/** @throws SettingsSyntaxError for what a tool's own reader refuses in a text that is well-formed otherwise */
export function checkRefused(text: string, refused: readonly Refused[]): void {
  const { body } = unmarked(text);
  const errors: ParseError[] = [];
  const options = { allowTrailingComma: !refused.includes('trailing-commas'), allowEmptyContent: true };
  parseTree(body, errors, { ...options, disallowComments: refused.includes('comments') });
  const [first] = errors;
  if (first === undefined) return;
  const comment = printParseErrorCode(first.error) === 'InvalidCommentToken';
  throw syntaxErrorAt(body, first.offset, told(comment ? 'no-comments' : 'no-last-comma'));
}
