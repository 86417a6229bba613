/** Tools and calls of them, as Ollama's clients write them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { ToolCallPart } from '../../core/canonical/parts.ts';
import type { Tool, Warn } from '../../core/canonical/request.ts';
import { A_TEXT, AN_OBJECT, objectWith } from '../../core/allowed.ts';
import { isObject, parseJson, type JsonObject } from '../../core/json.ts';
import { arrayOf, below, objectOf, readObject, refuse, stringOf, type Path } from '../../core/json-read.ts';

/** `{type: 'function', function: {name, description, parameters}}`; other kinds are left out. */
export function readTools(body: JsonObject, warn: Warn): readonly Tool[] {
  return (arrayOf(body, 'tools', '') ?? []).flatMap((value, index): Tool[] => {
    const path = below('tools', index);
    const tool = readObject(value, path);
    const type = stringOf(tool, 'type', path) ?? 'function';
    if (type !== 'function') {
      warn(remark('tool-type-unknown', { type: JSON.stringify(type) }));
      return [];
    }
    const described = objectOf(tool, 'function', path);
    const at = below(path, 'function');
    if (described === null) return refuse(at, objectWith('name'), undefined);
    return [
      {
        kind: 'function',
        name: stringOf(described, 'name', at) ?? refuse(below(at, 'name'), A_TEXT, undefined),
        description: stringOf(described, 'description', at) ?? '',
        schema: objectOf(described, 'parameters', at),
        strict: null,
      },
    ];
  });
}

/**
 * The calls of an assistant's message. Arguments are an object here; some clients write them as JSON text.
 * @param idOf makes an id where the client brings none
 */
export function readCalls(message: JsonObject, path: Path, idOf: () => string): readonly ToolCallPart[] {
  return (arrayOf(message, 'tool_calls', path) ?? []).map((value, index) => {
    const at = below(below(path, 'tool_calls'), index);
    const call = readObject(value, at);
    const called = objectOf(call, 'function', at);
    const where = below(at, 'function');
    if (called === null) return refuse(where, objectWith('name', 'arguments'), undefined);
    const name = stringOf(called, 'name', where);
    if (name === null) return refuse(below(where, 'name'), A_TEXT, undefined);
    const id = stringOf(call, 'id', at) ?? '';
    return {
      kind: 'tool-call',
      id: id === '' ? idOf() : id,
      name,
      input: readArguments(called['arguments'] ?? {}, below(where, 'arguments')),
      custom: false,
    };
  });
}

function readArguments(value: unknown, path: Path): string {
  if (isObject(value)) return JSON.stringify(value);
  if (typeof value === 'string') {
    if (value.trim() === '') return '{}';
    if (isObject(parseJson(value))) return value;
  }
  return refuse(path, AN_OBJECT, value);
}
