/** Files of the playground's messages, kept by the hash of their bytes while a conversation has them. */
import * as z from 'zod/mini';
import { define } from '../define.ts';
import { fileHash } from './chat-content.ts';

export interface KeptFile {
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

export const chatFileProcedures = {
  /** At most 10 MB. One that no conversation has is removed an hour after it was put, read or held last. */
  'chatFiles.put': define(
    z.strictObject({ base64: z.string().check(z.maxLength(14_000_000)) }),
  ).returns<KeptFile>(),
  /** A page may still send them, or show a chat that is not stored: they stay for another hour. */
  'chatFiles.hold': define(
    z.strictObject({ hashes: z.array(fileHash).check(z.maxLength(2_000)) }),
  ).returns<null>(),
  'chatFiles.get': define(z.strictObject({ hash: fileHash })).returns<{ readonly base64: string }>(),
};
