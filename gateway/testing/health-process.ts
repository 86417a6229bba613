/** A process whose keys are limited without end until it is killed. Prints each key's number once it cools. */
import { setTimeout as pause } from 'node:timers/promises';
import { createHealthFile } from '../state/health-file.ts';
import { createHealth } from '../state/health.ts';
import { systemClock } from '../system-clock.ts';

const [path = ''] = process.argv.slice(2);
const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const file = createHealthFile({ file: path, clock: systemClock, logger });
const settings = { base: 30_000, ceiling: 1_800_000, maxConsecutiveFailures: 3 };
const health = createHealth({
  clock: systemClock,
  random: Math.random,
  settings: () => settings,
  accountOf: () => undefined,
  changed: () =>
    file.changed(() => ({
      coolings: health.kept().map((cooling) => ({ ...cooling, fingerprint: null })),
      accounts: [],
    })),
});

for (let number = 1; ; number += 1) {
  health
    .began({ provider: 'one', key: `k${number}`, model: 'm' })
    .failed(
      { reason: 'key_rejected', scope: 'key', action: 'next-key', cools: 'key', atLeast: 0 },
      { status: 401, message: 'no', hint: 3_600_000, otherKeys: [] },
    );
  process.stdout.write(`${number} ${Date.now()}\n`);
  await pause(5);
}
