/** Reads the blocks of an answer's content into parts, streamed or whole. */
import { isWholeObject } from '../../core/canonical/call-arguments.ts';
import type { Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export interface BlockReader {
  start(index: unknown, block: JsonObject): readonly StreamPart[];
  delta(index: unknown, delta: JsonObject): readonly StreamPart[];
  stop(index: unknown): readonly StreamPart[];
  /**
   * Of blocks whose end never came.
   * @param cutShort the answer was broken off, so that a call which is not whole is half
   */
  stopAll(cutShort: boolean): readonly StreamPart[];
  /** Something was read that cannot be taken back. */
  readonly any: boolean;
  readonly calledTools: boolean;
}

/** A block that is open. What a provider's own tools did (searches, code, compaction) stays with the provider. */
type OpenBlock =
  | { readonly kind: 'text'; readonly from: number; readonly sources: JsonObject[] }
  | { readonly kind: 'thinking'; signature: string }
  | OpenCall
  | { readonly kind: 'other' };

interface OpenCall {
  readonly kind: 'call';
  readonly number: number;
  /** What the block began with. */
  readonly input: JsonObject;
  written: string;
}

export function createBlockReader(): BlockReader {
  const open = new Map<unknown, OpenBlock>();
  /** A call whose block has ended, but perhaps by a limit: what follows tells. */
  let uncertain: OpenCall | null = null;
  let calls = 0;
  let any = false;
  /** UTF-16 units of text so far, which citations refer to. */
  let textLength = 0;

  function start(index: unknown, block: JsonObject): readonly StreamPart[] {
    const parts = [...stop(index), ...settle()];
    any = true;
    switch (block['type']) {
      case 'text': {
        const sources = isArray(block['citations']) ? block['citations'].filter(isObject) : [];
        open.set(index, { kind: 'text', from: textLength, sources });
        return [...parts, ...addText(block['text'])];
      }
      case 'thinking':
        open.set(index, { kind: 'thinking', signature: text(block['signature']) });
        return [...parts, { kind: 'reasoning-start' }, ...addThought(block['thinking'])];
      case 'redacted_thinking':
        open.set(index, { kind: 'other' });
        return [
          ...parts,
          { kind: 'reasoning-start' },
          { kind: 'reasoning-end', signature: signed('anthropic-redacted', text(block['data'])) },
        ];
      case 'tool_use':
        return [...parts, startCall(index, block)];
      default:
        open.set(index, { kind: 'other' });
        return parts;
    }
  }

  function startCall(index: unknown, block: JsonObject): StreamPart {
    const number = calls;
    calls += 1;
    const input = isObject(block['input']) ? block['input'] : {};
    open.set(index, { kind: 'call', number, input, written: '' });
    // Every call has an id here; one without would meet its result nowhere.
    const id = text(block['id']) || `toolu_${number}`;
    return { kind: 'tool-call-start', index: number, id, name: text(block['name']), custom: false };
  }

  function delta(index: unknown, change: JsonObject): readonly StreamPart[] {
    any = true;
    const block = open.get(index);
    switch (change['type']) {
      case 'text_delta':
        return block === undefined || block.kind === 'text' ? addText(change['text']) : [];
      case 'thinking_delta':
        return block?.kind === 'thinking' ? addThought(change['thinking']) : [];
      case 'signature_delta':
        if (block?.kind === 'thinking') block.signature = text(change['signature']);
        return [];
      case 'citations_delta':
        if (block?.kind === 'text' && isObject(change['citation'])) block.sources.push(change['citation']);
        return [];
      case 'input_json_delta': {
        const json = text(change['partial_json']);
        if (block?.kind !== 'call' || json === '') return [];
        block.written += json;
        return [{ kind: 'tool-call-delta', index: block.number, text: json }];
      }
      default:
        return [];
    }
  }

  function stop(index: unknown): readonly StreamPart[] {
    const block = open.get(index);
    open.delete(index);
    switch (block?.kind) {
      case 'text':
        return block.sources.flatMap((source) => cite(source, block.from, textLength));
      case 'thinking':
        return [{ kind: 'reasoning-end', signature: signed('anthropic', block.signature) }];
      case 'call': {
        const before = settle();
        if (isWholeObject(block.written)) return [...before, ...endCall(block)];
        uncertain = block;
        return before;
      }
      default:
        return [];
    }
  }

  function settle(): readonly StreamPart[] {
    const call = uncertain;
    uncertain = null;
    return call === null ? [] : endCall(call);
  }

  function stopAll(cutShort: boolean): readonly StreamPart[] {
    const parts = [...open.keys()].flatMap(stop);
    if (cutShort) uncertain = null;
    return [...parts, ...settle()];
  }

  function addText(value: unknown): readonly StreamPart[] {
    const added = text(value);
    textLength += added.length;
    return added === '' ? [] : [{ kind: 'text-delta', text: added }];
  }

  return {
    start,
    delta,
    stop,
    stopAll,
    get any() {
      return any;
    },
    get calledTools() {
      return calls > 0;
    },
  };
}

/** No delta at all means what the block began with, which for a tool without arguments is {}. */
function endCall({ number, input, written }: OpenCall): readonly StreamPart[] {
  const whole: readonly StreamPart[] =
    written === '' ? [{ kind: 'tool-call-delta', index: number, text: JSON.stringify(input) }] : [];
  return [...whole, { kind: 'tool-call-end', index: number }];
}

function addThought(value: unknown): readonly StreamPart[] {
  const added = text(value);
  return added === '' ? [] : [{ kind: 'reasoning-delta', text: added }];
}

function signed(format: 'anthropic' | 'anthropic-redacted', value: string): Signature | null {
  return value === '' ? null : { format, value, id: null, origin: null };
}

/** Places in a document of the client's own have no address and are left out. */
function cite(source: JsonObject, start: number, end: number): readonly StreamPart[] {
  const url = text(source['url']) || text(source['source']);
  return url === '' ? [] : [{ kind: 'citation', url, title: text(source['title']), start, end }];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
