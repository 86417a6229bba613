/** Tools, and which of them the model may or must call. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CacheMark } from '../../core/canonical/parts.ts';
import type { Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import {
  arrayOf,
  below,
  booleanOf,
  objectOf,
  readArray,
  readObject,
  readString,
  stringOf,
  type Path,
} from '../../core/json-read.ts';
import { cacheOf } from './cache-mark.ts';

export function decodeTools(body: JsonObject): readonly Tool[] {
  const tools = arrayOf(body, 'tools', '') ?? [];
  const functions = arrayOf(body, 'functions', '') ?? [];
  return [
    ...tools.map((tool, index) => decodeTool(readObject(tool, `tools[${index}]`), `tools[${index}]`)),
    ...functions.map((tool, index) => ({
      ...functionTool(readObject(tool, `functions[${index}]`), `functions[${index}]`, {}),
      old: true,
    })),
  ];
}

/** Nested as this dialect has them, or flat as Responses and Anthropic do, which Cursor sends here too. */
function decodeTool(tool: JsonObject, path: Path): Tool {
  const type = stringOf(tool, 'type', path) ?? 'function';
  const nested = type === 'function' || type === 'custom' ? objectOf(tool, type, path) : null;
  const [inner, at] = nested === null ? [tool, path] : [nested, below(path, type)];
  if (type === 'function') return functionTool(inner, at, cacheOf(tool));
  if (type === 'custom' && inner['input_schema'] === undefined) return customTool(inner, at);
  if (isObject(inner['input_schema'])) return functionTool(inner, at, cacheOf(tool));
  return { kind: 'hosted', name: type };
}

function functionTool(tool: JsonObject, path: Path, cache: { readonly cache?: CacheMark }): Tool {
  return {
    kind: 'function',
    name: readString(tool['name'], below(path, 'name')),
    description: stringOf(tool, 'description', path) ?? '',
    schema: objectOf(tool, 'parameters', path) ?? objectOf(tool, 'input_schema', path),
    strict: booleanOf(tool, 'strict', path),
    ...cache,
  };
}

/** A grammar stands in an object of its own here, and beside `type` in Responses, which is the canonical form. */
function customTool(tool: JsonObject, path: Path): Tool {
  const format = objectOf(tool, 'format', path);
  const grammar = format === null ? null : objectOf(format, 'grammar', below(path, 'format'));
  return {
    kind: 'custom',
    name: readString(tool['name'], below(path, 'name')),
    description: stringOf(tool, 'description', path) ?? '',
    format: grammar === null ? format : { type: 'grammar', ...grammar },
  };
}

const WORDS: Readonly<Record<string, ToolChoice>> = {
  auto: { kind: 'auto' },
  none: { kind: 'none' },
  required: { kind: 'required' },
  // Mistral's word
  any: { kind: 'required' },
};

/** Choices whose members stand in an object of their type's name, or flat. */
const NAMED: readonly string[] = ['function', 'custom', 'allowed_tools'];

/** `tool_choice`, or the old `function_call`. */
export function decodeToolChoice(body: JsonObject, warn: Warn): ToolChoice | null {
  const member = body['tool_choice'] === undefined ? 'function_call' : 'tool_choice';
  const choice = body[member] ?? null;
  if (choice === null) return null;
  if (typeof choice === 'string') return WORDS[choice] ?? unknown(member, choice, warn);
  return decodeNamed(readObject(choice, member), member, warn);
}

function decodeNamed(choice: JsonObject, member: Path, warn: Warn): ToolChoice | null {
  const type = stringOf(choice, 'type', member) ?? 'function';
  const nested = NAMED.includes(type) ? objectOf(choice, type, member) : null;
  const [inner, at] = nested === null ? [choice, member] : [nested, below(member, type)];
  if (type === 'function' || type === 'custom') {
    return { kind: 'tool', name: readString(inner['name'], below(at, 'name')) };
  }
  // Anthropic's form
  if (type === 'tool') return { kind: 'tool', name: readString(choice['name'], below(member, 'name')) };
  if (type !== 'allowed_tools') return WORDS[type] ?? unknown(member, type, warn);
  const tools = readArray(inner['tools'], below(at, 'tools'));
  return {
    kind: 'subset',
    names: tools.map((tool, index) => nameOf(tool, below(below(at, 'tools'), index))),
    required: inner['mode'] === 'required',
  };
}

function nameOf(tool: unknown, path: Path): string {
  const read = readObject(tool, path);
  const nested = read['function'] ?? read['custom'];
  return readString((isObject(nested) ? nested : read)['name'], below(path, 'name'));
}

function unknown(member: string, word: string, warn: Warn): null {
  warn(remark('value-unknown', { member, value: JSON.stringify(word.slice(0, 60)) }));
  return null;
}
