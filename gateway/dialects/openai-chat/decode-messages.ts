/** Messages as system instructions and turns. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type {
  AssistantPart,
  TextPart,
  ToolCallPart,
  ToolResultPart,
  Turn,
  UserPart,
} from '../../core/canonical/parts.ts';
import type { Warn } from '../../core/canonical/request.ts';
import { isArray, type JsonObject } from '../../core/json.ts';
import { below, booleanOf, readObject, readString, stringOf, type Path } from '../../core/json-read.ts';
import { isToolResult } from './anthropic-blocks.ts';
import { cacheOf } from './cache-mark.ts';
import { decodeAssistant } from './decode-assistant.ts';
import { decodeContent, decodePart, decodeTexts } from './decode-content.ts';

export interface Conversation {
  readonly system: readonly TextPart[];
  readonly turns: readonly Turn[];
}

/** @param path of the list, for messages to people */
export function decodeMessages(messages: readonly unknown[], path: Path, warn: Warn): Conversation {
  const system: TextPart[] = [];
  const turns: Turn[] = [];
  const calls: ToolCallPart[] = [];

  function decode(message: JsonObject, at: Path): void {
    const role = readString(message['role'], below(at, 'role'));
    const content = below(at, 'content');
    switch (role) {
      case 'system':
      case 'developer': {
        const parts = decodeTexts(message['content'], content, warn);
        if (turns.length === 0) system.push(...parts);
        else addSystem(turns, parts);
        break;
      }
      case 'assistant': {
        const parts = decodeAssistant(message, at, () => `call_function_${calls.length}`, warn);
        calls.push(...parts.filter((part) => part.kind === 'tool-call'));
        addAssistant(turns, parts);
        break;
      }
      case 'tool':
      case 'function':
        addUser(turns, [decodeResult(message, at, calls, warn)], calls);
        break;
      default:
        if (role !== 'user') warn(remark('role-as-user', { role: JSON.stringify(role.slice(0, 60)) }));
        addUser(turns, decodeUser(message['content'], content, calls, warn), calls);
    }
    if (typeof message['name'] === 'string' && role !== 'function' && role !== 'tool') {
      warn(remark('participant-names'));
    }
  }

  messages.forEach((message, index) => {
    const at = below(path, index);
    decode(readObject(message, at), at);
  });
  return { system, turns };
}

function decodeUser(
  content: unknown,
  path: Path,
  calls: readonly ToolCallPart[],
  warn: Warn,
): readonly UserPart[] {
  if (!isArray(content)) return decodeContent(content, path, warn);
  return content.flatMap((part, index): readonly UserPart[] => {
    const at = below(path, index);
    return isToolResult(part) ? [resultBlock(part, at, calls, warn)] : decodePart(part, at, warn);
  });
}

/** A result among the parts of a user's message, as Anthropic has it. */
function resultBlock(
  block: JsonObject,
  path: Path,
  calls: readonly ToolCallPart[],
  warn: Warn,
): ToolResultPart {
  const id = readString(block['tool_use_id'], below(path, 'tool_use_id'));
  const call = calls.findLast((one) => one.id === id);
  return {
    kind: 'tool-result',
    id,
    name: call?.name ?? '',
    content: resultContent(block, path, warn),
    failed: booleanOf(block, 'is_error', path) ?? false,
    custom: call?.custom ?? false,
    ...cacheOf(block),
  };
}

/** A result names its call by id, and in the old form by the function's name, whose last call is meant. */
function decodeResult(
  message: JsonObject,
  path: Path,
  calls: readonly ToolCallPart[],
  warn: Warn,
): ToolResultPart {
  const old = message['role'] === 'function';
  const named = old ? readString(message['name'], below(path, 'name')) : stringOf(message, 'name', path);
  const id = old ? null : readString(message['tool_call_id'], below(path, 'tool_call_id'));
  const call = calls.findLast((one) => (id === null ? one.name === named : one.id === id));
  return {
    kind: 'tool-result',
    id: id ?? call?.id ?? `call_${named ?? ''}`,
    name: call?.name ?? named ?? '',
    content: resultContent(message, path, warn),
    failed: false,
    custom: call?.custom ?? false,
  };
}

function resultContent(from: JsonObject, path: Path, warn: Warn): ToolResultPart['content'] {
  return decodeContent(from['content'], below(path, 'content'), warn).filter((part) => {
    if (part.kind === 'audio') warn(remark('sounds-in-results'));
    return part.kind !== 'audio';
  });
}

/** Neighbouring messages of one speaker are one turn. */
function addSystem(turns: Turn[], parts: readonly TextPart[]): void {
  const last = turns.at(-1);
  if (parts.length === 0) return;
  if (last?.role === 'system') turns[turns.length - 1] = { role: 'system', parts: [...last.parts, ...parts] };
  else turns.push({ role: 'system', parts });
}

function addAssistant(turns: Turn[], parts: readonly AssistantPart[]): void {
  const last = turns.at(-1);
  if (parts.length === 0) return;
  if (last?.role === 'assistant')
    turns[turns.length - 1] = { role: 'assistant', parts: [...last.parts, ...parts] };
  else turns.push({ role: 'assistant', parts });
}

/** Results come first, in the order of their calls. */
function addUser(turns: Turn[], parts: readonly UserPart[], calls: readonly ToolCallPart[]): void {
  if (parts.length === 0) return;
  const last = turns.at(-1);
  const joined = last?.role === 'user' ? [...last.parts, ...parts] : parts;
  if (last?.role === 'user') turns.pop();
  const place = ({ id }: ToolResultPart): number => calls.findLastIndex((call) => call.id === id);
  const results = joined.filter((part) => part.kind === 'tool-result');
  const others = joined.filter((part) => part.kind !== 'tool-result');
  turns.push({
    role: 'user',
    parts: [...results.sort((one, other) => place(one) - place(other)), ...others],
  });
}
