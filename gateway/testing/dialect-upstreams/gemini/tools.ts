/** Tools and choice of tools in Gemini's API. */
import { isArray, type JsonObject } from '../../../core/json.ts';
import { objectIn, objectsIn, textIn } from '../read-members.ts';
import type { SeenTool } from '../scene.ts';
import { badRequest, refuseUnknown } from './refuse.ts';
import { checkSchema } from './schema.ts';

const OWN_TOOLS = ['googleSearch', 'urlContext', 'codeExecution', 'googleMaps', 'computerUse', 'fileSearch'];

export function readTools(body: JsonObject): readonly SeenTool[] {
  return objectsIn(body, 'tools').flatMap((tool, index) => {
    refuseUnknown(tool, ['functionDeclarations', ...OWN_TOOLS], `tools[${index}]`);
    return objectsIn(tool, 'functionDeclarations').map((declared, place) => {
      const at = `tools[${index}].function_declarations[${place}]`;
      refuseUnknown(
        declared,
        [
          'name',
          'description',
          'parameters',
          'parametersJsonSchema',
          'response',
          'responseJsonSchema',
          'behavior',
        ],
        at,
      );
      const name = textIn(declared, 'name') ?? '';
      if (!/^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/.test(name)) {
        badRequest(
          `* GenerateContentRequest.${at}.name: Invalid function name. Must start with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 128.\n`,
        );
      }
      const own = objectIn(declared, 'parameters');
      if (own !== null && declared['parametersJsonSchema'] !== undefined) {
        badRequest(
          `* GenerateContentRequest.${at}: parameters and parameters_json_schema are mutually exclusive.\n`,
        );
      }
      if (own !== null) {
        checkSchema(own, `${at}.parameters`);
        const properties = objectIn(own, 'properties') ?? {};
        if (Object.keys(properties).length === 0) {
          badRequest(
            `* GenerateContentRequest.${at}.parameters.properties: should be non-empty for OBJECT type\n`,
          );
        }
      }
      const schema = own ?? objectIn(declared, 'parametersJsonSchema');
      return { name, description: textIn(declared, 'description') ?? '', schema, custom: false };
    });
  });
}

export function readChoice(body: JsonObject, tools: readonly SeenTool[]): string | null {
  const config = objectIn(body, 'toolConfig');
  if (config === null) return null;
  refuseUnknown(
    config,
    ['functionCallingConfig', 'retrievalConfig', 'includeServerSideToolInvocations'],
    'tool_config',
  );
  const calling = objectIn(config, 'functionCallingConfig');
  if (calling === null) return null;
  refuseUnknown(
    calling,
    ['mode', 'allowedFunctionNames', 'streamFunctionCallArguments'],
    'tool_config.function_calling_config',
  );
  const mode = textIn(calling, 'mode') ?? '';
  if (!['AUTO', 'ANY', 'NONE', 'VALIDATED'].includes(mode))
    badRequest(`Invalid value at 'tool_config.function_calling_config.mode' (TYPE_ENUM), "${mode}"`);
  const { allowedFunctionNames } = calling;
  const allowed = isArray(allowedFunctionNames)
    ? allowedFunctionNames.filter((name) => typeof name === 'string')
    : [];
  if (allowed.length > 0 && mode !== 'ANY' && mode !== 'VALIDATED') {
    badRequest(
      '* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: can be specified only when mode is ANY.\n',
    );
  }
  const stranger = allowed.find((name) => !tools.some((tool) => tool.name === name));
  if (stranger !== undefined) badRequest(`allowed_function_names: ${stranger} is not a declared function`);
  if (mode === 'ANY') {
    if (tools.length === 0) badRequest('Function calling config is set without function_declarations.');
    return allowed.length === 1
      ? `only ${allowed[0]}`
      : allowed.length > 1
        ? `required of ${allowed.join(',')}`
        : 'required';
  }
  return mode.toLowerCase();
}
