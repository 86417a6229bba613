/** A client's `contents` as turns. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, TextPart, Turn, UserPart } from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { objectWith } from '../../core/allowed.ts';
import { below, readObject, refuse, stringOf, type Path } from '../../core/json-read.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';
import { createCallIds, type CallIds } from './call-ids.ts';
import { decodeModelPart, decodeUserPart } from './decode-part.ts';
import { member } from './fields.ts';
import { settle } from './settle-reasoning.ts';

interface Content {
  readonly role: string;
  readonly parts: readonly { readonly value: JsonObject; readonly path: Path }[];
}

/** Roles that a user's content may have; results of tools come under all of them. */
const USER: ReadonlySet<string> = new Set(['', 'user', 'function', 'tool']);
const MODEL: ReadonlySet<string> = new Set(['model', 'assistant']);

/** @throws GatewayError `invalid_request` naming the member that has the wrong type */
export function decodeContents(contents: unknown, path: Path, warn: Warn): readonly Turn[] {
  const ids = createCallIds();
  const turns: Turn[] = [];
  for (const { role, parts } of readContents(contents, path)) {
    if (role === 'system') {
      turns.push({ role, parts: parts.flatMap(({ value, path: at }) => textOf(value, at)) });
      continue;
    }
    if (!USER.has(role) && !MODEL.has(role)) warn(remark('role-as-user', { role }));
    for (const { value, path: at } of parts) {
      const reading = { path: at, ids, warn };
      if (isSaidByModel(value, role)) addAssistant(turns, decodeModelPart(value, reading));
      else addUser(turns, decodeUserPart(value, reading));
    }
  }
  return turns.flatMap((turn) => finished(turn, ids));
}

/** What the official SDK takes: a text, a content, or a list of contents, of parts or of texts. */
function readContents(contents: unknown, path: Path): readonly Content[] {
  if (contents === undefined || contents === null) return [];
  const listed = isArray(contents) ? contents : [contents];
  return listed.map((value, index): Content => {
    const at = isArray(contents) ? below(path, index) : path;
    if (typeof value === 'string') return { role: 'user', parts: [{ value: { text: value }, path: at }] };
    const content = isObject(value) ? value : refuse(at, objectWith('role', 'parts'), value);
    if (content['parts'] === undefined && content['role'] === undefined && Object.keys(content).length > 0) {
      return { role: 'user', parts: [{ value: content, path: at }] };
    }
    return {
      role: stringOf(content, 'role', at) ?? '',
      parts: readParts(content['parts'], below(at, 'parts')),
    };
  });
}

export function readParts(parts: unknown, path: Path): Content['parts'] {
  if (parts === undefined || parts === null) return [];
  const listed = isArray(parts) ? parts : [parts];
  return listed.map((value, index) => {
    const at = isArray(parts) ? below(path, index) : path;
    return { value: typeof value === 'string' ? { text: value } : readObject(value, at), path: at };
  });
}

export function textOf(part: JsonObject, path: Path): readonly TextPart[] {
  const text = stringOf(part, 'text', path);
  return text === null || text === '' ? [] : [{ kind: 'text', text }];
}

/** Calls are the model's and results the user's, whatever the content says. */
function isSaidByModel(part: JsonObject, role: string): boolean {
  if (member(part, 'functionCall') !== undefined) return true;
  return MODEL.has(role) && member(part, 'functionResponse') === undefined;
}

function addUser(turns: Turn[], part: UserPart | null): void {
  if (part === null) return;
  const last = turns.at(-1);
  if (last?.role === 'user') turns[turns.length - 1] = { role: 'user', parts: [...last.parts, part] };
  else turns.push({ role: 'user', parts: [part] });
}

function addAssistant(turns: Turn[], part: AssistantPart | null): void {
  if (part === null) return;
  const last = turns.at(-1);
  if (last?.role === 'assistant')
    turns[turns.length - 1] = { role: 'assistant', parts: [...last.parts, part] };
  else turns.push({ role: 'assistant', parts: [part] });
}

/** Results first, in the order of their calls; thoughts with their signatures; no empty texts but a lone one. */
function finished(turn: Turn, ids: CallIds): readonly Turn[] {
  if (turn.role === 'system') return turn.parts.length === 0 ? [] : [turn];
  if (turn.role === 'assistant') {
    const parts = settle(turn.parts);
    return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
  }
  const results = turn.parts.filter((part) => part.kind === 'tool-result');
  const others = turn.parts.filter((part) => part.kind !== 'tool-result');
  const said = others.filter((part) => part.kind !== 'text' || part.text !== '');
  const parts = [...results.toSorted((one, other) => ids.place(one.id) - ids.place(other.id)), ...said];
  return [{ role: 'user', parts: parts.length === 0 ? others.slice(0, 1) : parts }];
}
