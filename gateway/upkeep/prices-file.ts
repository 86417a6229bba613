/** Fetched prices as a file. It is replaced as a whole, so a killed process leaves the version before. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod/mini';

export interface KeptPrices {
  /** Day of the data. */
  readonly asOf: string;
  /** Unix ms. */
  readonly fetchedAt: number;
  /** As it came; to be checked by whoever reads it. */
  readonly data: unknown;
}

export interface PricesFile {
  /** Null where there is none; rejects where it cannot be understood. */
  readonly read: () => Promise<KeptPrices | null>;
  readonly write: (prices: KeptPrices) => Promise<void>;
  readonly remove: () => Promise<void>;
}

const fileSchema = z.object({
  version: z.literal(1),
  asOf: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  fetchedAt: z.number(),
  data: z.unknown(),
});

export function createPricesFile(path: string): PricesFile {
  return {
    async read() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
      const parsed = z.safeParse(fileSchema, JSON.parse(text));
      if (!parsed.success) throw new Error('it is no file of prices');
      return parsed.data;
    },

    async write(prices) {
      const aside = `${path}.next`;
      try {
        const file = await open(aside, 'w', 0o600);
        try {
          await file.writeFile(JSON.stringify({ version: 1, ...prices }));
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(aside, path);
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },

    remove: () => rm(path, { force: true }),
  };
}
