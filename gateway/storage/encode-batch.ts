/** Turns entries into one message: rows by structured clone, all bodies in one slab that is handed over. */
import type { BodyCapture } from '../core/log-store.ts';
import type { Batch, SentBody, SentEntry } from './messages.ts';
import type { OutboxEntry } from './outbox.ts';

/**
 * Copies the chunks once. They cannot be transferred themselves: a chunk is often a view into memory that
 * belongs to a socket or to other requests, and cloning a view copies all of what lies behind it.
 */
export function encodeBatch(
  number: number,
  entries: readonly OutboxEntry[],
  lostEnds: readonly number[] = [],
): Batch {
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  // "Slow" is memory of its own, not a part of the shared pool, so it can be transferred.
  const slab = new Uint8Array(Buffer.allocUnsafeSlow(total).buffer);
  let offset = 0;

  function place(body: BodyCapture | null, dropped: boolean): SentBody | null {
    if (body === null) return null;
    const start = offset;
    for (const chunk of body.chunks) {
      slab.set(chunk, offset);
      offset += chunk.length;
    }
    const { bytes, truncated, stream } = body;
    return {
      dropped: dropped || body.dropped === true,
      offset: start,
      length: offset - start,
      bytes,
      truncated,
      stream,
    };
  }

  const sent = entries.map(({ row, request, response, bodiesDropped }): SentEntry => ({
    row,
    request: place(request, bodiesDropped),
    response: place(response, bodiesDropped),
  }));
  return { number, entries: sent, lostEnds, slab };
}
