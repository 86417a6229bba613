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
  /** At most 10 MB. One that no conversation has is removed after an hour. */
  'chatFiles.put': define(
    z.strictObject({ base64: z.string().check(z.maxLength(14_000_000)) }),
  ).returns<KeptFile>(),
  'chatFiles.get': define(z.strictObject({ hash: fileHash })).returns<{ readonly base64: string }>(),
};
