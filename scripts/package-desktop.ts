/** The desktop app as electron-builder.yml describes it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { build, Platform, type Configuration } from 'electron-builder';
import { parse } from 'yaml';
import { TARGETS_OF } from './build-targets.ts';
import { licencesOf } from './licences.ts';
import { ROOT } from './project.ts';

const FILE = join(ROOT, 'electron-builder.yml');

export interface DesktopPackage {
  /** False stops at the folder that an installer would hold. */
  readonly installer: boolean;
  /**
   * A folder in place of Electron's own files, to look at what is packed. Fuses are switched in Electron's
   * program, so there are none then.
   */
  readonly electronDist?: string | undefined;
  /** Folder of the result; that of the configuration by default. */
  readonly output?: string;
}

/** What electron-builder.yml says; electron-builder itself checks it. */
export async function readConfiguration(): Promise<Configuration> {
  const config: unknown = parse(await readFile(FILE, 'utf8'));
  return typeof config === 'object' && config !== null ? config : {};
}

/** Packs what was built, for this system. @returns the folder of the result, from the project's folder */
export async function packageDesktop({ installer, electronDist, output }: DesktopPackage): Promise<string> {
  const config = await readConfiguration();
  const folder = output ?? resolve(ROOT, config.directories?.output ?? 'dist');
  const licences = join(ROOT, 'out', 'licences', 'THIRD-PARTY-LICENSES.txt');
  await mkdir(join(licences, '..'), { recursive: true });
  await writeFile(licences, await licencesOf(TARGETS_OF.desktop));
  await build({
    projectDir: ROOT,
    publish: 'never',
    targets: installer ? Platform.current().createTarget() : Platform.current().createTarget('dir'),
    // Laid over the file, which electron-builder reads by itself.
    config: {
      directories: { output: folder },
      ...(electronDist === undefined ? {} : { electronDist: resolve(electronDist), electronFuses: null }),
    },
  });
  return relative(ROOT, folder);
}
