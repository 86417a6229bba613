/**
 * Tools that take free text, for targets that know only JSON arguments: a function with one member `input`, and
 * calls of it read back into the text.
 */
import type { AssistantPart, UserPart } from '../../core/canonical/parts.ts';
import type { Tool } from '../../core/canonical/request.ts';
import { isObject, parseJson } from '../../core/json.ts';

export function lowerTool(tool: Tool): Tool {
  if (tool.kind !== 'custom') return tool;
  const { name, description, format, namespace } = tool;
  const grammar =
    format?.['type'] === 'grammar' || format?.['definition'] !== undefined
      ? `The text follows this grammar:\n${JSON.stringify(format)}`
      : '';
  return {
    kind: 'function',
    name,
    description: [description, grammar].filter((text) => text !== '').join('\n\n'),
    schema: {
      type: 'object',
      properties: { input: { type: 'string', description: 'The whole input of the tool, as plain text.' } },
      required: ['input'],
      additionalProperties: false,
    },
    strict: null,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

export function lowerCall<Part extends AssistantPart | UserPart>(part: Part): Part {
  if (part.kind === 'tool-result' && part.custom) return { ...part, custom: false };
  if (part.kind !== 'tool-call' || !part.custom) return part;
  return { ...part, custom: false, input: JSON.stringify({ input: part.input }) };
}

/** The text in a call's arguments; models that forget the wrapping have written the text itself. */
export function raisedInput(args: string): string {
  const value = parseJson(args);
  const input = isObject(value) ? value['input'] : value;
  return typeof input === 'string' ? input : args;
}
