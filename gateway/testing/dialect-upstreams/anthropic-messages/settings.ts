/** Tools, choice, thinking and form of the answer in Anthropic's API. */
import { isObject, type JsonObject } from '../../../core/json.ts';
import { numberIn, objectIn, objectsIn, textIn, unknownIn } from '../read-members.ts';
import type { SeenTool } from '../scene.ts';
import { refuseWith } from './turns.ts';

const MEMBERS = [
  'type',
  'name',
  'description',
  'input_schema',
  'strict',
  'cache_control',
  'defer_loading',
  'eager_input_streaming',
  'input_examples',
  'allowed_callers',
];

export function readTools(body: JsonObject): readonly SeenTool[] {
  const tools = objectsIn(body, 'tools').map((tool, index) => {
    const at = `tools.${index}`;
    const extra = unknownIn(tool, MEMBERS);
    if (extra !== undefined) refuseWith(`${at}.custom.${extra}: Extra inputs are not permitted`);
    const name = textIn(tool, 'name') ?? refuseWith(`${at}.custom.name: Field required`);
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) {
      refuseWith(`${at}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    }
    const schema = objectIn(tool, 'input_schema') ?? refuseWith(`${at}.custom.input_schema: Field required`);
    if (schema['type'] !== 'object') refuseWith(`${at}.custom.input_schema.type: Input should be 'object'`);
    return { name, description: textIn(tool, 'description') ?? '', schema, custom: false };
  });
  if (new Set(tools.map(({ name }) => name)).size < tools.length)
    refuseWith('tools: Tool names must be unique.');
  return tools;
}

export function readChoice(body: JsonObject, tools: readonly SeenTool[]): string | null {
  const choice = objectIn(body, 'tool_choice');
  if (choice === null) return null;
  if (tools.length === 0) refuseWith('tool_choice: may only be specified while providing tools.');
  const type = textIn(choice, 'type');
  const extra = unknownIn(choice, [
    'type',
    'name',
    ...(type === 'none' ? [] : ['disable_parallel_tool_use']),
  ]);
  if (extra !== undefined) refuseWith(`tool_choice.${type}.${extra}: Extra inputs are not permitted`);
  switch (type) {
    case 'auto':
    case 'none':
      return type;
    case 'any':
      return 'required';
    case 'tool': {
      const name = textIn(choice, 'name');
      if (!tools.some((tool) => tool.name === name)) refuseWith(`Tool '${name}' not found in provided tools`);
      return `only ${name}`;
    }
    default:
      return refuseWith(
        `tool_choice: Input tag '${type}' found using 'type' does not match any of the expected tags`,
      );
  }
}

/** @returns `enabled`, `adaptive` or `disabled` */
export function readThinking(body: JsonObject, maxTokens: number): string {
  const thinking = objectIn(body, 'thinking');
  if (thinking === null) return 'disabled';
  const extra = unknownIn(thinking, ['type', 'budget_tokens', 'display']);
  if (extra !== undefined) refuseWith(`thinking.${extra}: Extra inputs are not permitted`);
  const type = textIn(thinking, 'type') ?? '';
  if (!['enabled', 'adaptive', 'disabled', 'between_tools'].includes(type))
    refuseWith('thinking.type: Input should be enabled or adaptive');
  if (type === 'enabled') {
    const budget =
      numberIn(thinking, 'budget_tokens') ?? refuseWith('thinking.enabled.budget_tokens: Field required');
    if (budget < 1_024)
      refuseWith('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
    if (budget >= maxTokens) refuseWith('`max_tokens` must be greater than `thinking.budget_tokens`.');
    if (body['temperature'] !== undefined && body['temperature'] !== 1)
      refuseWith('`temperature` may only be set to 1 when thinking is enabled.');
  }
  return type;
}

export function readFormat(body: JsonObject): JsonObject | null {
  const output = objectIn(body, 'output_config');
  if (output === null) return null;
  const extra = unknownIn(output, ['effort', 'format']);
  if (extra !== undefined) refuseWith(`output_config.${extra}: Extra inputs are not permitted`);
  const effort = textIn(output, 'effort');
  if (effort !== null && !['low', 'medium', 'high', 'xhigh', 'max'].includes(effort)) {
    refuseWith(`output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'`);
  }
  const format = objectIn(output, 'format');
  if (format === null) return null;
  const strange = unknownIn(format, ['type', 'schema']);
  if (strange !== undefined) refuseWith(`output_config.format.${strange}: Extra inputs are not permitted`);
  const schema = objectIn(format, 'schema');
  if (format['type'] !== 'json_schema' || schema === null)
    refuseWith('output_config.format.schema: Field required');
  checkClosed(schema);
  return schema;
}

/** Structured outputs want closed objects. */
function checkClosed(schema: JsonObject): void {
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false) {
    refuseWith(
      "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
    );
  }
  const properties = objectIn(schema, 'properties') ?? {};
  for (const inner of [...Object.values(properties), schema['items']])
    if (isObject(inner)) checkClosed(inner);
}
