import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configSchema, type Config } from '../../contract/config/schema.ts';
import type { Judgement } from '../routing/outcome.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { createKeptHealth, type HealthParts } from './kept-health.ts';

const NOON = Date.UTC(2026, 10, 26, 12);
const nothing = (): void => undefined;
const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const SPENT: Judgement = {
  reason: 'spend_limit',
  scope: 'account',
  action: 'next-key',
  cools: 'account',
  atLeast: 3_600_000,
};
const LIMITED: Judgement = { ...SPENT, reason: 'rate_limited', scope: 'key', cools: 'key' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-health-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @param secrets by id of key */
async function open(secrets: Record<string, string>) {
  const config = (): Config =>
    configSchema.parse({ providers: [{ id: 'one', keys: Object.keys(secrets).map((id) => ({ id })) }] });
  const parts = await createKeptHealth({
    dataFolder: folder,
    clock: createSteppedClock(NOON),
    random: () => 0.5,
    logger,
    config,
    fingerprintOf: (_provider, key) => secrets[key] || undefined,
    memoryKeys: { find: () => undefined },
    changed: nothing,
  });
  return { ...parts, secrets };
}

const fail = ({ health }: HealthParts, key: string, judgement: Judgement) =>
  health
    .began({ provider: 'one', key, model: 'm' })
    .failed(judgement, { status: 429, message: 'no', hint: undefined, otherKeys: [] });
const phase = ({ health }: HealthParts, key: string) => health.phase({ provider: 'one', key, model: 'm' });
const organisation = (name: string) => ({ 'openai-organization': name });

it('a key that is another one now is of no known account, and cools with the old one no more', async () => {
  const known = await open({ k1: '…aaaa', k2: '…bbbb' });
  for (const key of ['k1', 'k2']) known.facts.saw('one', key, organisation('org-1'));
  fail(known, 'k1', SPENT);
  expect(phase(known, 'k2')).toBe('cooling');
  known.secrets['k2'] = '…cccc';
  known.forgetReplaced();
  expect(phase(known, 'k2')).toBe('none');
  expect(phase(known, 'k1')).toBe('cooling');
});

it('the same over a restart', async () => {
  const before = await open({ k1: '…aaaa', k2: '…bbbb' });
  for (const key of ['k1', 'k2']) before.facts.saw('one', key, organisation('org-1'));
  fail(before, 'k1', SPENT);
  await before.close();
  const after = await open({ k1: '…aaaa', k2: '…cccc' });
  expect(phase(after, 'k1')).toBe('cooling');
  expect(phase(after, 'k2')).toBe('none');
  await after.close();
});

it('a new key is not taken for one of the account that several may share', async () => {
  const known = await open({ k1: '…aaaa', k2: '…bbbb', k3: '…cccc' });
  for (const key of ['k1', 'k2', 'k3']) fail(known, key, LIMITED);
  known.forgetReplaced();
  expect(phase(known, 'k3')).toBe('cooling');
  known.secrets['k4'] = '…dddd';
  known.forgetReplaced();
  expect(phase(known, 'k4')).toBe('none');
  expect(phase(known, 'k1')).toBe('cooling');
});

it('nor is one in the place of another', async () => {
  const known = await open({ k1: '…aaaa', k2: '…bbbb', k3: '…cccc' });
  for (const key of ['k1', 'k2', 'k3']) fail(known, key, LIMITED);
  known.secrets['k3'] = '…dddd';
  known.forgetReplaced();
  expect(phase(known, 'k3')).toBe('none');
  expect(phase(known, 'k2')).toBe('cooling');
});

it('one that was away for a while still cools', async () => {
  const known = await open({ k1: '…aaaa', k2: '…bbbb' });
  fail(known, 'k1', LIMITED);
  delete known.secrets['k1'];
  known.forgetReplaced();
  known.secrets['k1'] = '…aaaa';
  known.forgetReplaced();
  expect(phase(known, 'k1')).toBe('cooling');
});

it('a secret that is read late is not taken for a new key', async () => {
  const before = await open({ k1: '…aaaa', k2: '…bbbb', k3: '…cccc' });
  for (const key of ['k1', 'k2', 'k3']) fail(before, key, LIMITED);
  await before.close();
  const after = await open({ k1: '', k2: '', k3: '' });
  Object.assign(after.secrets, { k1: '…aaaa', k2: '…bbbb', k3: '…cccc' });
  after.forgetReplaced();
  expect(phase(after, 'k1')).toBe('cooling');
  expect(phase(after, 'k3')).toBe('cooling');
  await after.close();
});
