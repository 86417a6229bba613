/** Tools as function declarations, and which of them may or must be called. */
import { remark } from '../../../contract/rpc/remarks/remark.ts';
import type { CanonicalRequest, Tool, ToolChoice, Warn } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';
import { generationOf } from './generation.ts';
import { cleanSchema } from './schema.ts';

/** Members `tools` and `toolConfig`. */
export function encodeTools({ tools, settings }: CanonicalRequest, model: string, warn: Warn): JsonObject {
  const functionDeclarations = tools.flatMap((tool) => declare(tool, model, warn));
  if (functionDeclarations.length === 0) return {};
  if (settings.parallelTools === false) {
    warn(remark('gemini-one-tool'));
  }
  const { toolChoice } = settings;
  return {
    tools: [{ functionDeclarations }],
    ...(toolChoice === null ? {} : { toolConfig: { functionCallingConfig: encodeChoice(toolChoice) } }),
  };
}

/** Free text, where the translation has left a custom tool, as the one argument it can be. */
const FREE_TEXT: JsonObject = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
};

function declare(tool: Tool, model: string, warn: Warn): readonly JsonObject[] {
  if (tool.kind === 'hosted') {
    warn(remark('client-tool', { tool: `"${tool.name}"` }));
    return [];
  }
  const { name, description } = tool;
  if (tool.kind === 'function' && tool.strict === true) {
    warn(remark('gemini-strict'));
  }
  const schema = tool.kind === 'custom' ? FREE_TEXT : tool.schema;
  return [
    {
      name,
      ...(description === '' ? {} : { description }),
      ...(schema === null ? {} : encodeParameters(schema, name, model, warn)),
    },
  ];
}

function encodeParameters(schema: JsonObject, name: string, model: string, warn: Warn): JsonObject {
  if (Object.keys(schema).length === 0) return {};
  if (generationOf(model).jsonSchema) return { parametersJsonSchema: schema };
  const parameters = cleanSchema(schema, name, warn);
  // An object without properties is refused; no parameters at all mean the same.
  const empty = parameters['type'] === 'OBJECT' && parameters['properties'] === undefined;
  return empty ? {} : { parameters };
}

function encodeChoice(choice: ToolChoice): JsonObject {
  switch (choice.kind) {
    case 'auto':
      return { mode: 'AUTO' };
    case 'required':
      return { mode: 'ANY' };
    case 'none':
      return { mode: 'NONE' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [choice.name] };
    case 'subset':
      return { mode: choice.required ? 'ANY' : 'VALIDATED', allowedFunctionNames: choice.names };
  }
}
