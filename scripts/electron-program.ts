/** Electron's program: found where it is, else fetched by Electron's own install script. */
import { fork } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** Without a byte for so long the fetching is given up, ms. */
const PATIENCE = 10_000;
/** Unpacking takes no bytes from the network, only time, ms. */
const UNPACKING = 180_000;

/** Path of the program inside its folder. */
const PROGRAMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/**
 * @param folder of the package `electron`
 * @param environment of which ELECTRON_OVERRIDE_DIST_PATH names a folder that goes before the package's own
 * @returns undefined when it is not there, or of another version than the package
 */
export function findElectron(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | undefined {
  const instead = environment['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const usual = PROGRAMS[platform] ?? 'electron';
  if (instead !== '') return runnable(join(instead, textOf(join(folder, 'path.txt')) ?? usual));
  if (textOf(join(folder, 'dist', 'version'))?.replace(/^v/, '') !== versionOf(folder)) return undefined;
  return runnable(join(folder, 'dist', textOf(join(folder, 'path.txt')) ?? usual));
}

const messageSchema = z.union([
  z.object({ kind: z.literal('progress'), share: z.number() }),
  z.object({ kind: z.literal('fetched') }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);

/**
 * Fetches and unpacks it.
 * @param tell hears the share that has arrived, 0 to 1; 0 while the whole is not known
 * @param patience ms without a byte after which it is given up
 * @returns why it could not be done, or null
 */
export function fetchElectron(
  folder: string,
  tell: (share: number) => void,
  patience = PATIENCE,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'fetch-electron.ts'), [folder], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let reason: string | null = null;
    const giveUp = (why: string): void => {
      reason = why;
      child.kill('SIGKILL');
    };
    const silence = `no byte came for ${patience / 1_000} s`;
    let timer = setTimeout(giveUp, patience, silence);
    const wait = (time: number, why: string): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, time, why);
    };
    child.on('message', (value) => {
      const message = messageSchema.parse(value);
      if (message.kind === 'failed') reason = message.reason;
      else if (message.kind === 'fetched') wait(UNPACKING, 'it could not be unpacked in time');
      else {
        wait(patience, silence);
        tell(message.share);
      }
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(reason ?? (code === 0 ? null : `its install script ended with code ${code ?? 'unknown'}`));
    });
  });
}

/** @throws where the package is not installed */
export function versionOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

const textOf = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;

function runnable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}
