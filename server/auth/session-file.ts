/** `sessions.json` of the data folder, for its owner alone: log-ins that outlive a restart of the gateway. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { replaceFile, type Logger } from '../../gateway/index.ts';
import type { KeptSession } from './sessions.ts';

/** SHA-256 in hex, and in base64url. */
const keptSchema = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  proof: z.string().check(z.regex(/^[\w-]{43}$/)),
  begun: z.number(),
  lastUsed: z.number(),
});
const fileSchema = z.object({ sessions: z.array(keptSchema) });

export interface SessionFile {
  /** What the gateway before left; nothing when there is no file or a damaged one: people log in again. */
  read(): Promise<readonly KeptSession[]>;
  /** Writes in the background; of several changes while one is written only the last is. */
  keep(sessions: readonly KeptSession[]): void;
  /** Resolves when everything is on disk. */
  settled(): Promise<void>;
}

export function createSessionFile(dataFolder: string, logger: Pick<Logger, 'warn'>): SessionFile {
  const path = join(dataFolder, 'sessions.json');
  let next: readonly KeptSession[] | null = null;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (next !== null) {
      const sessions = next;
      next = null;
      try {
        await replaceFile(path, `${JSON.stringify({ sessions })}\n`);
      } catch (error) {
        // Those of before may be of people who logged out since: a full disk lets go where it takes nothing in.
        await rm(path, { force: true }).catch(() => undefined);
        logger.warn('Log-ins could not be written down: after a restart people log in again', { error });
      }
    }
    writing = null;
  }

  return {
    async read() {
      try {
        const found = fileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
        return found.success ? found.data.sessions : [];
      } catch {
        return [];
      }
    },
    keep(sessions) {
      next = sessions;
      writing ??= writeAll();
    },
    settled: () => writing ?? Promise.resolve(),
  };
}
