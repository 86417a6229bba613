/** The file that keeps what is left of limits over restarts: figures and moments, no header and no secret. */
import { open } from 'node:fs/promises';
import * as z from 'zod/mini';
import { parseJson } from '../core/json.ts';
import type { Clock, Logger } from '../core/ports.ts';
import { keptQuotas, type KeptQuota } from './kept-quotas.ts';
import { createLateFile } from './late-file.ts';

/** From an answer to the write its figures go out with, ms. Every answer brings some, and none is worth more. */
const FLUSH_DELAY = 5_000;
/** No file of the most keys and limits is longer, bytes. */
const LONGEST_FILE = 8_000_000;

/** With the last characters of the key it was told of, in case another one takes its place. */
export type FiledQuota = KeptQuota & { readonly fingerprint: string | null };

export interface QuotaFile {
  /** What an earlier process kept and still says something; nothing where there is no file, or a damaged one. */
  read(): Promise<readonly FiledQuota[]>;
  /** An answer or a check told; `known` is asked when it is written. */
  changed(known: () => readonly FiledQuota[]): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

const quotaSchema = z.object({
  name: z.string(),
  limit: z.nullable(z.number()),
  remaining: z.number(),
  resetsAt: z.nullable(z.number()),
  seenAt: z.number(),
  since: z.exactOptional(z.object({ at: z.number(), remaining: z.number() })),
});
const fileSchema = z.object({
  version: z.literal(1),
  keys: z.array(
    z.object({
      provider: z.string(),
      key: z.string(),
      fingerprint: z.nullable(z.string()),
      answered: z.array(quotaSchema),
      checked: z.array(quotaSchema),
    }),
  ),
});

/** @param options.file in a folder that is there @param options.isKey whether the configuration has such a key */
export function createQuotaFile(options: {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isKey: (provider: string, key: string) => boolean;
}): QuotaFile {
  const { file, clock, logger, isKey } = options;
  const late = createLateFile({
    file,
    delay: FLUSH_DELAY,
    failure: 'What is left of limits is kept in memory only: its file cannot be written',
    clock,
    logger,
  });

  return {
    async read() {
      const text = await shortText(file);
      if (text === undefined) return [];
      const read = fileSchema.safeParse(parseJson(text));
      if (read.success) return keptQuotas(read.data.keys, isKey, clock.wall());
      logger.warn('What was left of limits is forgotten: its file cannot be understood', { file });
      return [];
    },
    changed: (known) =>
      late.changed(() => JSON.stringify({ version: 1, keys: keptQuotas(known(), isKey, clock.wall()) })),
    close: () => late.close(),
  };
}

/** Undefined where there is none; nothing of one that cannot be ours. */
async function shortText(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      return (await handle.stat()).size > LONGEST_FILE ? '' : await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? undefined : '';
  }
}
