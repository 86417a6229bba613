/** A relay that keeps what it sends, up to a bound, and marks its heads. */
import type { Relay } from './relay.ts';

export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface TappedRelay {
  readonly relay: Relay;
  /** The whole answer; null where it was too large, broken off, or never began. */
  sent(): Sent | null;
}

/**
 * @param mark headers added to the answer
 * @param most bytes kept
 */
export function tapRelay(relay: Relay, mark: Readonly<Record<string, string>>, most: number): TappedRelay {
  let head: Pick<Sent, 'status' | 'headers'> | undefined;
  let chunks: Uint8Array[] | undefined = [];
  let bytes = 0;

  const keep = (chunk: Uint8Array): void => {
    bytes += chunk.length;
    if (bytes > most) chunks = undefined;
    chunks?.push(chunk);
  };

  return {
    relay: {
      get committed() {
        return relay.committed;
      },
      get left() {
        return relay.left;
      },
      get status() {
        return relay.status;
      },
      get headers() {
        return relay.headers;
      },
      body: relay.body,
      onLeft: (listener) => relay.onLeft(listener),
      onDrain: (listener) => relay.onDrain(listener),
      keepAlive: (comment, first) => relay.keepAlive(comment, { ...first, ...mark }),
      commit(status, headers) {
        head = { status, headers };
        relay.commit(status, { ...headers, ...mark });
      },
      quiet: () => relay.quiet(),
      write(chunk) {
        keep(chunk);
        return relay.write(chunk);
      },
      end: () => relay.end(),
      answer(status, headers, whole) {
        head = { status, headers };
        keep(typeof whole === 'string' ? Buffer.from(whole) : whole);
        relay.answer(status, { ...headers, ...mark }, whole);
      },
      breakOff(errorEvent) {
        chunks = undefined;
        relay.breakOff(errorEvent);
      },
      close: () => relay.close(),
      taken: () => relay.taken(),
      whenTaken: (act) => relay.whenTaken(act),
    },
    // Copied: chunks are windows into buffers many times their size.
    sent: () =>
      head === undefined || chunks === undefined ? null : { ...head, body: Buffer.concat(chunks) },
  };
}
