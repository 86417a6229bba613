/** Which data folder: of a gateway that is started here, and of commands about one that may be the desktop app's. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defaultDataFolder, desktopDataFolder, holderOf, StartProblem } from '../gateway/index.ts';
import type { PlaceOptions } from './command-line.ts';
import type { Surroundings } from './host.ts';

type Place = Pick<Surroundings, 'environment' | 'workingFolder' | 'homeFolder' | 'platform'>;

/**
 * `--data-dir`, else `SWITCHYARD_DATA_DIR`, else the one the system keeps such data in.
 * @throws StartProblem where none is named and there is no home folder
 */
export function dataFolderOf(options: PlaceOptions, place: Place): string {
  const { environment, homeFolder, platform } = place;
  const named = namedFolder(options, place);
  if (named !== undefined) return folderOf(options, place, named);
  if (homeFolder !== undefined) {
    return folderOf(options, place, defaultDataFolder(platform, environment, homeFolder));
  }
  throw new StartProblem(
    'This account has no home folder where data could be kept. Name a folder with --data-dir or SWITCHYARD_DATA_DIR.',
  );
}

export interface AskedFolder {
  readonly folder: string;
  /** True where it is not the one that `serve` would take, but the desktop app's. */
  readonly ofDesktop: boolean;
}

/**
 * For commands about a gateway: where none is named, the folder in which one runs, and else one that is there. On Linux
 * `serve` and the desktop app do not share one.
 * @param note told in a sentence which was taken, where there was a choice
 */
export async function askedFolder(
  options: PlaceOptions,
  place: Place & Pick<Surroundings, 'note'>,
): Promise<AskedFolder> {
  const { environment, homeFolder, platform, note } = place;
  const own = dataFolderOf(options, place);
  if (namedFolder(options, place) !== undefined || homeFolder === undefined) {
    return { folder: own, ofDesktop: false };
  }
  const desktop = folderOf(options, place, desktopDataFolder(platform, environment, homeFolder));
  if (own === desktop) return { folder: own, ofDesktop: false };
  const [ownThere, desktopThere] = [await isFolder(own), await isFolder(desktop)];
  if (!desktopThere) return { folder: own, ofDesktop: false };
  const ownRuns = ownThere && (await holderOf(own)) !== undefined;
  const ofDesktop = !ownRuns && (!ownThere || (await holderOf(desktop)) !== undefined);
  if (ofDesktop) note(`The data folder is the desktop app's, ${desktop}; --data-dir names another.\n`);
  else note(`The data folder is ${own}; that of the desktop app is ${desktop}, and --data-dir names it.\n`);
  return { folder: ofDesktop ? desktop : own, ofDesktop };
}

function namedFolder({ dataDir }: PlaceOptions, { environment }: Place): string | undefined {
  return dataDir ?? (environment['SWITCHYARD_DATA_DIR'] || undefined);
}

function folderOf({ demo }: PlaceOptions, { workingFolder }: Place, base: string): string {
  const folder = resolve(workingFolder, base);
  return demo ? join(folder, 'demo') : folder;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
