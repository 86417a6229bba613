/**
 * Puts a prepared restore into use, before anything of the data folder is opened. Each step can be repeated, and
 * the journal stays until the last one is done: a kill in between is made good by the next start. What was in use
 * before is kept in a folder of its own.
 */
import { copyFile, mkdir, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { SecretStore } from '../core/ports.ts';
import { unseal } from '../state/sealed-format.ts';
import { CONFIG, CONVERSATIONS, LOG, LOG_SIDES, SIGNATURES, STATE_FILES } from './parts.ts';
import {
  dropRestore,
  FOLDER_MODE,
  STAGING_KEY,
  stagingIn,
  syncFolder,
  waitingRestore,
  writeWhole,
  type Journal,
} from './staging.ts';

export interface ApplyOrder {
  readonly dataFolder: string;
  readonly configFile: string;
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
}

const KEPT = 'before-restore-';
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
  if (!(await isThere(staging.cleared))) {
    await putAway(journal, kept, order, step);
    await writeWhole(staging.cleared, '');
  }
  step('cleared');
  await putInPlace(order, step);
  await dropRestore(dataFolder, secrets);
  step('dropped');
  await forgetEarlier(dataFolder, basename(kept));
  return { created: journal.created, kept };
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
  { dataFolder, configFile }: ApplyOrder,
  step: (name: string) => void,
): Promise<void> {
  await mkdir(kept, { recursive: true, mode: FOLDER_MODE });
  // The configuration may lie elsewhere and stays until the new one takes its place.
  if (journal.parts.includes(CONFIG) && (await isThere(configFile))) {
    await copyFile(configFile, join(kept, CONFIG));
  }
  for (const name of replaced(journal)) {
    const path = join(dataFolder, name);
    if (await isThere(path)) await rename(path, join(kept, name));
    step('away');
  }
  await syncFolder(kept);
  await syncFolder(dataFolder);
}

async function putInPlace(
  { dataFolder, configFile }: ApplyOrder,
  step: (name: string) => void,
): Promise<void> {
  const { files } = stagingIn(dataFolder);
  for (const name of await readdir(files)) {
    const staged = join(files, name);
    if (name === CONFIG) await replaceConfig(staged, configFile);
    else if (name !== CONVERSATIONS || (await readdir(staged)).length > 0) {
      await rename(staged, join(dataFolder, name));
    }
    step('placed');
  }
  await syncFolder(dataFolder);
}

/** A link stays a link. The file may lie on another file system, or be the mount of a container. */
async function replaceConfig(staged: string, configFile: string): Promise<void> {
  const target = await realpath(configFile).catch(() => configFile);
  const aside = join(dirname(target), `.${basename(target)}.tmp`);
  await copyFile(staged, aside);
  try {
    await rename(aside, target);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EBUSY')) throw error;
    await copyFile(aside, target);
    await rm(aside, { force: true });
  }
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
