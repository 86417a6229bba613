/**
 * What a browser fetches before the first page stands: the entry, the start of this host, the words of one language,
 * the frame and the overview, each with what it imports. Charts come afterwards. Read from the manifest of the build.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.optional(z.array(z.string())),
    css: z.optional(z.array(z.string())),
  }),
);
export type Manifest = z.output<typeof manifestSchema>;

/** Bytes, compressed; issue 7 and DESIGN section 14. */
export const MOST_OF_FIRST_PAGE = 250_000;

/** By their names in the manifest, which are relative to `renderer`. */
export const FIRST_PAGE = [
  'index.html',
  'app/start-browser.ts',
  '../resources/locales/en.json?first',
  'features/overview/Page.vue',
] as const;

/**
 * Files that these chunks need, each once.
 * @throws Error for a name that is not in the manifest: what was measured would be less than what is fetched
 */
export function filesOf(manifest: Manifest, names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const walk = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}.`);
    files.add(chunk.file);
    for (const file of chunk.css ?? []) files.add(file);
    for (const other of chunk.imports ?? []) walk(other);
  };
  for (const name of names) walk(name);
  return [...files];
}

export interface MeasuredFile {
  readonly file: string;
  /** Bytes, compressed as a server would. */
  readonly bytes: number;
}

/** @param folder the built renderer. @returns the largest first */
export async function measureFirstPage(folder: string): Promise<readonly MeasuredFile[]> {
  const text = await readFile(join(folder, '.vite', 'manifest.json'), 'utf8');
  const files = filesOf(manifestSchema.parse(JSON.parse(text)), FIRST_PAGE);
  const measured = await Promise.all(
    files.map(async (file) => ({
      file,
      bytes: (await promisify(gzip)(await readFile(join(folder, file)))).byteLength,
    })),
  );
  return measured.toSorted((a, b) => b.bytes - a.bytes);
}
