import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Logger } from '../core/ports.ts';
import { LONGEST_DATE } from '../routing/hints.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createHealthFile } from './health-file.ts';

const NOON = Date.UTC(2026, 10, 26, 12);
const nothing = (): void => undefined;
const logger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-health-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(coolings: readonly { readonly length: number; readonly wall: number }[]) {
  const file = join(folder, 'health.json');
  const whole = coolings.map(({ length, wall }) => ({
    provider: 'openai',
    place: { who: 'key:main', which: '' },
    cooling: {
      reason: 'key_rejected',
      message: 'no',
      status: 401,
      scope: 'key',
      since: { monotonic: 0, wall },
      length,
      probing: false,
    },
    failures: 1,
    fingerprint: null,
  }));
  await writeFile(file, JSON.stringify({ version: 1, coolings: whole, accounts: [] }));
  const kept = await createHealthFile({ file, clock: createSteppedClock(NOON), logger }).read();
  return kept.coolings.map(({ cooling }) => cooling.length);
}

it('a cool-down of the file is no longer than any can be, whatever stands there', async () => {
  expect(await read([{ length: 30_000, wall: NOON }])).toEqual([30_000]);
  expect(await read([{ length: 1e300, wall: NOON }])).toEqual([LONGEST_DATE]);
  expect(await read([{ length: 1e300, wall: 1e300 }])).toEqual([LONGEST_DATE]);
});

it('what could be tried long ago is forgotten', async () => {
  const week = 7 * 86_400_000;
  expect(await read([{ length: 1_000, wall: NOON - week }])).toEqual([1_000]);
  expect(await read([{ length: 1_000, wall: NOON - week - 2_000 }])).toEqual([]);
});
