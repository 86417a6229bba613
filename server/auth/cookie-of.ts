/** Which gateway a cookie belongs to: the one of a data folder, whatever its machine and its port are called by then. */
import { resolve } from 'node:path';
import { folderId } from '../../gateway/index.ts';
import { createSessionCookie, type SessionCookie } from './cookie.ts';

export async function cookieOf(dataFolder: string): Promise<SessionCookie> {
  // No start fails over this: log-ins of two containers may end each other then.
  const id = await folderId(dataFolder).catch(() => '');
  // A copy of the folder has its id, and may run beside it.
  return createSessionCookie(`${id} ${resolve(dataFolder)}`);
}
