/** Tools and the choice among them. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { objectSchema } from '../../core/canonical/object-schema.ts';
import { isStrictSchema } from '../../core/canonical/strict-schema.ts';
import type { CanonicalRequest, Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import type { Target } from '../../core/dialect.ts';
import type { JsonObject } from '../../core/json.ts';
import { cacheControl } from './encode-content.ts';
import { isOpenAi, takesParallelSwitch } from './model-rules.ts';

/** The members of a request that tell of tools; none at all where no tool is left. */
export function encodeTools({ tools, settings }: CanonicalRequest, target: Target, warn: Warn): JsonObject {
  const { toolChoice, parallelTools } = settings;
  const allowed = isOpenAi(target) ? tools : allowedOf(tools, toolChoice);
  const encoded = allowed.flatMap((tool) => encodeTool(tool, target, warn));
  if (encoded.length === 0) return {};
  const choice = toolChoice === null ? null : encodeChoice(toolChoice, tools, target);
  return {
    tools: encoded,
    ...(choice === null ? {} : { tool_choice: choice }),
    ...(parallelTools === null ? {} : parallelSwitch(parallelTools, target, warn)),
  };
}

/** Where a subset cannot be named, the other tools are not shown. */
function allowedOf(tools: readonly Tool[], choice: ToolChoice | null): readonly Tool[] {
  return choice?.kind === 'subset' ? tools.filter(({ name }) => choice.names.includes(name)) : tools;
}

function encodeTool(tool: Tool, target: Target, warn: Warn): readonly JsonObject[] {
  if (tool.kind === 'hosted') {
    warn(remark('client-tool', { tool: tool.name }));
    return [];
  }
  const named = { name: tool.name, ...(tool.description === '' ? {} : { description: tool.description }) };
  if (tool.kind === 'custom') return [{ type: 'custom', custom: { ...named, ...formatOf(tool.format) } }];
  const parameters = objectSchema(tool.schema, tool.name, warn);
  const strict = tool.strict === true && isStrictSchema(parameters);
  if (tool.strict === true && !strict) {
    warn(remark('tool-strict', { tool: tool.name }));
  }
  const mark = tool.cache === undefined ? {} : cacheControl({ cache: tool.cache }, target);
  return [{ type: 'function', function: { ...named, parameters, ...(strict ? { strict } : {}) }, ...mark }];
}

function formatOf(format: JsonObject | null): JsonObject {
  if (format === null) return {};
  const { type, ...grammar } = format;
  return { format: type === 'grammar' ? { type, grammar } : format };
}

/** A choice that names tools which are not there is refused, so it is none. */
function encodeChoice(choice: ToolChoice, tools: readonly Tool[], target: Target): unknown {
  switch (choice.kind) {
    case 'auto':
    case 'required':
    case 'none':
      return choice.kind;
    case 'tool': {
      const tool = tools.find(({ name }) => name === choice.name);
      return tool === undefined || tool.kind === 'hosted' ? null : reference(tool);
    }
    case 'subset': {
      const mode = choice.required ? 'required' : 'auto';
      if (!isOpenAi(target)) return mode;
      const listed = tools.filter(({ kind, name }) => kind !== 'hosted' && choice.names.includes(name));
      if (listed.length === 0) return null;
      return { type: 'allowed_tools', allowed_tools: { mode, tools: listed.map(reference) } };
    }
  }
}

function reference({ kind, name }: Tool): JsonObject {
  return kind === 'custom' ? { type: 'custom', custom: { name } } : { type: 'function', function: { name } };
}

function parallelSwitch(parallel: boolean, target: Target, warn: Warn): JsonObject {
  if (takesParallelSwitch(target)) return { parallel_tool_calls: parallel };
  if (!parallel) warn(remark('one-tool-model', { model: target.model }));
  return {};
}
