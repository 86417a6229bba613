/** Reads Electron's archives: a header of JSON behind four lengths, then the files one after the other. */
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';

/** One packed file. */
export interface AsarFile {
  /** From the archive's root, with `/`. */
  readonly path: string;
  /** Lies beside the archive, in `<archive>.unpacked`. */
  readonly unpacked: boolean;
  /** Bytes. */
  readonly size: number;
  /** Place in the archive, of files inside it. */
  readonly offset: number;
}

interface Folder {
  readonly files: Readonly<Record<string, Entry>>;
}
type Entry = Folder | z.output<typeof fileSchema>;

/** Bytes before the header's JSON: four lengths. */
const LENGTHS = 16;

const fileSchema = z.object({
  size: z.int(),
  offset: z.optional(z.string()),
  unpacked: z.optional(z.boolean()),
});
const folderSchema: z.ZodMiniType<Folder> = z.object({
  files: z.record(
    z.string(),
    z.lazy(() => z.union([folderSchema, fileSchema])),
  ),
});

/** @throws Error when it is no archive */
export async function listAsar(archive: string): Promise<readonly AsarFile[]> {
  const file = await open(archive);
  try {
    const lengths = Buffer.alloc(LENGTHS);
    await file.read(lengths, 0, LENGTHS, 0);
    const text = Buffer.alloc(lengths.readUInt32LE(12));
    await file.read(text, 0, text.length, LENGTHS);
    // The second length counts the header with its padding, behind the first two lengths.
    const base = 8 + lengths.readUInt32LE(4);
    return filesOf(folderSchema.parse(JSON.parse(text.toString('utf8'))), '', base);
  } finally {
    await file.close();
  }
}

/** Writes everything out, files beside the archive included. */
export async function extractAsar(archive: string, folder: string): Promise<void> {
  const content = await readFile(archive);
  for (const { path, unpacked, size, offset } of await listAsar(archive)) {
    const bytes = unpacked
      ? await readFile(join(`${archive}.unpacked`, path))
      : content.subarray(offset, offset + size);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

function filesOf(folder: Folder, prefix: string, base: number): readonly AsarFile[] {
  return Object.entries(folder.files).flatMap(([name, entry]) => {
    const path = prefix + name;
    if ('files' in entry) return filesOf(entry, `${path}/`, base);
    const { size, offset = '0', unpacked = false } = entry;
    return [{ path, size, unpacked, offset: base + Number(offset) }];
  });
}
