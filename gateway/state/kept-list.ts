/** A short list that people keep: one file, replaced as a whole, so a killed process leaves the version before. */
import { readFile, rename } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import { causeOf, say } from '../core/sayings.ts';
import type { Logger } from '../core/ports.ts';
import { replaceFile } from './replace-file.ts';

export interface KeptList<Entry> {
  /** In the order in which they were first saved. @throws KeptListError */
  list(): Promise<readonly Entry[]>;
  /** Adds one or replaces the one of its id. Resolves when it is on disk. @throws KeptListError */
  save(entry: Entry): Promise<readonly Entry[]>;
  /** Adds all that `choose` makes of those there are, or none. @throws KeptListError, or what `choose` throws */
  add(choose: (known: readonly Entry[]) => readonly Entry[]): Promise<readonly Entry[]>;
  /** @throws KeptListError */
  remove(id: string): Promise<readonly Entry[]>;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/** Its message is a sentence for a person. */
export class KeptListError extends Error {
  readonly problem: 'too-many' | 'too-large' | 'unusable';
  readonly told: Told;

  constructor(problem: KeptListError['problem'], told: Told, cause?: unknown) {
    super(told.text, { cause });
    this.told = told;
    this.name = 'KeptListError';
    this.problem = problem;
  }
}

export interface KeptListOptions<Entry> {
  /** In a folder that exists; made with the first entry. */
  readonly file: string;
  readonly logger: Logger;
  readonly schema: z.ZodMiniType<Entry>;
  readonly limits: { readonly count: number; readonly bytes: number };
  /** What they are called in the file, `views`, and what is said of them. */
  readonly words: {
    readonly many: string;
    readonly large: ProblemSaying;
    readonly most: ProblemSaying;
    readonly unusable: ProblemSaying;
  };
}

export function createKeptList<Entry extends { readonly id: string }>(
  options: KeptListOptions<Entry>,
): KeptList<Entry> {
  const { file, logger, schema, limits, words } = options;
  const fileSchema = z.record(z.string(), z.unknown());
  const listSchema = z.array(schema);
  let entries: readonly Entry[] | undefined;
  let turns: Promise<unknown> = Promise.resolve();

  const usable = <T>(act: () => Promise<T>): Promise<T> => telling(file, words.unusable, act);

  /** One after the other, so that the last one given is the one that stays. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = turns.then(act);
    turns = turn.catch(() => undefined);
    return turn;
  }

  async function known(): Promise<readonly Entry[]> {
    entries ??= await load();
    return entries;
  }

  async function load(): Promise<readonly Entry[]> {
    const text = await usable(() => readFile(file, 'utf8').catch(whereMissing(undefined)));
    if (text === undefined) return [];
    const read = readEntries(parsed(text));
    if (read !== undefined) return read;
    const aside = `${file}.damaged`;
    await usable(() => rename(file, aside));
    logger.warn(`The saved ${words.many} could not be read and were set aside`, { file: aside });
    return [];
  }

  function readEntries(value: unknown): readonly Entry[] | undefined {
    const file = fileSchema.safeParse(value);
    if (!file.success || file.data['version'] !== 1) return undefined;
    const read = listSchema.safeParse(file.data[words.many]);
    return read.success ? read.data : undefined;
  }

  async function write(next: readonly Entry[]): Promise<readonly Entry[]> {
    await usable(() => replaceFile(file, JSON.stringify({ version: 1, [words.many]: next })));
    entries = next;
    return next;
  }

  function checkSize(entry: Entry): void {
    const bytes = Buffer.byteLength(JSON.stringify(entry));
    if (bytes <= limits.bytes) return;
    throw new KeptListError('too-large', say(words.large, { most: limits.bytes, size: bytes }));
  }

  function checkCount(count: number): void {
    if (count <= limits.count) return;
    const told = say(words.most, { most: limits.count, count: count - limits.count });
    throw new KeptListError('too-many', told);
  }

  return {
    list: () => inTurn(known),
    save: (entry) =>
      inTurn(async () => {
        checkSize(entry);
        const all = await known();
        if (all.some(({ id }) => id === entry.id))
          return write(all.map((one) => (one.id === entry.id ? entry : one)));
        checkCount(all.length + 1);
        return write([...all, entry]);
      }),
    add: (choose) =>
      inTurn(async () => {
        const all = await known();
        const added = choose(all);
        for (const entry of added) checkSize(entry);
        checkCount(all.length + added.length);
        return added.length === 0 ? all : write([...all, ...added]);
      }),
    remove: (id) =>
      inTurn(async () => {
        const all = await known();
        const rest = all.filter((entry) => entry.id !== id);
        return rest.length === all.length ? all : write(rest);
      }),
    async settled() {
      await turns;
    },
  };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

async function telling<T>(path: string, unusable: ProblemSaying, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new KeptListError('unusable', say(unusable, { path }, causeOf(error)), error);
  }
}

/** For what need not be there. */
const whereMissing =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };
