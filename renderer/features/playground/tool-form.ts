/** Tools and schemas while they are typed: what is wrong with them. Pure. */
import { MOST_TOOLS } from '../../../contract/rpc/chat-limits.ts';
import type { ConversationTool } from '../../../contract/rpc/procedures/conversations.ts';

/** Names that every vendor takes. */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

export type ToolProblem = 'name' | 'twice' | 'schema';

/** @returns what the parser says; null where the text is a JSON object, or empty */
export function jsonProblem(text: string): string | null {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : '{ … }';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @returns null where the tool can be sent */
export function toolProblem(tool: ConversationTool, others: readonly ConversationTool[]): ToolProblem | null {
  if (!NAME.test(tool.name)) return 'name';
  if (others.some((other) => other !== tool && other.name === tool.name)) return 'twice';
  return jsonProblem(tool.schema) === null ? null : 'schema';
}

export const isName = (text: string): boolean => NAME.test(text);

const EXAMPLE = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
} as const;

/** A tool to begin with, under a name that is free. */
export function exampleTool(taken: readonly string[]): ConversationTool {
  const names = ['get_weather', ...Array.from({ length: MOST_TOOLS }, (_, index) => `tool_${index + 1}`)];
  return {
    name: names.find((name) => !taken.includes(name)) ?? 'tool',
    description: '',
    schema: JSON.stringify(EXAMPLE, null, 2),
    canned: null,
  };
}

const SCHEMA_EXAMPLE = {
  type: 'object',
  properties: { title: { type: 'string' }, score: { type: 'number' } },
  required: ['title', 'score'],
  additionalProperties: false,
} as const;

export const exampleSchema = (): string => JSON.stringify(SCHEMA_EXAMPLE, null, 2);
