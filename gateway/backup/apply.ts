/**
 * Puts a prepared restore into use, before anything of the data folder is opened. Each step can be repeated, and
 * the journal stays until the last one is done: a kill in between is made good by the next start. What was in use
 * before is kept in a folder of its own.
 */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod/mini';
import type { ConfigFile, SecretStore } from '../core/ports.ts';
import { unseal } from '../state/sealed-format.ts';
import { CONFIG, CONVERSATIONS, LOG, LOG_SIDES, SIGNATURES, STATE_FILES } from './parts.ts';
import {
  dropRestore,
  FOLDER_MODE,
  placeOf,
  STAGING_KEY,
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

const KEPT = 'before-restore-';
/** In the folder of what was in use before: a restored configuration whose place is not to be had. */
const ASIDE = 'config.restored.yaml';
const sealedSchema = z.record(
  z.string(),
  z.strictObject({ iv: z.string(), data: z.string(), tag: z.string() }),
);

/** @returns null where nothing waits @throws SecretStoreError where its keys have no place yet; then nothing is moved */
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
    await takeSecrets(order, step);
    await writeWhole(staging.taken, '');
    step('taken');
  }
  const kept = join(dataFolder, `${KEPT}${stamp(journal.at)}`);
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
  await dropRestore(dataFolder, secrets);
  step('dropped');
  await forgetEarlier(dataFolder, basename(kept));
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

/** Setting them again does no harm. */
async function takeSecrets({ dataFolder, secrets }: ApplyOrder, step: (name: string) => void): Promise<void> {
  const file = stagingIn(dataFolder).secrets;
  if (!(await isThere(file))) return;
  const sealed = sealedSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const key = Buffer.from(await secrets.get(STAGING_KEY), 'base64');
  for (const [name, record] of Object.entries(sealed)) {
    const value = unseal(key, name, record);
    if (value !== undefined) await secrets.set(name, value);
    step('secret');
  }
}

/** What a back-up of this kind replaces, whether it holds it or not: what was not there then is not there after. */
function replaced({ parts }: Journal): readonly string[] {
  return parts.includes(LOG) ? [...STATE_FILES, LOG, ...LOG_SIDES, SIGNATURES, CONVERSATIONS] : STATE_FILES;
}

async function putAway(
  journal: Journal,
  kept: string,
  order: ApplyOrder,
  step: (name: string) => void,
): Promise<void> {
  const { dataFolder, configFile } = order;
  // The configuration may lie elsewhere and stays until the new one takes its place.
  if ((await isThere(join(stagingIn(dataFolder).files, CONFIG))) && (await isThere(configFile.location))) {
    // What cannot be kept is not replaced.
    await orAside(copyFile(configFile.location, join(kept, CONFIG)), order, kept);
  }
  for (const name of replaced(journal)) {
    const path = join(dataFolder, name);
    if (await isThere(path)) await rename(path, join(kept, name));
    step('away');
  }
  await syncFolder(kept);
  await syncFolder(dataFolder);
}

async function putInPlace(kept: string, order: ApplyOrder, step: (name: string) => void): Promise<void> {
  const { dataFolder, configFile } = order;
  const { files } = stagingIn(dataFolder);
  for (const name of await readdir(files)) {
    const staged = join(files, name);
    if (name === CONFIG) await orAside(configFile.write(await readFile(staged, 'utf8')), order, kept);
    else if (name !== CONVERSATIONS || (await readdir(staged)).length > 0) {
      await rename(staged, join(dataFolder, name));
    }
    step('placed');
  }
  await syncFolder(dataFolder);
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

const stamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
