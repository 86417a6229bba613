/** Back-ups leave the data folder and come into it through the system's own file dialogs; the page sees no file. */
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { refusal } from '../../../contract/rpc/errors.ts';
import type { DesktopHandlers } from '../../../contract/rpc/procedures/desktop.ts';
import type { ControlPlane } from '../../../gateway/index.ts';
import { causeOf, say } from '../../../gateway/index.ts';

export interface BackupFilePorts {
  readonly control: Pick<ControlPlane['handlers'], 'backup.state'>;
  /** Asks where to; null where the user went back. @param name that is proposed */
  readonly askWhere: (name: string) => Promise<string | null>;
  /** Asks which; null where the user went back. */
  readonly askWhich: () => Promise<string | null>;
}

export function backupFileHandlers(
  ports: BackupFilePorts,
): Pick<DesktopHandlers, 'backup.saveCopy' | 'backup.takeFile'> {
  const state = () => ports.control['backup.state']({});
  return {
    async 'backup.saveCopy'({ name }) {
      const { folder, backups } = await state();
      if (!backups.some((one) => one.name === name)) {
        throw refusal('not_found', say('backup-none', { name }));
      }
      const path = await ports.askWhere(name);
      if (path === null) return null;
      await copyWhole(join(folder, name), path);
      return { path };
    },
    async 'backup.takeFile'() {
      const path = await ports.askWhich();
      if (path === null) return null;
      const { folder, backups } = await state();
      const own = backups.find(({ name }) => resolve(folder, name) === resolve(path));
      if (own !== undefined) return own;
      const name = freeName(basename(path), new Set(backups.map((one) => one.name)));
      await copyWhole(path, join(folder, name));
      const taken = (await state()).backups.find((one) => one.name === name);
      if (taken !== undefined && taken.app !== null) return taken;
      await rm(join(folder, name), { force: true });
      throw refusal('invalid_input', say('backup-foreign', { path }));
    },
  };
}

/** Names of back-ups are of a few characters; systems add spaces and brackets to what is saved twice. */
function freeName(given: string, taken: ReadonlySet<string>): string {
  const stem = given
    .replace(/\.swbackup$/i, '')
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 150);
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.swbackup`;
    if (!taken.has(name)) return name;
  }
}

/** There whole or not at all. @throws RpcError with what the file system says */
async function copyWhole(from: string, to: string): Promise<void> {
  if (resolve(from) === resolve(to)) return;
  const aside = join(dirname(to), `.${basename(to)}.part`);
  try {
    await copyFile(from, aside);
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { force: true });
    throw refusal('unavailable', say('file-fails', { path: to }, causeOf(error)));
  }
}
