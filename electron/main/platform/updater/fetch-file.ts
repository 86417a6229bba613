/** Fetches the file of a newer version: within limits, and only what was announced. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../../../gateway/index.ts';
import type { Fetch } from './announcement.ts';
import { reasonOf, UpdateFailure } from './update-failure.ts';

/** A download that stands still for so long has failed, ms. */
export const STALLED = 60_000;
/** Where the announcement names no size, bytes; an installer has some 150 MB. */
const LARGEST_FILE = 1_000_000_000;

export interface WantedFile {
  readonly url: string;
  /** In Base64, as electron-builder writes it. */
  readonly sha512: string;
  /** As announced, bytes. */
  readonly size: number | undefined;
}

/**
 * @param destination is written anew
 * @param tell hears the share that is here, 0 to 1
 * @throws UpdateFailure with a sentence for the user
 */
export async function fetchFile(
  { url, sha512, size }: WantedFile,
  destination: string,
  ports: { readonly fetch: Fetch; readonly clock: Pick<Clock, 'after'> },
  signal: AbortSignal,
  tell: (share: number) => void,
): Promise<void> {
  const { host } = new URL(url);
  const stalled = new AbortController();
  const watch = (): (() => void) => ports.clock.after(STALLED, () => stalled.abort());
  let stopWatching = watch();
  const most = size ?? LARGEST_FILE;
  const hash = createHash('sha512');
  let received = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      stopWatching();
      stopWatching = watch();
      received += chunk.byteLength;
      if (received > most) return done(new UpdateFailure('update-too-much', { host }));
      hash.update(chunk);
      tell(received / most);
      done(null, chunk);
    },
    flush(done) {
      if (hash.digest('base64') === sha512) return done();
      done(new UpdateFailure('update-checksum'));
    },
  });
  const ended = AbortSignal.any([signal, stalled.signal]);
  try {
    // Release pages send on to where their files lie; the checksum says whether it is the right one.
    const answer = await ports.fetch(url, { signal: ended });
    if (!answer.ok || answer.body === null)
      throw new UpdateFailure('update-file-status', { host, status: answer.status });
    await pipeline(answer.body, check, createWriteStream(destination), { signal: ended });
  } catch (error) {
    if (error instanceof UpdateFailure) throw error;
    if (stalled.signal.aborted) throw new UpdateFailure('update-stalled', { host, seconds: STALLED / 1_000 });
    throw new UpdateFailure('update-not-fetched', { host }, reasonOf(error));
  } finally {
    stopWatching();
  }
}
