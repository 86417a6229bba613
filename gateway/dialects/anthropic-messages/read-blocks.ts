/** Reads the blocks of an answer's content into parts, streamed or whole. */
import type { Signature } from '../../core/canonical/signature.ts';
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import { isArray, isObject, type JsonObject } from '../../core/json.ts';

export interface BlockReader {
  start(index: unknown, block: JsonObject): readonly StreamPart[];
  delta(index: unknown, delta: JsonObject): readonly StreamPart[];
  stop(index: unknown): readonly StreamPart[];
  /** Of blocks whose end never came. */
  stopAll(): readonly StreamPart[];
  /** Something was read that cannot be taken back. */
  readonly any: boolean;
  readonly calledTools: boolean;
}

/** A block that is open. What a provider's own tools did (searches, code, compaction) stays with the provider. */
type OpenBlock =
  | { readonly kind: 'text'; readonly from: number; readonly sources: JsonObject[] }
  | { readonly kind: 'thinking'; signature: string }
  | { readonly kind: 'call'; readonly number: number; readonly input: JsonObject; written: boolean }
  | { readonly kind: 'other' };

export function createBlockReader(): BlockReader {
  const open = new Map<unknown, OpenBlock>();
  let calls = 0;
  let any = false;
  /** UTF-16 units of text so far, which citations refer to. */
  let textLength = 0;

  function start(index: unknown, block: JsonObject): readonly StreamPart[] {
    const parts = [...stop(index)];
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
    open.set(index, { kind: 'call', number, input, written: false });
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
        block.written = true;
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
        const { number, input, written } = block;
        // No delta at all means what the block began with, which for a tool without arguments is {}.
        const whole: readonly StreamPart[] = written
          ? []
          : [{ kind: 'tool-call-delta', index: number, text: JSON.stringify(input) }];
        return [...whole, { kind: 'tool-call-end', index: number }];
      }
      default:
        return [];
    }
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
    stopAll: () => [...open.keys()].flatMap(stop),
    get any() {
      return any;
    },
    get calledTools() {
      return calls > 0;
    },
  };
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
