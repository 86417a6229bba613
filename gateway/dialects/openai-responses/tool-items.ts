/**
 * Items that stand for calls of tools. Those of tools which OpenAI has defined but the client runs (shells, patches)
 * are calls as well: their actions become the arguments.
 */
import { isObject, type JsonObject } from '../../core/json.ts';

export interface CallItem {
  /** What results refer to; empty where the item has none. */
  readonly id: string;
  /** With the namespace in front, as `flatName` writes it. */
  readonly name: string;
  readonly namespace: { readonly name: string; readonly tool: string } | null;
  readonly input: string;
  readonly custom: boolean;
}

/** @returns undefined for an item that is no call a client would run */
export function readCall(item: JsonObject): CallItem | undefined {
  const id = text(item['call_id']) || text(item['id']);
  switch (item['type']) {
    case 'function_call':
      return { ...named(item), id, input: text(item['arguments']), custom: false };
    case 'custom_tool_call':
      return { ...named(item), id, input: text(item['input']), custom: true };
    case 'local_shell_call':
      return { id, name: 'local_shell', namespace: null, input: json(item['action']), custom: false };
    case 'shell_call':
      return { id, name: 'shell', namespace: null, input: json(item['action']), custom: false };
    case 'apply_patch_call':
      return { id, name: 'apply_patch', namespace: null, input: json(item['operation']), custom: false };
    default:
      return undefined;
  }
}

function named(item: JsonObject): Pick<CallItem, 'name' | 'namespace'> {
  const tool = text(item['name']);
  const namespace = text(item['namespace']);
  if (namespace === '') return { name: tool, namespace: null };
  return { name: flatName(namespace, tool), namespace: { name: namespace, tool } };
}

/** Codex ends some namespaces with the separator itself: `mcp__github__`. */
export function flatName(namespace: string, tool: string): string {
  return namespace.endsWith('__') ? namespace + tool : `${namespace}__${tool}`;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const json = (value: unknown): string => JSON.stringify(isObject(value) ? value : {});
