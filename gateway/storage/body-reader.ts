/** The bodies of one row for reading: as they came, what a stream said, and its events with their times. */
import type { Database } from 'better-sqlite3';
import * as z from 'zod/mini';
import type { AssembledAnswer, StreamEvents } from '../../contract/log/answer.ts';
import type { BodyState } from '../../contract/log/row.ts';
import { assembleAnswer } from '../core/answer/assemble.ts';
import { decodeText, parseJson } from '../core/json.ts';
import { decodeEventTimes, eventsOf } from './event-times.ts';
import { decodeOldBodies, type OldBodies } from './old-bodies.ts';
import { createPartReader } from './part-reader.ts';

/** What is stored of one body. */
export interface ReadBody {
  readonly state: BodyState;
  readonly content: Buffer;
  /** Bytes of the original, before any cap. */
  readonly bytes: number;
}

export interface BodyReader {
  /** Undefined for a row without bodies. @throws when what is stored is damaged */
  body(sequence: number, part: 'request' | 'response'): ReadBody | undefined;
  /** Null where nothing is kept, or what is kept is no answer. */
  answer(sequence: number): AssembledAnswer | null;
  /** @param from index of the first event, from 0 */
  events(sequence: number, from: number, limit: number): StreamEvents;
}

interface StoredContents {
  readonly request_state: BodyState;
  readonly request_bytes: number;
  readonly request_recipe: Uint8Array | null;
  readonly response_state: BodyState;
  readonly response_bytes: number;
  readonly response_recipe: Uint8Array | null;
  readonly answer: number | null;
  readonly event_times: Uint8Array | null;
}

export function createBodyReader(database: Database): BodyReader {
  const contents = database.prepare<[number], StoredContents>('SELECT * FROM contents WHERE sequence = ?');
  const oldBodies = database.prepare<[number], OldBodies>('SELECT * FROM bodies WHERE sequence = ?');
  const openParts = createPartReader(database);

  function old(sequence: number, part: 'request' | 'response'): ReadBody | undefined {
    const stored = oldBodies.get(sequence);
    if (stored === undefined) return undefined;
    return {
      state: stored[`${part}_state`],
      content: decodeOldBodies(stored)[part],
      bytes: stored[`${part}_bytes`],
    };
  }

  function body(sequence: number, part: 'request' | 'response'): ReadBody | undefined {
    const stored = contents.get(sequence);
    if (stored === undefined) return old(sequence, part);
    const recipe = stored[`${part}_recipe`];
    const content = recipe === null ? Buffer.alloc(0) : openParts().body(recipe);
    return { state: stored[`${part}_state`], content, bytes: stored[`${part}_bytes`] };
  }

  return {
    body,
    answer(sequence) {
      const part = contents.get(sequence)?.answer ?? null;
      if (part !== null) return readAnswer(openParts().part(part));
      const response = body(sequence, 'response');
      return response === undefined ? null : (assembleAnswer(response.content.toString())?.answer ?? null);
    },
    events(sequence, from, limit) {
      const stored = contents.get(sequence);
      const response = body(sequence, 'response');
      const streamed = (stored?.answer ?? null) !== null;
      if (stored === undefined || !streamed || response === undefined)
        return { events: [], total: 0, state: 'not-kept' };
      const { content, state } = response;
      const times = stored.event_times === null ? [] : decodeEventTimes(stored.event_times);
      return { ...eventsOf(content, times, from, limit), state };
    },
  };
}

const answerSchema = z.object({
  text: z.string(),
  reasoning: z.string(),
  calls: z.array(z.object({ id: z.nullable(z.string()), name: z.string(), arguments: z.string() })),
});

/** As `encodeResponse` wrote it; null when it is damaged. */
function readAnswer(bytes: Uint8Array): AssembledAnswer | null {
  const read = answerSchema.safeParse(parseJson(decodeText(bytes)));
  return read.success ? read.data : null;
}
