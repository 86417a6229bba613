/** Tools and the choice among them, flat as this dialect has them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { objectSchema } from '../../core/canonical/object-schema.ts';
import { isStrictSchema } from '../../core/canonical/strict-schema.ts';
import type { CanonicalRequest, Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';

/** Without a tool the choice among them is refused, so it is left out too. */
export function writeTools({ tools, settings }: CanonicalRequest, warn: Warn): JsonObject {
  const written = tools.flatMap((tool) => writeTool(tool, warn));
  if (written.length === 0) return {};
  const { toolChoice, parallelTools } = settings;
  return {
    tools: written,
    ...(toolChoice === null ? {} : { tool_choice: writeChoice(toolChoice, tools) }),
    ...(parallelTools === null ? {} : { parallel_tool_calls: parallelTools }),
  };
}

function writeTool(tool: Tool, warn: Warn): readonly JsonObject[] {
  if (tool.kind === 'hosted') {
    warn(remark('tool-of-provider', { tool: tool.name }));
    return [];
  }
  const { name, description } = tool;
  const described = description === '' ? { name } : { name, description };
  if (tool.kind === 'custom') {
    return [{ type: 'custom', ...described, ...(tool.format === null ? {} : { format: tool.format }) }];
  }
  const parameters = objectSchema(tool.schema, name, warn);
  const strict = tool.strict === true && isStrictSchema(parameters);
  if (tool.strict === true && !strict) {
    warn(remark('tool-not-strict', { tool: name }));
  }
  // Always said: where it is absent this API takes the schema for a strict one and changes it (recorded).
  return [{ type: 'function', ...described, parameters, strict }];
}

function writeChoice(choice: ToolChoice, tools: readonly Tool[]): unknown {
  const named = (name: string): JsonObject => {
    const custom = tools.some((tool) => tool.kind === 'custom' && tool.name === name);
    return { type: custom ? 'custom' : 'function', name };
  };
  if (choice.kind === 'tool') return named(choice.name);
  if (choice.kind !== 'subset') return choice.kind;
  const mode = choice.required ? 'required' : 'auto';
  return { type: 'allowed_tools', mode, tools: choice.names.map(named) };
}
