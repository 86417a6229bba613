import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SavedView } from '../../contract/rpc/procedures/views.ts';
import { createViews, VIEW_LIMITS } from './views.ts';

const note = (): void => undefined;
const logger = { debug: note, info: note, warn: note, error: note };

const view = (number: number, words = 'login'): SavedView => ({
  id: `view-000${number}`,
  name: `View ${number}`,
  filter: { words, where: [{ kind: 'flag', field: 'failed', not: true }] },
});

function setUp() {
  const file = join(mkdtempSync(join(tmpdir(), 'switchyard-views-')), 'views.json');
  return { file, open: () => createViews({ file, logger }) };
}

it('keeps views over a restart, each where it was first saved', async () => {
  const { open } = setUp();
  const views = open();
  expect(await views.list()).toEqual([]);
  await Promise.all([views.save(view(1)), views.save(view(2)), views.save(view(1, 'other'))]);
  expect(await views.remove('view-none')).toHaveLength(2);
  expect(await open().list()).toEqual([view(1, 'other'), view(2)]);
  expect(await views.remove('view-0001')).toEqual([view(2)]);
  expect(await open().list()).toEqual([view(2)]);
});

it('keeps so many, of such a size', async () => {
  const views = setUp().open();
  for (let number = 0; number < VIEW_LIMITS.count; number += 1) await views.save(view(number));
  await expect(views.save(view(99))).rejects.toThrow('At most 50 views are kept. Delete one first.');
  await expect(views.save(view(1, 'x'.repeat(VIEW_LIMITS.bytes)))).rejects.toThrow('at most 16384 bytes');
  expect(await views.save(view(1, 'changed'))).toHaveLength(VIEW_LIMITS.count);
});

it.each(['{', '{"version":1,"views":[{"id":"x"}]}', '[]'])('sets %j aside and begins anew', async (text) => {
  const { file, open } = setUp();
  writeFileSync(file, text);
  expect(await open().save(view(1))).toEqual([view(1)]);
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
});

it('says when they cannot be written, and keeps what there was', async () => {
  const views = createViews({ file: '/proc/none/views.json', logger });
  await expect(views.save(view(1))).rejects.toThrow(/^The saved views cannot be used: .*views\.json\.$/);
  expect(await views.list()).toEqual([]);
  expect(existsSync('/proc/none')).toBe(false);
});
