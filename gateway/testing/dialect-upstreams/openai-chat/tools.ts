/** Tools, choice of tools and form of the answer in OpenAI's chat. */
import type { JsonObject } from '../../../core/json.ts';
import { listIn, objectIn, objectsIn, textIn, unknownIn } from '../read-members.ts';
import { Refused, type SeenTool } from '../scene.ts';
import { checkStrict } from '../strict-schema.ts';

export function readTools(body: JsonObject): readonly SeenTool[] {
  if (body['tools'] === undefined) return [];
  const tools = objectsIn(body, 'tools');
  if (tools.length === 0) throw new Refused(400, "Invalid 'tools': empty array.", 'empty_array', 'tools');
  return tools.map((tool, index) => {
    const at = `tools[${index}]`;
    const type = textIn(tool, 'type') ?? '';
    if (type !== 'function' && type !== 'custom') {
      throw new Refused(
        400,
        `Invalid value: '${type}'. Supported values are: 'function' and 'custom'.`,
        'invalid_value',
        `${at}.type`,
      );
    }
    const unknown = unknownIn(tool, ['type', type]);
    if (unknown !== undefined)
      throw new Refused(400, `Unknown parameter: '${at}.${unknown}'.`, 'unknown_parameter');
    const described = objectIn(tool, type) ?? {};
    const strange = unknownIn(described, ['name', 'description', 'parameters', 'strict', 'format']);
    if (strange !== undefined)
      throw new Refused(400, `Unknown parameter: '${at}.${type}.${strange}'.`, 'unknown_parameter');
    const name = textIn(described, 'name') ?? '';
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
      throw new Refused(
        400,
        `Invalid '${at}.function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
        'invalid_value',
        `${at}.function.name`,
      );
    }
    const schema = objectIn(described, 'parameters');
    if (schema !== null && schema['type'] !== 'object') {
      throw new Refused(
        400,
        `Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"'.`,
        'invalid_function_parameters',
        `${at}.function.parameters`,
      );
    }
    if (described['strict'] === true) checkStrict(schema ?? {}, `function '${name}'`);
    return { name, description: textIn(described, 'description') ?? '', schema, custom: type === 'custom' };
  });
}

export function readChoice(body: JsonObject, tools: readonly SeenTool[]): string | null {
  const choice = body['tool_choice'];
  if (choice === undefined || choice === null) return null;
  if (tools.length === 0)
    throw new Refused(400, "'tool_choice' is only allowed when 'tools' are specified.", null, 'tool_choice');
  if (choice === 'auto' || choice === 'required' || choice === 'none') return choice;
  const chosen = objectIn(body, 'tool_choice') ?? {};
  if (chosen['type'] === 'allowed_tools') {
    const allowed = objectIn(chosen, 'allowed_tools') ?? {};
    const names = objectsIn(allowed, 'tools').map((tool) => textIn(objectIn(tool, 'function') ?? {}, 'name'));
    return `${textIn(allowed, 'mode')} of ${names.join(',')}`;
  }
  const name = textIn(objectIn(chosen, 'function') ?? objectIn(chosen, 'custom') ?? {}, 'name');
  if (!tools.some((tool) => tool.name === name)) {
    throw new Refused(
      400,
      `Invalid value for 'tool_choice': no function named '${name}' was specified in the 'tools' parameter.`,
    );
  }
  return `only ${name}`;
}

export function readFormat(body: JsonObject): JsonObject | null {
  const format = objectIn(body, 'response_format');
  if (format === null || format['type'] === 'text') return null;
  if (format['type'] === 'json_object') return {};
  const described = objectIn(format, 'json_schema') ?? {};
  const name = textIn(described, 'name');
  if (format['type'] !== 'json_schema' || name === null || !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    throw new Refused(
      400,
      "Missing required parameter: 'response_format.json_schema.name'.",
      'missing_required_parameter',
    );
  }
  const unknown = unknownIn(described, ['name', 'description', 'schema', 'strict']);
  if (unknown !== undefined)
    throw new Refused(400, `Unknown parameter: 'response_format.json_schema.${unknown}'.`);
  const schema = objectIn(described, 'schema');
  if (schema === null || listIn(format, 'unused').length > 0)
    throw new Refused(400, "Missing required parameter: 'response_format.json_schema.schema'.");
  if (described['strict'] === true) checkStrict(schema, `response_format '${name}'`);
  return schema;
}
