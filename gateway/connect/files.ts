/** The only file here that touches the disk. Files are read whole, with care, and replaced at once or not at all. */
import { constants } from 'node:fs';
import {
  access,
  chmod,
  chown,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { told } from './sayings.ts';

/** A file of settings of a tool; more than this is none, bytes. */
const MOST_BYTES = 4_000_000;
/** Links that lead to links, at most. */
const MOST_LINKS = 20;

export interface FoundFile {
  readonly path: string;
  /** Where the path is a link: the file it leads to, which need not exist. */
  readonly target: string | null;
  /** Undefined where there is no file. A byte order mark is part of it. */
  readonly text: string | undefined;
}

/** Its message is a sentence for a person. */
export class FileProblem extends Error {
  readonly told: Told;

  constructor(problem: Told, cause?: unknown) {
    super(problem.text, { cause });
    this.name = 'FileProblem';
    this.told = problem;
  }
}

export interface Files {
  /** @throws FileProblem where it cannot be read as text, or is too large for a file of settings */
  read(path: string): Promise<FoundFile>;
  /** Reads a file of our own, however large it is. @throws FileProblem */
  readOwn(path: string): Promise<FoundFile>;
  /** @returns why a file could not be put there; null where it could */
  whyNot(file: FoundFile): Promise<Told | null>;
  /**
   * Puts a text in the place of what was found, keeping mode and owner; a new file is for this account alone.
   * @param text undefined where the file goes
   * @throws FileProblem where it cannot be written, or says something else by now than was found
   */
  replace(found: FoundFile, text: string | undefined): Promise<void>;
  /** @throws FileProblem */
  write(path: string, text: string): Promise<void>;
  /** Names in a folder, sorted; none where there is no folder. */
  names(folder: string): Promise<readonly string[]>;
  exists(path: string): Promise<boolean>;
  isProgram(path: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const diskFiles: Files = {
  read: (path) => read(path, MOST_BYTES),
  readOwn: (path) => read(path, Infinity),
  whyNot,

  async replace(found, text) {
    const now = await read(found.path, MOST_BYTES);
    if (now.text !== found.text || now.target !== found.target) {
      throw new FileProblem(told('file-changed', { path: found.path }));
    }
    const problem = await whyNot(found);
    if (problem !== null) throw new FileProblem(problem);
    // It could not be read again, and so not be taken back.
    const size = Buffer.byteLength(text ?? '');
    if (size > MOST_BYTES) throw new FileProblem(told('file-large', { path: found.path, size }));
    const path = found.target ?? found.path;
    if (text === undefined) await rm(path, { force: true });
    else await put(path, text);
  },

  write: put,

  names: (folder) =>
    readdir(folder).then(
      (names) => names.toSorted(),
      () => [],
    ),
  exists: (path) => can(path, constants.F_OK),
  isProgram: async (path) => (await kindOf(path)) === 'file' && (await can(path, constants.X_OK)),
  rename,
  remove: (path) => rm(path, { force: true }),
};

/** @param most bytes */
async function read(path: string, most: number): Promise<FoundFile> {
  let target: string | null = null;
  try {
    target = await linkTarget(path);
    const real = target ?? path;
    const info = await stat(real);
    if (!info.isFile()) throw new FileProblem(told('no-file', { path }));
    if (info.size > most) throw new FileProblem(told('file-large', { path, size: info.size }));
    // The byte order mark stays: what is not changed goes back as it was.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(real));
    return { path, target, text };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { path, target, text: undefined };
    if (codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      throw new FileProblem(told('file-encoding', { path }), error);
    }
    throw problemOf(error, 'not-read', path);
  }
}

/** Links are followed one by one, because the last may lead to nothing. */
async function linkTarget(path: string): Promise<string | null> {
  let target = path;
  for (let step = 0; step < MOST_LINKS; step += 1) {
    const info = await lstat(target).catch(() => undefined);
    if (info?.isSymbolicLink() !== true) return target === path ? null : target;
    target = resolve(dirname(target), await readlink(target));
  }
  throw new FileProblem(told('link-circle', { path }));
}

/** By the mode too: the rights of root say nothing of what the owner wanted. */
async function whyNot({ path, target }: FoundFile): Promise<Told | null> {
  const real = target ?? path;
  if (await isReadOnly(real)) return told('read-only', { path: real });
  const folder = await nearestFolder(dirname(real));
  return (await isReadOnly(folder)) ? told('folder-read-only', { path: folder }) : null;
}

async function isReadOnly(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) return false;
  return (info.mode & 0o222) === 0 || !(await can(path, constants.W_OK));
}

async function nearestFolder(folder: string): Promise<string> {
  const above = dirname(folder);
  return above === folder || (await can(folder, constants.F_OK)) ? folder : nearestFolder(above);
}

/** Written aside, forced to disk and renamed: a process that is killed leaves the old text or the new one. */
async function put(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const aside = join(folder, `.${basename(path)}.switchyard`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const before = await stat(path).catch(() => undefined);
    // What a killed process left, or a link that somebody laid there.
    await rm(aside, { force: true });
    const handle = await open(aside, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (before !== undefined) {
      await chmod(aside, before.mode & 0o7777);
      await chown(aside, before.uid, before.gid).catch(() => undefined);
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw problemOf(error, 'not-written', path);
  }
}

const can = (path: string, how: number): Promise<boolean> =>
  access(path, how).then(
    () => true,
    () => false,
  );

const kindOf = (path: string): Promise<'file' | 'other'> =>
  stat(path).then(
    (info) => (info.isFile() ? 'file' : 'other'),
    () => 'other',
  );

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

function problemOf(error: unknown, code: 'not-read' | 'not-written', path: string): FileProblem {
  if (error instanceof FileProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new FileProblem(told(code, { path, message }), error);
}
