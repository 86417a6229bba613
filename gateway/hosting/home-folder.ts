/** The home folder of the account, where it has one: containers run as accounts that nobody has entered anywhere. */
import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/** @param ask the system, in the order in which it is asked @returns undefined where it does not say */
export function findHomeFolder(ask = [homedir, () => userInfo().homedir]): string | undefined {
  for (const one of ask) {
    try {
      const folder = one();
      // Set to nothing, or to something below the working folder, it says nothing.
      if (isAbsolute(folder)) return folder;
    } catch {
      // There is no such account.
    }
  }
  return undefined;
}
