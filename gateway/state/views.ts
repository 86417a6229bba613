/** Saved views of the request list: one file, replaced as a whole, so a killed process leaves the version before. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import { savedViewSchema, type SavedView } from '../../contract/rpc/procedures/views.ts';
import type { Logger } from '../core/ports.ts';

/** How much is kept. */
export const VIEW_LIMITS = { count: 50, bytes: 16_384 } as const;

export interface Views {
  /** In the order in which they were first saved. @throws ViewError */
  list(): Promise<readonly SavedView[]>;
  /** Resolves when it is on disk. @throws ViewError */
  save(view: SavedView): Promise<readonly SavedView[]>;
  /** @throws ViewError */
  remove(id: string): Promise<readonly SavedView[]>;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/** Its message is a sentence for a person. */
export class ViewError extends Error {
  readonly problem: 'too-many' | 'too-large' | 'unusable';

  constructor(problem: ViewError['problem'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ViewError';
    this.problem = problem;
  }
}

const fileSchema = z.strictObject({ version: z.literal(1), views: z.array(savedViewSchema) });

/** @param options.file in a folder that exists; made with the first view */
export function createViews(options: { readonly file: string; readonly logger: Logger }): Views {
  const { file, logger } = options;
  let views: readonly SavedView[] | undefined;
  let turns: Promise<unknown> = Promise.resolve();

  /** One after the other, so that the last one given is the one that stays. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = turns.then(act);
    turns = turn.catch(() => undefined);
    return turn;
  }

  async function known(): Promise<readonly SavedView[]> {
    views ??= await load();
    return views;
  }

  async function load(): Promise<readonly SavedView[]> {
    const text = await usable(file, () => readFile(file, 'utf8').catch(whereMissing(undefined)));
    if (text === undefined) return [];
    const read = fileSchema.safeParse(parsed(text));
    if (read.success) return read.data.views;
    const aside = `${file}.damaged`;
    await usable(file, () => rename(file, aside));
    logger.warn('The saved views could not be read and were set aside', { file: aside });
    return [];
  }

  async function write(next: readonly SavedView[]): Promise<readonly SavedView[]> {
    await usable(file, () => replace(file, JSON.stringify({ version: 1, views: next })));
    views = next;
    return next;
  }

  return {
    list: () => inTurn(known),
    save: (view) =>
      inTurn(async () => {
        const bytes = Buffer.byteLength(JSON.stringify(view));
        if (bytes > VIEW_LIMITS.bytes) {
          throw new ViewError(
            'too-large',
            `A view has at most ${VIEW_LIMITS.bytes} bytes; this one has ${bytes}.`,
          );
        }
        const all = await known();
        if (all.some(({ id }) => id === view.id))
          return write(all.map((one) => (one.id === view.id ? view : one)));
        if (all.length >= VIEW_LIMITS.count) {
          throw new ViewError('too-many', `At most ${VIEW_LIMITS.count} views are kept. Delete one first.`);
        }
        return write([...all, view]);
      }),
    remove: (id) =>
      inTurn(async () => {
        const all = await known();
        const rest = all.filter((view) => view.id !== id);
        return rest.length === all.length ? all : write(rest);
      }),
    async settled() {
      await turns;
    },
  };
}

/** Writes aside and renames. */
async function replace(file: string, text: string): Promise<void> {
  const aside = `${file}.tmp`;
  try {
    const handle = await open(aside, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

async function usable<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ViewError(
      'unusable',
      `The saved views cannot be used: ${reason}. Check space and rights of ${file}.`,
      error,
    );
  }
}

/** For what need not be there. */
const whereMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };
