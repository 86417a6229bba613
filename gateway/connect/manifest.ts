/** What the gateway wrote into files of other programs, and how it is taken back. Kept as one file of the data folder. */
import { join } from 'node:path';
import * as z from 'zod/mini';
import { TOOL_IDS, type ToolId } from '../../contract/rpc/procedures/connect.ts';
import { FileProblem, type Files } from './files.ts';
import { told } from './sayings.ts';
import type { PatchUndo } from './tool.ts';

const undoSchema = z.strictObject({
  after: z.string(),
  original: z.nullable(z.string()),
  wrote: z.array(
    z.strictObject({
      path: z.array(z.union([z.string(), z.strictObject({ key: z.string(), is: z.string() })])),
      value: z.optional(z.json()),
      restless: z.optional(z.literal(true)),
    }),
  ),
});

const writtenSchema = z.strictObject({
  /** Name of the file in the tool's definition. */
  name: z.string(),
  path: z.string(),
  undo: undoSchema,
  /** Of the writing before, until this one is done: a killed process may have left either text. */
  earlier: z.nullable(undoSchema),
});

/** Client that was made for the tool; null where it brings another key. */
const client = z.nullable(z.string());

const recordSchema = z.strictObject({
  client,
  /** Unix ms. */
  writtenAt: z.number(),
  files: z.array(writtenSchema),
});

const copySchema = z.strictObject({
  name: z.string(),
  of: z.string(),
  /** Unix ms. */
  at: z.number(),
  /** What was known of the file then; absent where nothing was written into it. */
  was: z.optional(z.strictObject({ client, file: writtenSchema })),
});

const VERSION = 1;
const manifestSchema = z.strictObject({
  version: z.literal(VERSION),
  tools: z.partialRecord(z.enum(TOOL_IDS), recordSchema),
  copies: z.partialRecord(z.enum(TOOL_IDS), z.array(copySchema)),
});

export type WrittenFile = Omit<z.output<typeof writtenSchema>, 'undo' | 'earlier'> & {
  readonly undo: PatchUndo;
  readonly earlier: PatchUndo | null;
};
export interface ToolRecord {
  readonly client: string | null;
  readonly writtenAt: number;
  readonly files: readonly WrittenFile[];
}
/** A file of a tool as it is known with a copy of it. */
export interface KnownFile {
  readonly client: string | null;
  readonly file: WrittenFile;
}
export interface Copy extends Omit<Readonly<z.output<typeof copySchema>>, 'was'> {
  readonly was?: KnownFile | undefined;
}
export interface Manifest {
  readonly tools: Readonly<Partial<Record<ToolId, ToolRecord>>>;
  readonly copies: Readonly<Partial<Record<ToolId, readonly Copy[]>>>;
}

const EMPTY: Manifest = { tools: {}, copies: {} };
const newerSchema = z.object({ version: z.number().check(z.minimum(VERSION + 1)) });

export const manifestPath = (folder: string): string => join(folder, 'manifest.json');

/**
 * @param folder `<data folder>/connect`
 * @param aside name for one that cannot be read: it is put there, and a new one begun
 * @throws FileProblem for one of a newer version, which is left as it is
 */
export async function readManifest(files: Files, folder: string, aside: string): Promise<Manifest> {
  const path = manifestPath(folder);
  const { text } = await files.readOwn(path);
  if (text === undefined) return EMPTY;
  const value = parsed(text);
  const read = manifestSchema.safeParse(value);
  if (read.success) return { tools: read.data.tools, copies: read.data.copies };
  if (newerSchema.safeParse(value).success) {
    throw new FileProblem(told('newer-version', { path }));
  }
  await files.rename(path, join(folder, aside));
  return EMPTY;
}

export const writeManifest = (files: Files, folder: string, { tools, copies }: Manifest): Promise<void> =>
  files.write(manifestPath(folder), `${JSON.stringify({ version: VERSION, tools, copies }, null, 2)}\n`);

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
