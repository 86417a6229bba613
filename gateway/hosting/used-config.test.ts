import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordUsedConfig, usedConfig } from './used-config.ts';

let root = '';
let data = '';
let own = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-used-'));
  data = join(root, 'data');
  own = join(data, 'config.yaml');
  mkdirSync(data);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('is none before the first run', async () => {
  expect(await usedConfig(data)).toBeUndefined();
});

it('is the folder’s own after a run with that, also where there is no such file', async () => {
  await recordUsedConfig(data, own);
  expect(await usedConfig(data)).toBe(own);
  writeFileSync(own, '');
  expect(await usedConfig(data)).toBe(own);
});

it('is that of a copy in a copy of the folder', async () => {
  writeFileSync(own, '');
  await recordUsedConfig(data, own);
  const copy = join(root, 'copy');
  cpSync(data, copy, { recursive: true });
  expect(await usedConfig(copy)).toBe(join(copy, 'config.yaml'));
});

it('is another one after a run with that, until it is gone', async () => {
  const other = join(root, 'other.yaml');
  writeFileSync(other, '');
  await recordUsedConfig(data, other);
  expect(await usedConfig(data)).toBe(other);
  rmSync(other);
  expect(await usedConfig(data)).toBe(own);
});

it('is the folder’s own where the record says nothing', async () => {
  writeFileSync(join(data, 'used-config.json'), 'torn');
  expect(await usedConfig(data)).toBe(own);
});
