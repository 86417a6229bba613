/** Calls of tools in an answer. Told apart by their place in the output: some upstreams change ids with each event. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isWholeObject } from '../../core/canonical/call-arguments.ts';
import type { JsonObject } from '../../core/json.ts';
import { readCall } from './tool-items.ts';

export interface CallDecoder {
  /** Nothing yet where the name is not told. */
  added(item: number, value: JsonObject): readonly StreamPart[];
  delta(item: number, text: string): readonly StreamPart[];
  /** The whole input, of which a part or nothing was told. */
  input(item: number, text: string): readonly StreamPart[];
  /** The whole call; nothing for items of other kinds. */
  done(item: number, value: JsonObject): readonly StreamPart[];
  /**
   * Ends what was left open.
   * @param cutShort the answer was broken off, so that what is open is half
   */
  close(cutShort: boolean): readonly StreamPart[];
  /** Some call was made. */
  readonly called: boolean;
}

export function createCallDecoder(): CallDecoder {
  const calls = new Map<number, { readonly index: number; length: number; ended: boolean }>();

  function start(item: number, value: JsonObject): readonly StreamPart[] {
    const call = readCall(value);
    if (call === undefined || call.name === '' || calls.has(item)) return [];
    const index = calls.size;
    calls.set(item, { index, length: 0, ended: false });
    const id = call.id === '' ? `call_${index}` : call.id;
    return [{ kind: 'tool-call-start', index, id, name: call.name, custom: call.custom }];
  }

  function delta(item: number, text: string): readonly StreamPart[] {
    const call = calls.get(item);
    if (call === undefined || call.ended || text === '') return [];
    call.length += text.length;
    return [{ kind: 'tool-call-delta', index: call.index, text }];
  }

  const input = (item: number, text: string): readonly StreamPart[] =>
    delta(item, text.slice(calls.get(item)?.length ?? 0));

  return {
    added: start,
    delta,
    input,
    done(item, value) {
      const started = start(item, value);
      const call = calls.get(item);
      if (call === undefined || call.ended) return started;
      const rest = input(item, readCall(value)?.input ?? '');
      // The end of the answer tells what this one is.
      if (isHalf(value)) return [...started, ...rest];
      call.ended = true;
      return [...started, ...rest, { kind: 'tool-call-end', index: call.index }];
    },
    close(cutShort) {
      const open = cutShort ? [] : [...calls.values()].filter(({ ended }) => !ended);
      for (const call of open) call.ended = true;
      return open.map(({ index }) => ({ kind: 'tool-call-end', index }));
    },
    get called() {
      return calls.size > 0;
    },
  };
}

/** Some servers say of a call that was cut that it is completed. */
function isHalf(item: JsonObject): boolean {
  const { type, status, arguments: written } = item;
  if (status === 'incomplete') return true;
  return type === 'function_call' && typeof written === 'string' && written !== '' && !isWholeObject(written);
}
