/** Where log, secrets and state live, and its making. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, posix, resolve, win32 } from 'node:path';
import { StartProblem } from './start-problem.ts';

/**
 * The folder an operating system keeps such data in.
 * @param environment of which XDG_DATA_HOME (Linux) and APPDATA (Windows) are read
 */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32') {
    return win32.join(environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'Switchyard');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Switchyard');
  // The specification wants relative values ignored.
  const configured = environment['XDG_DATA_HOME'] ?? '';
  const base = posix.isAbsolute(configured) ? configured : posix.join(home, '.local', 'share');
  return posix.join(base, 'switchyard');
}

/**
 * The folder that Electron gives the desktop app; on Linux it is another one.
 * @param environment of which XDG_CONFIG_HOME (Linux) and APPDATA (Windows) are read
 */
export function desktopDataFolder(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'win32' || platform === 'darwin') return defaultDataFolder(platform, environment, home);
  return posix.join(environment['XDG_CONFIG_HOME'] || posix.join(home, '.config'), 'Switchyard');
}

/** Makes the folder, for its owner only. @throws StartProblem when it cannot be made */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await makeMissing(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      `The data folder ${folder} cannot be made (${reason}). Choose another with --data-dir or SWITCHYARD_DATA_DIR.`,
      error,
    );
  }
}

/**
 * Level by level: Node's own recursive `mkdir` never ends where a parent is there but takes no entries, as
 * /proc does.
 */
async function makeMissing(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let path = resolve(folder); !(await isFolder(path)) && path !== dirname(path); path = dirname(path)) {
    missing.push(path);
  }
  for (const path of missing.reverse()) await mkdir(path, { mode: 0o700 });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
