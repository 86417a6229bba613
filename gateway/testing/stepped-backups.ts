/** Back-ups of a data folder whose clock is stepped by hand, for tests. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod/mini';
import { configSchema } from '../../contract/config/schema.ts';
import { createBackups } from '../compose/backups.ts';
import type { RequestLog } from '../core/log-store.ts';
import type { Clock } from '../core/ports.ts';
import type { GatewayPorts } from '../index.ts';
import { createMemorySecrets } from '../state/memory-secrets.ts';
import { createMemoryLog } from '../storage/memory-log.ts';
import { createSteppedClock } from './clock.ts';

/** Between two looks, ms. */
export const LOOK = 600_000;
export const SECRET = 'sk-test-000000000000abcd';

/** @param backup the section of the configuration */
export function steppedBackups(
  folder: string,
  backup: unknown,
  copying: Partial<Pick<RequestLog, 'copy' | 'stopCopy'>> = {},
  ports: Partial<Pick<GatewayPorts, 'configFile' | 'secrets' | 'restoreProblem'>> = {},
) {
  const clock = createSteppedClock();
  const config = z.parse(configSchema, { backup });
  const warned: string[] = [];
  const tasks = new Set<object>();
  const planned = (): number => tasks.size;
  const counting: Clock = {
    ...clock,
    after(delay, task) {
      const one = {};
      tasks.add(one);
      const cancel = clock.after(delay, () => {
        tasks.delete(one);
        task();
      });
      return () => {
        tasks.delete(one);
        cancel();
      };
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
      ...ports,
    },
    {
      config: () => config,
      log: { ...createMemoryLog(clock), ...copying },
      inForce: () => [SECRET],
      changed: silent,
    },
  );
  /** Steps on to the next look, and waits for its end: then the one after it is planned. */
  const looks = async (count: number): Promise<void> => {
    for (let number = 0; number < count; number += 1) {
      clock.step(LOOK);
      await expect.poll(planned, { timeout: 20_000, interval: 2 }).toBe(1);
    }
  };
  const files = (): readonly string[] => {
    try {
      return readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.swbackup'));
    } catch {
      return [];
    }
  };
  return {
    backups,
    warned,
    files,
    looks,
    step: (span: number) => clock.step(span),
    planned,
    now: () => clock.wall(),
  };
}
