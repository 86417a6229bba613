/** The items of `input`, read into turns. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { AssistantPart, UserPart } from '../../core/canonical/parts.ts';
import type { Tool, Warn } from '../../core/canonical/request.ts';
import {
  arrayOf,
  below,
  readArray,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { isText, readContent, type ContentPart } from './decode-content.ts';
import { readResult } from './decode-results.ts';
import { nameAmong } from './decode-tools.ts';
import { readReasoning } from './reasoning-items.ts';
import { readCall } from './tool-items.ts';
import type { TurnBuilder } from './turns.ts';
import { refuseReference } from './unsupported.ts';

interface Reading {
  readonly turns: TurnBuilder;
  readonly tools: readonly Tool[];
  readonly warn: Warn;
  readonly itemOf: (id: string) => JsonObject | undefined;
}

/** @param field `input`, or `messages` as clients of OpenAI's chat call it */
export function readInput(input: unknown, field: Path, reading: Reading): void {
  if (typeof input === 'string') return reading.turns.user([{ kind: 'text', text: input }]);
  for (const [index, value] of readArray(input, field).entries()) {
    const path = below(field, index);
    readItem(readObject(value, path), path, reading);
  }
}

function readItem(item: JsonObject, path: Path, reading: Reading): void {
  const { turns, warn } = reading;
  // Only a message may leave its type out.
  const type = stringOf(item, 'type', path) ?? 'message';
  if (type === 'message') return readMessage(item, path, reading);
  if (type === 'item_reference') return readReference(item, path, reading);
  if (type === 'reasoning') return takeReasoning(item, turns);
  const result = readResult(item, path, warn);
  if (result !== undefined) return turns.result(result);
  if (readCall(item) !== undefined) return takeCall(item, type, path, reading);
  warn(remark('items-foreign', { type: type.slice(0, 60) }));
}

function readReference(item: JsonObject, path: Path, reading: Reading): void {
  const found = reading.itemOf(readString(item['id'], below(path, 'id')));
  if (found === undefined || found['type'] === 'item_reference') return refuseReference(path);
  readItem(found, path, reading);
}

function takeReasoning(item: JsonObject, turns: TurnBuilder): void {
  const read = readReasoning(item);
  if (read?.of === 'reasoning') turns.assistant([read.part]);
  else if (read?.of === 'text') turns.signText(read.signature);
  else if (read?.of === 'call') turns.signCall(read.call, read.signature);
}

function takeCall(item: JsonObject, type: string, path: Path, { turns, tools }: Reading): void {
  const call = readCall(item);
  if (call === undefined) return;
  if (type === 'function_call' || type === 'custom_tool_call') {
    readString(item['name'], below(path, 'name'));
  }
  const input = type === 'function_call' ? argumentsOf(item, path) : call.input;
  if (type === 'custom_tool_call') stringOf(item, 'input', path);
  turns.call({
    kind: 'tool-call',
    id: call.id === '' ? readString(item['call_id'], below(path, 'call_id')) : call.id,
    name: nameAmong(tools, call.name, call.namespace),
    input: input === '' && !call.custom ? '{}' : input,
    custom: call.custom,
  });
}

/** As text, or as the object it stands for, which some clients send. */
function argumentsOf(item: JsonObject, path: Path): string {
  const { arguments: given } = item;
  return isObject(given) ? JSON.stringify(given) : (stringOf(item, 'arguments', path) ?? '');
}

function readMessage(item: JsonObject, path: Path, reading: Reading): void {
  const { turns, warn } = reading;
  const role = readString(item['role'], below(path, 'role'));
  const parts = readContent(item['content'], below(path, 'content'), warn);
  switch (role) {
    case 'user':
      return turns.user(parts.map(asUserPart));
    case 'system':
    case 'developer':
      if (!parts.every(isText)) warn(remark('role-text-only', { role }));
      return turns.system(parts.filter(isText));
    case 'assistant':
      turns.assistant(parts.flatMap((part) => asAssistantPart(part, warn)));
      return takeChatCalls(item, path, reading);
    case 'tool':
      return takeChatResult(item, path, reading);
    default:
      warn(remark('messages-unknown', { role: role.slice(0, 60) }));
  }
}

const asUserPart = (part: ContentPart): UserPart =>
  part.kind === 'refusal' ? { kind: 'text', text: part.text } : part;

function asAssistantPart(part: ContentPart, warn: Warn): readonly AssistantPart[] {
  if (part.kind !== 'file') return [part];
  warn(remark('answer-files'));
  return [];
}

/** Calls and results as OpenAI's chat has them, from clients that mix the two forms. */
function takeChatCalls(item: JsonObject, path: Path, reading: Reading): void {
  const at = below(path, 'tool_calls');
  for (const [index, value] of (arrayOf(item, 'tool_calls', path) ?? []).entries()) {
    const call = readObject(value, below(at, index));
    const inner = readObject(call['function'], below(below(at, index), 'function'));
    const flat = { ...inner, type: 'function_call', call_id: call['id'] };
    takeCall(flat, 'function_call', below(at, index), reading);
  }
}

function takeChatResult(item: JsonObject, path: Path, { turns, warn }: Reading): void {
  const flat = { type: 'function_call_output', call_id: item['tool_call_id'], output: item['content'] };
  const result = readResult(flat, path, warn);
  if (result !== undefined) turns.result(result);
}
