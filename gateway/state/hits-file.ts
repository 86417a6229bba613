/** Hits of rules and aliases, as a file. It is replaced as a whole, so a killed process leaves the version before. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { parseJson } from '../core/json.ts';
import type { Hit } from '../routing/memory.ts';

export interface HitsFile {
  /** By name, those hit longest ago first; nothing where there is no file, or none that can be understood. */
  read(): Promise<ReadonlyMap<string, Hit>>;
  write(hits: ReadonlyMap<string, Hit>): Promise<void>;
}

const fileSchema = z.object({
  version: z.literal(1),
  hits: z.array(z.tuple([z.string(), z.int().check(z.minimum(0)), z.nullable(z.number())])),
});
/** Its owner only. */
const MODE = 0o600;

export function createHitsFile(path: string): HitsFile {
  return {
    async read() {
      let text = '';
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
      const read = fileSchema.safeParse(parseJson(text));
      return new Map(
        read.success ? read.data.hits.map(([name, count, lastAt]) => [name, { count, lastAt }]) : [],
      );
    },

    async write(hits) {
      const aside = `${path}.next`;
      const text = JSON.stringify({
        version: 1,
        hits: [...hits].map(([name, { count, lastAt }]) => [name, count, lastAt]),
      });
      // Not flushed to the disk: counts are not worth a wait of it.
      await writeFile(aside, text, { mode: MODE });
      await rename(aside, path);
    },
  };
}
