/**
 * A request as people read it, whatever format it is in: to compare one format with another. Read straight from the
 * JSON, not with the gateway's codecs. Ids, signatures and thoughts are left out: they belong to one API each.
 */
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export type ViewPart =
  | { readonly text: string }
  | { readonly media: string }
  | { readonly call: string; readonly input: unknown }
  | { readonly result: string };

export interface RequestView {
  readonly system: string;
  /** Neighbours of one role are one turn, neighbouring texts of it one text; tools speak as the user. */
  readonly turns: readonly { readonly role: 'user' | 'assistant'; readonly parts: readonly ViewPart[] }[];
  readonly tools: readonly {
    readonly name: string;
    readonly description: string;
    readonly schema: unknown;
  }[];
  /** `auto`, `required`, `none`, or the one tool; null when nothing was said. */
  readonly choice: string | null;
  readonly answerSchema: unknown;
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  /** Reasoning in the words of the format; null when nothing was said. */
  readonly reasoning: string | null;
}

export interface Said {
  readonly role: 'user' | 'assistant';
  readonly parts: readonly ViewPart[];
}

export function joined(said: readonly Said[]): RequestView['turns'] {
  const turns: { role: Said['role']; parts: ViewPart[] }[] = [];
  for (const { role, parts } of said.filter(hasSomething)) {
    const last = turns.at(-1);
    const turn = last?.role === role ? last : { role, parts: [] };
    if (turn !== last) turns.push(turn);
    for (const part of parts) {
      const before = turn.parts.at(-1);
      if ('text' in part && part.text === '') continue;
      if ('text' in part && before !== undefined && 'text' in before) {
        turn.parts[turn.parts.length - 1] = { text: `${before.text}\n${part.text}` };
      } else turn.parts.push(part);
    }
  }
  return turns.map(({ role, parts }) => ({ role, parts: parts.map(withoutBlankLines) }));
}

/** Where texts of one turn are joined, formats differ in how far apart they are set. */
const withoutBlankLines = (part: ViewPart): ViewPart =>
  'text' in part ? { text: part.text.replaceAll(/\n+/g, '\n') } : part;

/** Empty texts, and turns of nothing else, are refused by some formats and mean nothing in any. */
const hasSomething = ({ parts }: Said): boolean =>
  parts.some((part) => !('text' in part) || part.text !== '');

/** Instructions before the first turn; later ones are read as the user's words, which not every format can tell apart. */
export function splitSystem(messages: readonly JsonObject[]): {
  readonly system: readonly JsonObject[];
  readonly rest: readonly JsonObject[];
} {
  const isSystem = (message: JsonObject): boolean =>
    ['system', 'developer'].includes(textIn(message, 'role'));
  const first = messages.findIndex((message) => !isSystem(message));
  const end = first === -1 ? messages.length : first;
  return { system: messages.slice(0, end), rest: messages.slice(end) };
}

/** Keywords that say the same in every format; what only some know is left out. */
const KEPT = ['type', 'description', 'enum', 'items', 'properties', 'required', 'anyOf'];

/** A schema without what not every format can say. */
export function plainSchema(schema: unknown): unknown {
  if (!isObject(schema)) return null;
  const plain: Record<string, unknown> = {};
  for (const name of KEPT) {
    const value = schema[name];
    if (value === undefined) continue;
    if (name === 'properties' && isObject(value)) {
      plain[name] = Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, plainSchema(inner)]),
      );
    } else if (name === 'items') plain[name] = plainSchema(value);
    else if (name === 'anyOf' && isArray(value)) plain[name] = value.map(plainSchema);
    else if (name === 'type' && typeof value === 'string') plain[name] = value.toLowerCase();
    else if (name === 'required' && isArray(value)) plain[name] = value.toSorted();
    else plain[name] = value;
  }
  return plain;
}

export const textIn = (from: unknown, name: string): string => {
  const value = isObject(from) ? from[name] : undefined;
  return typeof value === 'string' ? value : '';
};
export const objectIn = (from: unknown, name: string): JsonObject => {
  const value = isObject(from) ? from[name] : undefined;
  return isObject(value) ? value : {};
};
export const listIn = (from: unknown, name: string): readonly JsonObject[] => {
  const value = isObject(from) ? from[name] : undefined;
  return isArray(value) ? value.filter((one): one is JsonObject => isObject(one)) : [];
};
export const stringsIn = (from: unknown, name: string): readonly string[] => {
  const value = isObject(from) ? from[name] : undefined;
  if (typeof value === 'string') return [value];
  return isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};
export const numberIn = (from: unknown, name: string): number | null => {
  const value = isObject(from) ? from[name] : undefined;
  return typeof value === 'number' ? value : null;
};

/** What a tool gave, as text: JSON in one form, whether it came as text or as an object. */
export function resultText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
