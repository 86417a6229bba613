/** The file that keeps cool-downs over restarts. A killed process loses its last moment and nothing else. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { remarkSchema } from '../../contract/rpc/remarks/remark-schema.ts';
import { parseJson } from '../core/json.ts';
import type { Clock, Logger } from '../core/ports.ts';
import type { Cooling } from '../routing/cooldown.ts';
import type { KeptCooling } from '../routing/health.ts';
import { LONGEST_DATE } from '../routing/hints.ts';
import type { KeptAccount } from './key-facts.ts';
import { createLateFile } from './late-file.ts';

/** From a change to the write it goes out with, ms. */
const FLUSH_DELAY = 50;
/** What could be tried so long ago, and was not, is forgotten, ms. */
const FORGOTTEN = 7 * 24 * 3_600_000;

/** A cool-down with the last characters of the key it is of, in case another one takes its place. */
export type FiledCooling = KeptCooling & { readonly fingerprint: string | null };

/** With the last characters of the key that told it. */
export type FiledAccount = readonly [...KeptAccount, ...fingerprint: readonly (string | null)[]];

export interface KeptHealth {
  readonly coolings: readonly FiledCooling[];
  readonly accounts: readonly FiledAccount[];
}

const coolingSchema = z.object({
  provider: z.string(),
  place: z.object({ who: z.string(), which: z.string() }),
  cooling: z.object({
    reason: z.string(),
    message: z.string(),
    told: z.optional(remarkSchema),
    status: z.nullable(z.number()),
    scope: z.enum(['request', 'key', 'account', 'model', 'provider', 'network', 'client', 'gateway']),
    since: z.object({ monotonic: z.number(), wall: z.number() }),
    length: z.number(),
    probing: z.boolean(),
  }),
  failures: z.number(),
  fingerprint: z.nullable(z.string()),
});
const fileSchema = z.object({
  version: z.literal(1),
  coolings: z.array(coolingSchema),
  accounts: z.array(z.tuple([z.string(), z.string(), z.string()], z.nullable(z.string()))),
});

/** No cool-down is longer than a hint is believed, whatever has become of the file. */
const bounded = (cooling: Cooling): Cooling => ({
  ...cooling,
  length: Math.min(cooling.length, LONGEST_DATE),
});

export interface HealthFile {
  /** What an earlier process kept; nothing where there is no file, or none that can be read. */
  read(): Promise<KeptHealth>;
  /** Something changed; `kept` is asked when it is written. */
  changed(kept: () => KeptHealth): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** @param options.file in a folder that is there */
export function createHealthFile(options: {
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
}): HealthFile {
  const { file, clock, logger } = options;
  const late = createLateFile({
    file,
    delay: FLUSH_DELAY,
    failure: 'Cool-downs are kept in memory only: their file cannot be written',
    clock,
    logger,
  });

  return {
    async read() {
      const text = await readFile(file, 'utf8').catch(() => '');
      const read = fileSchema.safeParse(parseJson(text));
      if (!read.success) {
        if (text !== '') logger.warn('Cool-downs are forgotten: their file cannot be understood', { file });
        return { coolings: [], accounts: [] };
      }
      const { coolings, accounts } = read.data;
      const oldest = clock.wall() - FORGOTTEN;
      return {
        accounts,
        coolings: coolings
          .filter(({ cooling }) => cooling.since.wall + cooling.length > oldest)
          .map((filed) => ({ ...filed, cooling: bounded(filed.cooling) })),
      };
    },
    changed: (kept) => late.changed(() => JSON.stringify({ version: 1, ...kept() })),
    close: () => late.close(),
  };
}
