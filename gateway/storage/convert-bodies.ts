/**
 * Moves bodies that older versions wrote into parts, so that they are found by their words too. They were redacted
 * when they were written.
 */
import type { Database } from 'better-sqlite3';
import {
  encodeRequest,
  encodeResponse,
  type CleanBody,
  type EncodedBodies,
  type Missing,
} from './encode-bodies.ts';
import { decodeOldBodies, type OldBodies } from './old-bodies.ts';
import type { PartStore } from './part-store.ts';
import { STREAM_EVENTS } from './prepare.ts';

export interface BodyConverter {
  /** The newest bodies that are left, at most `most`, in one transaction; answers whether there are more. */
  step(most: number): boolean;
}

/** @param store of the same database; the only one, since it gives ids */
export function createBodyConverter(database: Database, store: PartStore): BodyConverter {
  const newest = database.prepare<[number], OldBodies>('SELECT * FROM bodies ORDER BY sequence DESC LIMIT ?');
  const remove = database.prepare('DELETE FROM bodies WHERE sequence = ?');

  const step = database.transaction((most: number): boolean => {
    store.discard();
    const rows = newest.all(most);
    for (const old of rows) {
      const bodies = convert(old);
      // What is damaged goes: nobody can read it.
      if (bodies !== null) store.put(old.sequence, bodies);
      remove.run(old.sequence);
    }
    store.flush();
    return rows.length === most;
  });
  return { step: (most) => step.immediate(most) };
}

function convert(old: OldBodies): EncodedBodies | null {
  try {
    const { request, response } = decodeOldBodies(old);
    return {
      request: encodeRequest(bodyOf(old.request_state, old.request_bytes, request)),
      ...encodeResponse(bodyOf(old.response_state, old.response_bytes, response), STREAM_EVENTS),
    };
  } catch {
    return null;
  }
}

function bodyOf(state: OldBodies['request_state'], bytes: number, content: Buffer): CleanBody | Missing {
  if (state === 'not-kept' || state === 'dropped') return { state, bytes };
  return { state, bytes, content, text: content.toString() };
}
