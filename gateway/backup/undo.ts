/**
 * Takes a restore back that failed on its way into use: what was in use before is in use again. Each step can be
 * repeated, and after a kill in between either this or the restore itself can begin anew.
 */
import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SecretStore } from '../core/ports.ts';
import type { ApplyOrder } from './apply.ts';
import { move } from './move.ts';
import { CONFIG } from './parts.ts';
import { putSecretsBack } from './staged-secrets.ts';
import { dropRestore, keptIn, replacedBy, stagingIn, syncFolder, waitingRestore } from './staging.ts';

/** @returns whether the keys are as they were, too @throws what the file system says; some is put back by then, none lost */
export async function undoRestore(order: ApplyOrder): Promise<{ readonly keys: boolean }> {
  const { dataFolder, secrets, step = () => undefined } = order;
  const journal = await waitingRestore(dataFolder);
  const staging = stagingIn(dataFolder);
  let keys = true;
  if (journal !== undefined) {
    const kept = keptIn(dataFolder, journal);
    // All that is replaced was away by then: what lies there now came with the restore.
    if (await isThere(staging.cleared)) {
      await putConfigBack(kept, order);
      for (const name of replacedBy(journal)) {
        if (await isThere(join(dataFolder, name)))
          await move(join(dataFolder, name), join(staging.files, name), order.rename);
        step('taken out');
      }
      await syncFolder(staging.files);
      await rm(staging.cleared);
      await syncFolder(staging.folder);
    }
    for (const name of replacedBy(journal)) {
      if (await isThere(join(kept, name))) await move(join(kept, name), join(dataFolder, name), order.rename);
      step('put back');
    }
    await syncFolder(dataFolder);
    await rm(staging.taken, { force: true });
    keys = await keysBack(dataFolder, secrets);
    step('keys');
    // A copy of another configuration than the one in use now is the only one.
    const config = await textOf(join(kept, CONFIG));
    if (config === undefined || config === (await textOf(order.configFile.location))) {
      await rm(kept, { recursive: true, force: true });
    }
  }
  await dropRestore(dataFolder, secrets);
  return { keys };
}

/** The one in use was replaced last, or not at all. */
async function putConfigBack(kept: string, { dataFolder, configFile }: ApplyOrder): Promise<void> {
  const restored = await textOf(join(stagingIn(dataFolder).files, CONFIG));
  if (restored === undefined || restored !== (await textOf(configFile.location))) return;
  const before = await textOf(join(kept, CONFIG));
  await (before === undefined ? rm(configFile.location) : configFile.write(before));
}

/** Undefined where none can be read. */
const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** A store that does not answer must not keep the files. */
const keysBack = (dataFolder: string, secrets: SecretStore): Promise<boolean> =>
  putSecretsBack(dataFolder, secrets).catch(() => false);

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
