/** Tools and the choice among them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
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
import { isObject, type JsonObject } from '../../core/json.ts';
import { flatName } from './tool-items.ts';

/** Tools stand flat here; those nested as in OpenAI's chat are taken too. */
export function readTools(body: JsonObject, warn: Warn): readonly Tool[] {
  const tools = arrayOf(body, 'tools', '') ?? [];
  const taken = new Set<string>();
  return tools.flatMap((value, index) => {
    const path = below('tools', index);
    return readTool(readObject(value, path), path, warn).map((tool) => unique(tool, taken));
  });
}

function readTool(tool: JsonObject, path: Path, warn: Warn): readonly Tool[] {
  const type = readString(tool['type'], below(path, 'type'));
  if (type === 'function') {
    const nested = objectOf(tool, 'function', path);
    return [readFunction(nested ?? tool, nested === null ? path : below(path, 'function'))];
  }
  if (type === 'custom') {
    const nested = objectOf(tool, 'custom', path);
    return [readCustom(nested ?? tool, nested === null ? path : below(path, 'custom'))];
  }
  if (type === 'namespace') return readNamespace(tool, path, warn);
  warn(remark('openai-tool', { tool: type.slice(0, 60) }));
  return [{ kind: 'hosted', name: type }];
}

function readFunction(tool: JsonObject, path: Path): Tool {
  return {
    kind: 'function',
    name: readString(tool['name'], below(path, 'name')),
    description: stringOf(tool, 'description', path) ?? '',
    schema: objectOf(tool, 'parameters', path),
    strict: booleanOf(tool, 'strict', path),
  };
}

function readCustom(tool: JsonObject, path: Path): Tool {
  return {
    kind: 'custom',
    name: readString(tool['name'], below(path, 'name')),
    description: stringOf(tool, 'description', path) ?? '',
    format: objectOf(tool, 'format', path),
  };
}

/** A group of tools: its members get the group's name in front, and its description after their own. */
function readNamespace(group: JsonObject, path: Path, warn: Warn): readonly Tool[] {
  const name = readString(group['name'], below(path, 'name'));
  const about = stringOf(group, 'description', path) ?? '';
  const at = below(path, 'tools');
  return readArray(group['tools'], at).flatMap((value, index) => {
    const inner = below(at, index);
    return readTool(readObject(value, inner), inner, warn).map((tool): Tool =>
      tool.kind === 'hosted'
        ? tool
        : {
            ...tool,
            name: flatName(name, tool.name),
            description: [tool.description, about].filter((text) => text !== '').join('\n\n'),
            namespace: { name, tool: tool.name },
          },
    );
  });
}

/** Two groups can flatten to one name; the later tool gets a number. */
function unique(tool: Tool, taken: Set<string>): Tool {
  let { name } = tool;
  for (let number = 2; tool.kind !== 'hosted' && taken.has(name); number += 1)
    name = `${tool.name}_${number}`;
  taken.add(name);
  return { ...tool, name };
}

/** Name under which a call or a choice of a tool is known here. */
export function nameAmong(
  tools: readonly Tool[],
  name: string,
  namespace: { readonly name: string; readonly tool: string } | null,
): string {
  if (namespace === null) return name;
  const found = tools.find(
    (tool) =>
      tool.kind !== 'hosted' &&
      tool.namespace?.name === namespace.name &&
      tool.namespace.tool === namespace.tool,
  );
  return found?.name ?? name;
}

export function readToolChoice(body: JsonObject, tools: readonly Tool[], warn: Warn): ToolChoice | null {
  const choice = body['tool_choice'] ?? null;
  if (choice === null) return null;
  if (choice === 'auto' || choice === 'required' || choice === 'none') return { kind: choice };
  const value = readObject(choice, 'tool_choice');
  const type = readString(value['type'], 'tool_choice.type');
  if (type === 'allowed_tools') return readSubset(value, tools, warn);
  const name = chosenName(value, tools);
  if (name !== undefined) return { kind: 'tool', name };
  warn(remark('openai-tool-chosen', { tool: type.slice(0, 60) }));
  return null;
}

function readSubset(choice: JsonObject, tools: readonly Tool[], warn: Warn): ToolChoice | null {
  const nested = choice['allowed_tools'];
  const { mode, tools: listed } = isObject(nested) ? nested : choice;
  const allowed = readArray(listed, 'tool_choice.tools').map((value, index) =>
    readObject(value, below('tool_choice.tools', index)),
  );
  const names = allowed.flatMap((value) => chosenName(value, tools) ?? []);
  if (names.length < allowed.length) warn(remark('openai-tools-allowed'));
  return names.length === 0 ? null : { kind: 'subset', names, required: mode === 'required' };
}

/** `{type: function, name}`, or nested as in OpenAI's chat; undefined for tools of OpenAI's own. */
function chosenName(choice: JsonObject, tools: readonly Tool[]): string | undefined {
  const { type } = choice;
  if (type !== 'function' && type !== 'custom') return undefined;
  const nested = choice[type];
  const { name, namespace } = isObject(nested) ? nested : choice;
  if (typeof name !== 'string') return undefined;
  if (typeof namespace !== 'string') return name;
  return nameAmong(tools, flatName(namespace, name), { name: namespace, tool: name });
}
