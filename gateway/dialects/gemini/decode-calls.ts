/** Calls of tools in an answer: whole, or opened, filled and closed in several parts. */
import { hash } from 'node:crypto';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { textIn } from './fields.ts';
import { addPartialArgs } from './partial-args.ts';

export interface CallReader {
  /** One `functionCall`. */
  read(call: JsonObject, signature: Signature | null, candidate: number): readonly StreamPart[];
  /**
   * Ends a call that is still open.
   * @param cutShort whether that answer was broken off, so that a call of it that is open is half
   */
  close(cutShort: (candidate: number) => boolean): readonly StreamPart[];
  /** Whether an answer has called a tool. */
  has(candidate: number): boolean;
}

interface OpenCall {
  readonly index: number;
  readonly candidate: number;
  readonly args: Record<string, unknown>;
}

/** @param responseId what makes the ids of this answer's calls different from those of any other */
export function createCallReader(responseId: () => string): CallReader {
  const ids = new Set<string>();
  const callers = new Set<number>();
  let count = 0;
  let open: OpenCall | null = null;

  function idOf(call: JsonObject, index: number): string {
    const given = textIn(call, 'id');
    if (given !== '' && !ids.has(given)) return given;
    const answer = responseId().replaceAll(/[^A-Za-z0-9_-]/g, '') || hash('sha256', JSON.stringify(call));
    return `call_${answer.slice(0, 28)}_${index}`;
  }

  function begin(call: JsonObject, signature: Signature | null, candidate: number): StreamPart {
    const index = count;
    count += 1;
    const id = idOf(call, index);
    ids.add(id);
    callers.add(candidate);
    open = { index, candidate, args: isObject(call['args']) ? { ...call['args'] } : {} };
    const start: StreamPart = {
      kind: 'tool-call-start',
      index,
      id,
      name: textIn(call, 'name'),
      custom: false,
    };
    return {
      ...start,
      ...(signature === null ? {} : { signature }),
      ...(candidate === 0 ? {} : { candidate }),
    };
  }

  function end(): readonly StreamPart[] {
    if (open === null) return [];
    const { index, args } = open;
    open = null;
    return [
      { kind: 'tool-call-delta', index, text: JSON.stringify(args) },
      { kind: 'tool-call-end', index },
    ];
  }

  return {
    read(call, signature, candidate) {
      const parts: StreamPart[] = [];
      if (textIn(call, 'name') !== '') parts.push(...end(), begin(call, signature, candidate));
      if (open !== null) addPartialArgs(open.args, call['partialArgs']);
      return call['willContinue'] === true ? parts : [...parts, ...end()];
    },
    close: (cutShort) => (open !== null && cutShort(open.candidate) ? [] : end()),
    has: (candidate) => callers.has(candidate),
  };
}
