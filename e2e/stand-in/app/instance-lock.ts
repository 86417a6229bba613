/**
 * One process per folder. The lock is a file with the holder's process id; a second process leaves its arguments
 * in a file beside it, which the holder watches for, since both must be done before a call returns.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

export interface InstanceLock {
  readonly held: boolean;
  /** @returns false when another process has it; that one is told */
  acquire(argv: readonly string[], folder: string, data: unknown): boolean;
  release(): void;
}

type OnSecond = (argv: readonly string[], folder: string, data: unknown) => void;

const messageSchema = z.object({ argv: z.array(z.string()), folder: z.string(), data: z.unknown() });
const MESSAGE = /^second-\d+\.json$/;

export function createInstanceLock(userData: string, onSecond: OnSecond): InstanceLock {
  const place = join(userData, 'stand-in-instance');
  const lockFile = join(place, 'holder');
  let watcher: FSWatcher | null = null;

  const take = (): boolean => {
    mkdirSync(place, { recursive: true });
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(Number(readFileSync(lockFile, 'utf8')))) return false;
      rmSync(lockFile, { force: true });
      return take();
    }
  };

  const readMessages = (): void => {
    for (const name of readdirSync(place).filter((file) => MESSAGE.test(file))) {
      const { argv, folder, data } = messageSchema.parse(JSON.parse(readFileSync(join(place, name), 'utf8')));
      rmSync(join(place, name));
      onSecond(argv, folder, data);
    }
  };

  return {
    get held() {
      return watcher !== null;
    },
    acquire(argv, folder, data) {
      if (watcher !== null) return true;
      if (take()) {
        watcher = watch(place, readMessages);
        watcher.unref();
        return true;
      }
      const file = join(place, `second-${process.pid}.json`);
      writeFileSync(`${file}.next`, JSON.stringify({ argv, folder, data: data ?? null }));
      renameSync(`${file}.next`, file);
      return false;
    },
    release() {
      if (watcher === null) return;
      watcher.close();
      watcher = null;
      rmSync(lockFile, { force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
