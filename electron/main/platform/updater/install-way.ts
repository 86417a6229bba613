/** How a newer version takes the place of this one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstallWay } from '../../../../contract/rpc/updates.ts';

/**
 * @param system.appImage path of the file the app runs from, where it is one
 * @param system.resources of the packaged app; a package of Linux says there what it is
 */
export async function installWay(system: {
  readonly platform: NodeJS.Platform;
  readonly appImage: string | undefined;
  readonly resources: string;
}): Promise<InstallWay> {
  const { platform, appImage, resources } = system;
  if (platform === 'win32') return 'self';
  // Our builds carry no signature of Apple's, without which macOS lets no app replace itself.
  if (platform === 'darwin') return 'unsigned';
  if (appImage !== undefined) return 'self';
  const kind = await readFile(join(resources, 'package-type'), 'utf8').catch(() => '');
  return kind.trim() === '' ? 'folder' : 'package';
}
