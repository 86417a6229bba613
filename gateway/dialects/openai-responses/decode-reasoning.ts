/**
 * Reasoning of an answer as open and closed blocks. A block is one item, but others may speak before its item ends
 * (OpenRouter ends it last): then it closes without a proof, which follows in an empty block of its own.
 */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { readReasoning, thoughtOf } from './reasoning-items.ts';

export interface ReasoningDecoder {
  /**
   * @param kind an item may show its thoughts and a summary of them; the first that comes is read
   * @param part number of the paragraph within the summary
   */
  delta(item: number, kind: 'content' | 'summary', part: number, text: string): readonly StreamPart[];
  done(item: number, value: JsonObject): readonly StreamPart[];
  /** Somebody else speaks. */
  interrupt(): readonly StreamPart[];
}

const END: StreamPart = { kind: 'reasoning-end', signature: null };

export function createReasoningDecoder(): ReasoningDecoder {
  /** What was read of each item. */
  const spoken = new Map<number, { readonly kind: 'content' | 'summary'; readonly part: number }>();
  let open: number | undefined;

  function interrupt(): readonly StreamPart[] {
    if (open === undefined) return [];
    open = undefined;
    return [END];
  }

  function begin(item: number): readonly StreamPart[] {
    if (open === item) return [];
    const ended = interrupt();
    open = item;
    return [...ended, { kind: 'reasoning-start' }];
  }

  return {
    interrupt,
    delta(item, kind, part, text) {
      const before = spoken.get(item);
      if (text === '' || (before !== undefined && before.kind !== kind)) return [];
      spoken.set(item, { kind, part });
      const paragraph = before !== undefined && before.part !== part ? '\n\n' : '';
      return [...begin(item), { kind: 'reasoning-delta', text: paragraph + text }];
    },
    done(item, value) {
      const read = readReasoning(value);
      const signature = read?.of === 'reasoning' ? read.part.signature : null;
      const unsaid = spoken.has(item) ? '' : thoughtOf(value);
      if (open !== item && unsaid === '' && signature === null) return [];
      const begun = begin(item);
      open = undefined;
      return [
        ...begun,
        ...(unsaid === '' ? [] : [{ kind: 'reasoning-delta' as const, text: unsaid }]),
        { kind: 'reasoning-end', signature },
      ];
    },
  };
}
