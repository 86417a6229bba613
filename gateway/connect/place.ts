/** Where things lie for this account. Pure. */
import { join, resolve, sep } from 'node:path';
import type { FilePlace } from './tool.ts';

export interface Around {
  readonly homeFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Paths of places on this system, in order; those below a variable that is not set are left out. */
export const pathsOf = (places: readonly FilePlace[], around: Around): readonly string[] =>
  placed(places, around).map(({ path }) => path);

/** Those of the first variable that is set alone, in order: a tool that is led to a folder reads no other. */
export function candidatesOf(places: readonly FilePlace[], around: Around): readonly string[] {
  const here = placed(places, around);
  return here.filter(({ variable }) => variable === here[0]?.variable).map(({ path }) => path);
}

interface Placed {
  readonly variable: string | null;
  readonly path: string;
}

function placed(places: readonly FilePlace[], around: Around): readonly Placed[] {
  return places.flatMap(({ variable, path, platforms }) => {
    if (platforms !== undefined && !platforms.includes(around.platform)) return [];
    const folder = variable === null ? around.homeFolder : around.environment[variable]?.trim();
    if (folder === undefined || folder === '') return [];
    return [{ variable, path: join(resolve(around.homeFolder, folder), ...path) }];
  });
}

/** `~/.codex/config.toml` */
export function shownPath(path: string, { homeFolder }: Pick<Around, 'homeFolder'>): string {
  return path.startsWith(homeFolder + sep) ? `~${path.slice(homeFolder.length)}` : path;
}

/** Files in which shells and sessions set variables; on Windows there are none. */
export function startFilePaths({ homeFolder, platform }: Around): readonly string[] {
  if (platform === 'win32') return [];
  const names = ['.zshenv', '.zprofile', '.zshrc', '.bash_profile', '.profile', '.bashrc'];
  return [...names, join('.config', 'fish', 'config.fish')].map((name) => join(homeFolder, name));
}

/** Folder of files ending in `.conf` that set variables for a whole session. */
export const sessionFolder = ({ homeFolder }: Around): string => join(homeFolder, '.config', 'environment.d');

/** Programs are looked for in each folder of PATH, with the endings of the system. */
export function programPaths(name: string, { environment, platform }: Around): readonly string[] {
  const windows = platform === 'win32';
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(windows ? ';' : ':');
  const endings = windows ? ['.exe', '.cmd', '.bat', '.ps1'] : [''];
  return folders
    .filter((folder) => folder !== '')
    .flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)));
}
