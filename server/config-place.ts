/** Which file is the configuration: of a gateway that is started here, and of commands about one that ran elsewhere. */
import { access, constants } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StartProblem, usedConfig } from '../gateway/index.ts';
import type { PlaceOptions } from './command-line.ts';

/** `--config`, else `config.yaml` of the working folder, else the data folder's, which need not exist. */
export async function servedConfig(
  options: PlaceOptions,
  workingFolder: string,
  dataFolder: string,
): Promise<string> {
  const local = join(workingFolder, 'config.yaml');
  const usual = !options.demo && (await isThere(local)) ? local : ownConfig(dataFolder);
  return (await namedConfig(options, workingFolder)) ?? usual;
}

/** For commands that stand in for the gateway: the one it ran with last, and before its first run what `serve` takes. */
export async function askedConfig(
  options: PlaceOptions,
  workingFolder: string,
  dataFolder: string,
): Promise<string> {
  return (
    (await namedConfig(options, workingFolder)) ??
    (await usedConfig(dataFolder)) ??
    (await servedConfig(options, workingFolder, dataFolder))
  );
}

/** For back-ups: never what lies in the working folder, which may be the file of any other program. */
export async function keptConfig(
  options: PlaceOptions,
  workingFolder: string,
  dataFolder: string,
): Promise<string> {
  return (
    (await namedConfig(options, workingFolder)) ?? (await usedConfig(dataFolder)) ?? ownConfig(dataFolder)
  );
}

/** @throws StartProblem where `--config` names none that is there */
async function namedConfig({ config }: PlaceOptions, workingFolder: string): Promise<string | undefined> {
  if (config === undefined) return undefined;
  const path = resolve(workingFolder, config);
  if (await isThere(path)) return path;
  throw new StartProblem(`There is no file ${path} to read the configuration from (--config).`);
}

const ownConfig = (dataFolder: string): string => join(dataFolder, 'config.yaml');

const isThere = (path: string): Promise<boolean> =>
  access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
