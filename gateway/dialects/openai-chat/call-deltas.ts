/** How calls stand in deltas: each in `tool_calls`, or the one an old client can hold in `function_call`. */
import type { Tool } from '../../core/canonical/request.ts';
import type { JsonObject } from '../../core/json.ts';

export interface WrittenCall {
  readonly candidate: number;
  /** Calls are counted anew in each choice. */
  readonly index: number;
  readonly custom: boolean;
  written: boolean;
}

export interface CallWords {
  /** Null for a call that has no place. */
  begin(call: WrittenCall, id: string, name: string): JsonObject | null;
  extend(call: WrittenCall, text: string): JsonObject | null;
  readonly finish: 'tool_calls' | 'function_call';
}

/** @param tools as the client declared them */
export const callWords = (tools: readonly Tool[]): CallWords =>
  tools.some((tool) => tool.kind === 'function' && tool.old === true) ? OLD : NEW;

const NEW: CallWords = {
  begin({ index, custom }, id, name) {
    const body = custom ? { custom: { name, input: '' } } : { function: { name, arguments: '' } };
    return { tool_calls: [{ index, id, type: custom ? 'custom' : 'function', ...body }] };
  },
  extend({ index, custom }, text) {
    const body = custom ? { custom: { input: text } } : { function: { arguments: text } };
    return { tool_calls: [{ index, ...body }] };
  },
  finish: 'tool_calls',
};

const OLD: CallWords = {
  begin: ({ index }, _id, name) => (index === 0 ? { function_call: { name, arguments: '' } } : null),
  extend: ({ index }, text) => (index === 0 ? { function_call: { arguments: text } } : null),
  finish: 'function_call',
};
