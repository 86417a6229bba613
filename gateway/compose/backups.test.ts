import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../contract/config/schema.ts';
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
  let changes = 0;
  const silent = (): void => undefined;
  const backups = createBackups(
    {
      version: '1.0.0',
      clock,
      logger: { debug: silent, info: silent, warn: (text) => void warned.push(text), error: silent },
      configFile: {
        location: 'config.yaml',
        read: () => Promise.resolve(`# ${SECRET}\nserver: { api_key: ${SECRET} }\n`),
        write: () => Promise.resolve(),
        keepBroken: () => Promise.resolve(''),
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
      changed: () => {
        changes += 1;
      },
    },
  );
  /** Steps on, look by look, until something that can be seen has happened. */
  const until = async (seen: () => boolean): Promise<void> => {
    const step = (): boolean => {
      clock.step(LOOK);
      return seen();
    };
    await expect.poll(step, { timeout: 20_000, interval: 5 }).toBe(true);
  };
  const files = (): readonly string[] => {
    try {
      return readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.swbackup'));
    } catch {
      return [];
    }
  };
  return { clock, backups, warned, files, until, changes: () => changes };
}

describe('copies that are made by themselves', () => {
  it('come when one is due, hold no secret, and only the newest are kept', async () => {
    const { until, files, backups, clock } = setup({ every: '1h', keep: 2 });
    await until(() => files().length === 1);
    const [first = ''] = files();
    expect(readFileSync(join(folder, 'backups', first), 'latin1')).not.toContain(SECRET);
    expect(await backups.list()).toMatchObject([{ scheduled: true, sealed: false, history: false }]);
    clock.step(LOOK);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(files()).toEqual([first]);
    for (let number = 0; number < 2; number += 1) {
      const before = files();
      await until(() => files().some((name) => !before.includes(name)) && files().length <= 2);
    }
    expect(files()).toHaveLength(2);
    expect(files()).not.toContain(first);
    backups.stop();
  });

  it('do not come while they are off', async () => {
    const { clock, files, backups } = setup({ every: '0s' });
    clock.step(200 * LOOK);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(files()).toEqual([]);
    backups.stop();
  });

  it('that cannot be made are told once, and no more once they can', async () => {
    const blocked = join(folder, 'backups');
    writeFileSync(blocked, 'a file where the folder should be');
    const { until, backups, warned, clock, files } = setup({ every: '1h' });
    await until(() => backups.problem() !== null);
    expect(backups.problem()).toContain('could not be made');
    clock.step(LOOK);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(warned).toHaveLength(1);
    rmSync(blocked);
    await until(() => files().length === 1 && backups.problem() === null);
    expect(warned).toHaveLength(1);
    backups.stop();
  });
});
