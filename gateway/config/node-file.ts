/** The configuration as a file on disk. Both hosts use it; the last good copy lies in the data folder. */
import { createHash } from 'node:crypto';
import { unwatchFile, watch, watchFile } from 'node:fs';
import { chmod, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, parse, resolve } from 'node:path';
import type { Told } from '../../contract/rpc/connect-sayings.ts';
import { fault } from '../../contract/rpc/fault-words.ts';
import type { ProblemSaying } from '../../contract/rpc/problem-sayings.ts';
import type { ConfigFile, Logger } from '../core/ports.ts';
import { say } from '../core/sayings.ts';
import { LARGEST_TEXT } from './document.ts';

/** Only the owner: the file may hold secrets. */
const MODE = 0o600;
/** How often the file is looked at besides the system's events, ms; network and container mounts send none. */
const POLL_TIME = 5_000;
/** Name that Kubernetes swaps when it updates a mounted configuration. */
const KUBERNETES_LINK = '..data';

export interface NodeFileOptions {
  /** The configuration file; need not exist. */
  readonly path: string;
  /** Folder for the last good copy; exists. */
  readonly dataFolder: string;
  readonly logger: Logger;
}

/** Its methods reject with the cause as a clause; the store says of which file. */
export function createNodeConfigFile(options: NodeFileOptions): ConfigFile {
  const path = resolve(options.path);
  // Several configurations may share a data folder, one after the other.
  const name = createHash('sha256').update(path).digest('hex').slice(0, 8);
  const lastGood = join(options.dataFolder, `config.last-good-${name}.yaml`);

  return {
    location: path,
    read: () => readText(path),
    write: (text) => replace(path, text),
    checkWritable: () => checkWritable(path),
    keepBroken: (text, at) => keepCopy(path, text, at, 'broken'),
    keepCopy: (text, at) => keepCopy(path, text, at, 'before-import'),
    readLastGood: () => readText(lastGood),
    async writeLastGood(text) {
      if ((await readText(lastGood)) !== text) return replace(lastGood, text);
      // One of a file that was copied here by hand may be open to others; it holds what the configuration does.
      await chmod(lastGood, MODE);
    },
    watch(changed) {
      const stopEvents = watchFolder(path, changed, options.logger);
      watchFile(path, { interval: POLL_TIME, persistent: false }, changed);
      return () => {
        stopEvents();
        unwatchFile(path, changed);
      };
    },
  };
}

/** The folder is watched, not the file: editors save by putting a new file in its place. */
function watchFolder(path: string, changed: () => void, logger: Logger): () => void {
  const names = new Set([basename(path), KUBERNETES_LINK]);
  const giveUp = (error: unknown): void =>
    logger.debug('The configuration is looked at every few seconds only', { reason: String(error) });
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_, file) => {
      if (file === null || names.has(file)) changed();
    });
    watcher.on('error', giveUp);
    return () => watcher.close();
  } catch (error) {
    giveUp(error);
    return () => undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > LARGEST_TEXT) throw new UnreadableError(fault('config-large'));
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    const known = CAUSES.get(code);
    throw known === undefined ? error : new UnreadableError(say(known), { cause: error });
  }
}

/** Its message is a clause that follows the path. */
class UnreadableError extends Error {
  readonly told: Told;

  constructor(told: Told, options?: ErrorOptions) {
    super(told.text, options);
    this.name = 'UnreadableError';
    this.told = told;
  }
}

const CAUSES: ReadonlyMap<string, ProblemSaying> = new Map([
  ['EACCES', 'config-no-permission'],
  ['EISDIR', 'config-is-folder'],
  ['ENOTDIR', 'config-path-file'],
  ['ERR_ENCODING_INVALID_ENCODED_DATA', 'config-not-utf8'],
]);

/** Writes aside and renames, so that the file is the old one or the new one whenever the process ends. */
async function replace(path: string, text: string): Promise<void> {
  const { target, aside } = await placesOf(path);
  try {
    await rm(aside, { force: true });
    const file = await open(aside, 'wx', MODE);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    // A single file mounted into a container cannot be replaced, only written.
    if (codeOf(error) !== 'EBUSY') throw error;
    await writeFile(target, text, { mode: MODE });
  }
}

/** A new file has room beside it, and it does not lie alone on a mount that is read-only. */
async function checkWritable(path: string): Promise<void> {
  const { target, aside } = await placesOf(path);
  // Under a name of its own: a change of the configuration may be on its way to the one aside.
  const trial = `${aside}.trial`;
  try {
    await writeFile(trial, '', { mode: MODE });
  } finally {
    await rm(trial, { force: true });
  }
  try {
    await (await open(target, 'r+')).close();
  } catch (error) {
    // It need not be there, and rights of its own do not keep it from being replaced.
    if (['EROFS', 'EISDIR'].includes(codeOf(error))) throw error;
  }
}

async function placesOf(path: string): Promise<{ readonly target: string; readonly aside: string }> {
  // A link stays a link; what it leads to is replaced.
  const target = await realpath(path).catch(() => path);
  // Always the same name, so that what a killed process leaves behind does not pile up.
  return { target, aside: join(dirname(target), `.${basename(target)}.tmp`) };
}

/** @param why a part of its name @returns where the copy lies; the same text is kept once */
async function keepCopy(path: string, text: string, at: Date, why: string): Promise<string> {
  const { dir, name, ext } = parse(path);
  const prefix = `${name}.${why}-`;
  for (const file of await readdir(dir)) {
    if (file.startsWith(prefix) && (await readFile(join(dir, file), 'utf8')) === text) return join(dir, file);
  }
  const date = at.toISOString().slice(0, 19).replaceAll(':', '-');
  const copy = join(dir, `${prefix}${date}${ext}`);
  await writeFile(copy, text, { mode: MODE });
  return copy;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
