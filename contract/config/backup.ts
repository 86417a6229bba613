/** Configuration of copies that are made by themselves: `backup:` of the configuration file. */
import * as z from 'zod/mini';
import { parseDuration } from './values.ts';
import { SAID } from '../rpc/schema-sayings.ts';

const HOUR = 3_600_000;
const LONGEST = 90 * 24 * HOUR;
const WANTED = SAID.backupEvery.text;

const between = z.pipe(
  z.string(WANTED).check(
    z.refine(
      (text) => {
        const span = parseDuration(text);
        return span === 0 || (span !== undefined && span >= HOUR && span <= LONGEST);
      },
      { error: WANTED },
    ),
  ),
  z.transform((text: string) => parseDuration(text) ?? 0),
);

export const backupSchema = z.strictObject({
  /** Between two copies, ms; 0: none are made by themselves. */
  every: z._default(between, 7 * 24 * HOUR),
  /** Copies that were made by themselves and are kept, the newest. */
  keep: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 7),
  /** With the request log and conversations. */
  history: z._default(z.boolean(), false),
  /** Where all copies lie; empty: `backups` in the data folder. Relative to the data folder. */
  folder: z._default(z.string().check(z.maxLength(1_000)), ''),
});
export type BackupConfig = z.output<typeof backupSchema>;
