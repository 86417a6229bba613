/**
 * Items of Responses as messages of this dialect. Cursor sends bodies of that form to the path of this one, so
 * what is plain in them is understood here.
 */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { below, readArray, readObject, readString, stringOf, type Path } from '../../core/json-read.ts';

export function messagesOfInput(body: JsonObject, warn: Warn): readonly JsonObject[] {
  const instructions = stringOf(body, 'instructions', '');
  const system = instructions === null ? [] : [{ role: 'system', content: instructions }];
  const { input } = body;
  if (typeof input === 'string') return [...system, { role: 'user', content: input }];
  const items = readArray(input, 'input');
  return [
    ...system,
    ...items.flatMap((item, index) => {
      const path = below('input', index);
      return messageOf(readObject(item, path), path, warn);
    }),
  ];
}

function messageOf(item: JsonObject, path: Path, warn: Warn): readonly JsonObject[] {
  const type = stringOf(item, 'type', path) ?? 'message';
  switch (type) {
    case 'message':
      return [item];
    case 'function_call':
      return [callMessage(item, path, { function: { name: item['name'], arguments: item['arguments'] } })];
    case 'custom_tool_call':
      return [callMessage(item, path, { custom: { name: item['name'], input: item['input'] } })];
    case 'function_call_output':
    case 'custom_tool_call_output':
      return [{ role: 'tool', tool_call_id: item['call_id'], content: item['output'] }];
    default:
      warn(remark('items-unknown', { type: JSON.stringify(type.slice(0, 60)) }));
      return [];
  }
}

function callMessage(item: JsonObject, path: Path, call: JsonObject): JsonObject {
  const id = readString(item['call_id'], below(path, 'call_id'));
  return { role: 'assistant', content: null, tool_calls: [{ id, ...call }] };
}
