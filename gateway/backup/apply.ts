/**
 * Puts a prepared restore into use, before anything of the data folder is opened. Each step can be repeated, and
 * the journal stays until the last one is done: a kill in between is made good by the next start. What was in use
 * before is kept in a folder of its own.
 */
import { copyFile, lstat, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConfigFile, SecretStore } from '../core/ports.ts';
import { move, type Rename } from './move.ts';
import { CONFIG, CONVERSATIONS } from './parts.ts';
import { takeSecrets } from './staged-secrets.ts';
import {
  ASIDE,
  dropRestore,
  FOLDER_MODE,
  KEPT,
  keptIn,
  placeOf,
  replacedBy,
  stagingIn,
  syncFolder,
  waitingRestore,
  writeWhole,
  type Journal,
} from './staging.ts';

export interface ApplyOrder {
  readonly dataFolder: string;
  readonly configFile: Pick<ConfigFile, 'location' | 'write'>;
  readonly secrets: SecretStore;
  /** Hears what was done, so that a test can end there. */
  readonly step?: (name: string) => void;
  /** The system's, unless a test has one that refuses what mounts do. */
  readonly rename?: Rename;
}

/** A restore that has come into use. */
export interface AppliedRestore {
  /** Unix ms at which the back-up was made. */
  readonly created: number;
  /** Folder with what was in use before. */
  readonly kept: string;
  /** Where the restored configuration was put into use; null where there is none, or it lies aside. */
  readonly config: string | null;
  /** Where it lies when the one in use stays: it cannot be replaced, or is another than it was made for; else null. */
  readonly configAside: string | null;
}

/**
 * @returns null where nothing waits
 * @throws SecretStoreError where its keys have no place yet; then nothing is moved
 * @throws what the file system says: some is moved then, and `undoRestore` puts it back
 */
export async function applyRestore(order: ApplyOrder): Promise<AppliedRestore | null> {
  const { dataFolder, secrets, step = () => undefined } = order;
  const staging = stagingIn(dataFolder);
  if (!(await isThere(staging.folder))) return null;
  const journal = await waitingRestore(dataFolder);
  if (journal === undefined) {
    await dropRestore(dataFolder, secrets);
    return null;
  }
  // Once files move, the restore must go on even where the secret store does not answer any more: half of it is no state.
  if (!(await isThere(staging.taken))) {
    await takeSecrets(dataFolder, secrets, () => step('secret'));
    await writeWhole(staging.taken, '');
    step('taken');
  }
  const kept = keptIn(dataFolder, journal);
  await mkdir(kept, { recursive: true, mode: FOLDER_MODE });
  const { config = placeOf(order.configFile.location, dataFolder) } = journal;
  // Started with another configuration than the one it was prepared with: that one is not replaced.
  if (config !== placeOf(order.configFile.location, dataFolder)) await putAside(order, kept);
  if (!(await isThere(staging.cleared))) {
    await putAway(journal, kept, order, step);
    await writeWhole(staging.cleared, '');
  }
  step('cleared');
  await putInPlace(kept, order, step);
  // All of it is in use: what cannot be deleted now is met again, and must not take it back.
  await dropRestore(dataFolder, secrets).catch(() => undefined);
  await forgetEarlier(dataFolder, basename(kept)).catch(() => undefined);
  const aside = join(kept, ASIDE);
  const configAside = (await isThere(aside)) ? aside : null;
  const inUse = journal.parts.includes(CONFIG) && configAside === null;
  return {
    created: journal.created,
    kept,
    config: inUse ? order.configFile.location : null,
    configAside,
  };
}

async function putAway(
  journal: Journal,
  kept: string,
  order: ApplyOrder,
  step: (name: string) => void,
): Promise<void> {
  const { dataFolder, configFile } = order;
  const staged = await isThere(join(stagingIn(dataFolder).files, CONFIG));
  const present = await stat(configFile.location).catch(() => undefined);
  // The configuration may lie elsewhere and stays until the new one takes its place.
  if (staged && present !== undefined) {
    // What cannot be kept is not replaced.
    await orAside(copyFile(configFile.location, join(kept, CONFIG)), order, kept);
  }
  for (const name of replacedBy(journal)) {
    const path = join(dataFolder, name);
    if (await isThere(path)) await move(path, join(kept, name), order.rename);
    step('away');
  }
  await syncFolder(kept);
  await syncFolder(dataFolder);
}

/** The configuration comes last: it may lie anywhere, and nothing that comes after it can fail any more. */
async function putInPlace(kept: string, order: ApplyOrder, step: (name: string) => void): Promise<void> {
  const { dataFolder, configFile } = order;
  const { files } = stagingIn(dataFolder);
  for (const name of await readdir(files)) {
    const staged = join(files, name);
    // An empty folder of conversations is there where the back-up has no history: it replaces none.
    const empty = name === CONVERSATIONS && (await readdir(staged)).length === 0;
    if (name === CONFIG || empty) continue;
    await move(staged, join(dataFolder, name), order.rename);
    step('placed');
  }
  await syncFolder(dataFolder);
  const staged = join(files, CONFIG);
  if (!(await isThere(staged))) return;
  await orAside(configFile.write(await readFile(staged, 'utf8')), order, kept);
  step('placed');
}

/**
 * The configuration may lie where nothing can be written: in an image, or as a link into a store. No start may fail
 * over that, so the restored one is put aside then, and the one in use stays.
 */
async function orAside(act: Promise<void>, order: ApplyOrder, kept: string): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    await putAside(order, kept);
  }
}

async function putAside({ dataFolder }: ApplyOrder, kept: string): Promise<void> {
  const staged = join(stagingIn(dataFolder).files, CONFIG);
  if (await isThere(staged)) await rename(staged, join(kept, ASIDE));
  await syncFolder(kept);
}

/** One state from before a restore is kept. */
async function forgetEarlier(dataFolder: string, newest: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (name.startsWith(KEPT) && name !== newest) {
      await rm(join(dataFolder, name), { recursive: true, force: true });
    }
  }
}

/** A link counts for itself, wherever it leads. */
const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
