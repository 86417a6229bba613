/** Tools, choice of tools and form of the answer in the Responses API. */
import type { JsonObject } from '../../../core/json.ts';
import { objectIn, objectsIn, textIn, unknownIn } from '../read-members.ts';
import { Refused, type SeenTool } from '../scene.ts';
import { checkStrict } from '../strict-schema.ts';

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  function: ['type', 'name', 'description', 'parameters', 'strict', 'defer_loading', 'async'],
  custom: ['type', 'name', 'description', 'format'],
};

export function readTools(body: JsonObject): readonly SeenTool[] {
  return objectsIn(body, 'tools').flatMap((tool, index) => readTool(tool, `tools[${index}]`));
}

function readTool(tool: JsonObject, at: string): readonly SeenTool[] {
  const type = textIn(tool, 'type') ?? '';
  if (type === 'namespace') {
    return objectsIn(tool, 'tools').flatMap((inner, index) => readTool(inner, `${at}.tools[${index}]`));
  }
  const members = MEMBERS[type];
  if (members === undefined) {
    throw new Refused(
      400,
      `Invalid value: '${type}'. Supported values are: 'function', 'custom', ...`,
      'invalid_value',
      `${at}.type`,
    );
  }
  const unknown = unknownIn(tool, members);
  if (unknown !== undefined)
    throw new Refused(400, `Unknown parameter: '${at}.${unknown}'.`, 'unknown_parameter', `${at}.${unknown}`);
  const name = textIn(tool, 'name');
  if (name === null)
    throw new Refused(
      400,
      `Missing required parameter: '${at}.name'.`,
      'missing_required_parameter',
      `${at}.name`,
    );
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) {
    throw new Refused(
      400,
      `Invalid '${at}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
      'invalid_value',
      `${at}.name`,
    );
  }
  const schema = objectIn(tool, 'parameters');
  if (type === 'function' && tool['parameters'] === undefined) {
    throw new Refused(400, `Missing required parameter: '${at}.parameters'.`, 'missing_required_parameter');
  }
  // Strict is what this API assumes where a tool does not say.
  if (type === 'function' && tool['strict'] === true) checkStrict(schema ?? {}, `function '${name}'`);
  return [{ name, description: textIn(tool, 'description') ?? '', schema, custom: type === 'custom' }];
}

export function readChoice(body: JsonObject, tools: readonly SeenTool[]): string | null {
  const choice = body['tool_choice'];
  if (choice === undefined || choice === null) return null;
  if (choice === 'auto' || choice === 'none') return choice;
  if (choice === 'required') {
    if (tools.length > 0) return choice;
    throw new Refused(
      400,
      "Tool choice 'required' must be specified with 'tools' parameter.",
      null,
      'tool_choice',
    );
  }
  const chosen = objectIn(body, 'tool_choice') ?? {};
  if (chosen['type'] === 'allowed_tools') {
    return `${textIn(chosen, 'mode')} of ${objectsIn(chosen, 'tools')
      .map((tool) => textIn(tool, 'name'))
      .join(',')}`;
  }
  const name = textIn(chosen, 'name');
  if (!tools.some((tool) => tool.name === name)) {
    throw new Refused(400, `Tool choice '${name}' not found in 'tools' parameter.`, null, 'tool_choice');
  }
  return `only ${name}`;
}

export function readFormat(body: JsonObject): JsonObject | null {
  const text = objectIn(body, 'text');
  if (text === null) return null;
  const unknown = unknownIn(text, ['format', 'verbosity']);
  if (unknown !== undefined)
    throw new Refused(400, `Unknown parameter: 'text.${unknown}'.`, 'unknown_parameter');
  const format = objectIn(text, 'format');
  if (format === null || format['type'] === 'text') return null;
  if (format['type'] === 'json_object') return {};
  const strange = unknownIn(format, ['type', 'name', 'description', 'schema', 'strict']);
  if (strange !== undefined)
    throw new Refused(400, `Unknown parameter: 'text.format.${strange}'.`, 'unknown_parameter');
  const name = textIn(format, 'name');
  const schema = objectIn(format, 'schema');
  if (format['type'] !== 'json_schema' || name === null || schema === null) {
    throw new Refused(
      400,
      "Missing required parameter: 'text.format.name'.",
      'missing_required_parameter',
      'text.format.name',
    );
  }
  if (format['strict'] === true) checkStrict(schema, `response_format '${name}'`);
  return schema;
}
