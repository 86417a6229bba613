/** Writes the tools and what is said about their use. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import { objectSchema } from '../../core/canonical/object-schema.ts';
import type { Settings, Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Marker } from './cache-marks.ts';
import type { Message } from './encode-turns.ts';
import type { ModelRules } from './model-rules.ts';
import { fitSchema } from './structured-schema.ts';

export function encodeTools(
  tools: readonly Tool[],
  choice: ToolChoice | null,
  rules: ModelRules,
  mark: Marker,
  warn: Warn,
): readonly JsonObject[] {
  const names = choice?.kind === 'subset' ? choice.names : onlyOne(choice, rules);
  return tools
    .filter((tool) => names === null || names.includes(tool.name))
    .flatMap((tool) => encodeTool(tool, rules, mark, warn));
}

/** Where a call of one tool cannot be demanded, it is at least the only one there is. */
function onlyOne(choice: ToolChoice | null, { forcedTools }: ModelRules): readonly string[] | null {
  return choice?.kind === 'tool' && !forcedTools ? [choice.name] : null;
}

function encodeTool(tool: Tool, rules: ModelRules, mark: Marker, warn: Warn): readonly JsonObject[] {
  if (tool.kind === 'hosted') {
    warn(remark('client-tool', { tool: `"${tool.name}"` }));
    return [];
  }
  if (tool.kind === 'custom') {
    warn(remark('free-text-tool', { tool: tool.name }));
    return [];
  }
  const { name, description, cache } = tool;
  const schema = objectSchema(tool.schema, name, warn);
  return [
    {
      name,
      ...(description === '' ? {} : { description }),
      input_schema: schema,
      ...(tool.strict === true && isStrict(schema, name, rules, warn) ? { strict: true } : {}),
      ...mark(cache),
    },
  ];
}

function isStrict(schema: JsonObject, name: string, { structured }: ModelRules, warn: Warn): boolean {
  if (structured && fitSchema(schema).changed.length === 0) return true;
  warn(remark('arguments-not-strict', { tool: name }));
  return false;
}

/** The API refuses calls in a history without any tool, so those that were called are named. */
export function calledTools(messages: readonly Message[]): readonly JsonObject[] {
  const calls = messages.flatMap(({ content }) => content.filter(({ type }) => type === 'tool_use'));
  const names = new Set(calls.map(({ name }) => name));
  return [...names].map((name) => ({ name, input_schema: { type: 'object' } }));
}

/** Where the model lets no call be demanded (`forcedTools` false) it chooses for itself, and the client is told. */
export function encodeToolChoice(
  { toolChoice, parallelTools }: Settings,
  { forcedTools }: ModelRules,
  warn: Warn,
): JsonObject | null {
  const oneAtATime = parallelTools === false ? { disable_parallel_tool_use: true } : {};
  const demanded = demand(toolChoice);
  if (demanded !== null && !forcedTools) {
    warn(remark('tool-not-forced'));
    return { type: 'auto', ...oneAtATime };
  }
  if (demanded !== null) return { ...demanded, ...oneAtATime };
  if (toolChoice?.kind === 'none') return { type: 'none' };
  return toolChoice === null && parallelTools !== false ? null : { type: 'auto', ...oneAtATime };
}

/** The choices that leave the model no way around a tool. */
export function demand(choice: ToolChoice | null): JsonObject | null {
  switch (choice?.kind) {
    case 'required':
      return { type: 'any' };
    case 'tool':
      return { type: 'tool', name: choice.name };
    case 'subset':
      return choice.required ? { type: 'any' } : null;
    default:
      return null;
  }
}
