import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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

/** Headers of an answer that tells what is left until two hours from now. */
const left = (requests: number) => ({
  'x-ratelimit-remaining-requests': String(requests),
  'x-ratelimit-reset-requests': '2h',
});
const told = ({ facts }: HealthParts, key: string) =>
  facts.quotaOf('one', key).map(({ remaining }) => remaining);

it('what is left of limits and credit is known after a restart, and is told anew by the first answer', async () => {
  const before = await open({ k1: '…aaaa', k2: '…bbbb' });
  before.facts.saw('one', 'k1', left(100));
  before.facts.told('one', 'k1', [{ name: 'credit', limit: 10, remaining: 3, resetsAt: null, seenAt: NOON }]);
  before.facts.saw('one', 'k2', left(50));
  await before.close();
  const after = await open({ k1: '…aaaa', k2: '…bbbb' });
  expect(after.facts.quotaOf('one', 'k1')).toEqual([
    { name: 'requests', limit: null, remaining: 100, resetsAt: NOON + 7_200_000, seenAt: NOON },
    { name: 'credit', limit: 10, remaining: 3, resetsAt: null, seenAt: NOON },
  ]);
  after.facts.saw('one', 'k1', left(99));
  expect(told(after, 'k1')).toEqual([99, 3]);
  expect(told(after, 'k2')).toEqual([50]);
  await after.close();
});

it('but not of a key that is another one, also where its secret is read late', async () => {
  const before = await open({ k1: '…aaaa', k2: '…bbbb' });
  for (const key of ['k1', 'k2']) before.facts.saw('one', key, left(100));
  await before.close();
  const after = await open({ k1: '…aaaa', k2: '' });
  expect(told(after, 'k2')).toEqual([100]);
  after.secrets['k2'] = '…cccc';
  after.forgetReplaced();
  expect(told(after, 'k1')).toEqual([100]);
  expect(told(after, 'k2')).toEqual([]);
  await after.close();
  expect(await readFile(join(folder, 'quota.json'), 'utf8')).not.toContain('k2');
});

it('nor of one that is gone', async () => {
  const known = await open({ k1: '…aaaa', k2: '…bbbb' });
  for (const key of ['k1', 'k2']) known.facts.saw('one', key, left(100));
  delete known.secrets['k2'];
  known.forgetReplaced();
  await known.close();
  const text = await readFile(join(folder, 'quota.json'), 'utf8');
  expect(text).toContain('k1');
  expect(text).not.toContain('k2');
});

it('nor does a file that was not written in time make a key another one', async () => {
  const before = await open({ k1: '…aaaa' });
  before.facts.saw('one', 'k1', left(100));
  await before.close();
  const old = await readFile(join(folder, 'quota.json'), 'utf8');
  const replaced = await open({ k1: '…bbbb' });
  fail(replaced, 'k1', LIMITED);
  await replaced.close();
  await writeFile(join(folder, 'quota.json'), old);
  const after = await open({ k1: '' });
  expect(told(after, 'k1')).toEqual([]);
  after.secrets['k1'] = '…bbbb';
  after.forgetReplaced();
  expect(phase(after, 'k1')).toBe('cooling');
  await after.close();
});
