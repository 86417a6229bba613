/** Reasoning of one answer, from whichever member its provider uses, as blocks that are open one at a time. */
import type { StreamPart } from '../../core/canonical/stream-parts.ts';
import type { JsonObject } from '../../core/json.ts';
import { entriesIn, keyOfEntry, mergeEntries, signatureOfEntry, textOfEntry } from './reasoning-details.ts';

export interface ReasoningReader {
  /** A delta or a whole message. */
  read(delta: JsonObject): readonly StreamPart[];
  /** Thoughts that stood in the content. */
  say(text: string): readonly StreamPart[];
  /** Something else begins. */
  close(): readonly StreamPart[];
  /** A block has begun and not ended. */
  readonly open: boolean;
}

/** Key of a block whose text has no entry behind it. */
const PLAIN = '';

export function createReasoningReader(): ReasoningReader {
  const entries = new Map<string, JsonObject>();
  let key: string | null = null;
  /** The start is told with the first text, or with a signature at the end: an empty block is none. */
  let started = false;

  function close(): readonly StreamPart[] {
    if (key === null) return [];
    const entry = entries.get(key);
    const signature = entry === undefined ? null : signatureOfEntry(entry);
    const owed: readonly StreamPart[] = started || signature === null ? [] : [{ kind: 'reasoning-start' }];
    const told = started || signature !== null;
    key = null;
    started = false;
    return told ? [...owed, { kind: 'reasoning-end', signature }] : [];
  }

  function write(next: string, text: string): readonly StreamPart[] {
    const closed = key === next ? [] : close();
    key = next;
    if (text === '') return closed;
    const start: readonly StreamPart[] = started ? [] : [{ kind: 'reasoning-start' }];
    started = true;
    return [...closed, ...start, { kind: 'reasoning-delta', text }];
  }

  function readEntry(fragment: JsonObject): readonly StreamPart[] {
    const of = keyOfEntry(fragment);
    const known = entries.get(of);
    entries.set(of, known === undefined ? fragment : mergeEntries(known, fragment));
    return write(of, textOfEntry(fragment));
  }

  return {
    read(delta) {
      const fragments = entriesIn(delta['reasoning_details']);
      // The text stands beside the entries once more; it is the only one where all of them are encrypted.
      const spoken = fragments.some((fragment) => textOfEntry(fragment) !== '');
      // One provider uses the first name, another the second; whoever writes both repeats itself.
      const text = spoken ? '' : textIn(delta['reasoning_content']) || textIn(delta['reasoning']);
      return [...(text === '' ? [] : write(PLAIN, text)), ...fragments.flatMap(readEntry)];
    },
    say: (text) => (text === '' ? [] : write(PLAIN, text)),
    close,
    get open() {
      return key !== null;
    },
  };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
