import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../contract/config/schema.ts';
import type { Clock } from '../core/ports.ts';
import { createMemorySecrets } from '../state/memory-secrets.ts';
import { createMemoryLog } from '../storage/memory-log.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createBackups } from './backups.ts';

const LOOK = 600_000;
const SECRET = 'sk-test-000000000000abcd';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-backups-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setup(backup: unknown) {
  const clock = createSteppedClock();
  const config = z.parse(configSchema, { backup });
  const warned: string[] = [];
  let planned = 0;
  const counting: Clock = {
    ...clock,
    after(delay, task) {
      planned += 1;
      return clock.after(delay, () => {
        planned -= 1;
        task();
      });
    },
  };
  const silent = (): void => undefined;
  const backups = createBackups(
    {
      version: '1.0.0',
      clock: counting,
      logger: { debug: silent, info: silent, warn: (text) => void warned.push(text), error: silent },
      configFile: {
        location: 'config.yaml',
        read: () => Promise.resolve(`# ${SECRET}\nserver: { api_key: ${SECRET} }\n`),
        write: () => Promise.resolve(),
        checkWritable: () => Promise.resolve(),
        keepBroken: () => Promise.resolve(''),
        keepCopy: () => Promise.resolve(''),
        readLastGood: () => Promise.resolve(undefined),
        writeLastGood: () => Promise.resolve(),
        watch: () => () => undefined,
      },
      secrets: createMemorySecrets(),
      dataFolder: folder,
    },
    {
      config: () => config,
      log: createMemoryLog(clock),
      inForce: () => [SECRET],
      changed: silent,
    },
  );
  /** Steps on to the next look, and waits for its end: then the one after it is planned. */
  const looks = async (count: number): Promise<void> => {
    for (let number = 0; number < count; number += 1) {
      clock.step(LOOK);
      await expect.poll(() => planned, { timeout: 20_000, interval: 2 }).toBe(1);
    }
  };
  const files = (): readonly string[] => {
    try {
      return readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.swbackup'));
    } catch {
      return [];
    }
  };
  return { backups, warned, files, looks };
}

describe('copies that are made by themselves', () => {
  it('come when one is due, hold no secret, and only the newest are kept', async () => {
    const { looks, files, backups } = setup({ every: '1h', keep: 2 });
    await looks(1);
    const [first = ''] = files();
    expect(readFileSync(join(folder, 'backups', first), 'latin1')).not.toContain(SECRET);
    expect(await backups.list()).toMatchObject([{ scheduled: true, sealed: false, history: false }]);
    await looks(5);
    expect(files()).toEqual([first]);
    await looks(1);
    expect(files()).toHaveLength(2);
    await looks(6);
    expect(files()).toHaveLength(2);
    expect(files()).not.toContain(first);
    backups.stop();
  });

  it('do not come while they are off', async () => {
    const { looks, files, backups } = setup({ every: '0s' });
    await looks(20);
    expect(files()).toEqual([]);
    backups.stop();
  });

  it('that cannot be made are told once, and no more once they can', async () => {
    const blocked = join(folder, 'backups');
    writeFileSync(blocked, 'a file where the folder should be');
    const { looks, backups, warned, files } = setup({ every: '1h' });
    await looks(3);
    expect(backups.problem()?.text).toContain('could not be made');
    expect(warned).toHaveLength(1);
    rmSync(blocked);
    await looks(1);
    expect([files().length, backups.problem()]).toEqual([1, null]);
    backups.stop();
  });
});
