/** A folder of back-ups that machines share: each makes its own in time, and forgets no other's. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeBackup } from '../backup/make.ts';
import { LOOK, steppedBackups } from '../testing/stepped-backups.ts';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-shared-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Two machines, each with a data folder of its own. */
function machine(name: string, folder = join(root, 'shared')) {
  const data = join(root, name);
  mkdirSync(data);
  return steppedBackups(data, { every: '1h', keep: 2, folder });
}

const inShared = (): Promise<readonly string[]> => readdir(join(root, 'shared'));

const put = (file: string, created: number): Promise<number> =>
  makeBackup({
    file,
    app: '1.0.0',
    now: created,
    dataFolder: root,
    log: null,
    config: '',
    inForce: [],
    sealed: null,
    call: { cancelled: () => false, onCancel: () => undefined, told: () => undefined },
  });

it('each keeps so many as it is told to', async () => {
  const [one, other] = [machine('one'), machine('other')];
  // One of them has always just made one when the other looks.
  await other.looks(1);
  for (let round = 0; round < 24; round += 1) {
    await one.looks(1);
    await other.looks(1);
  }
  const names = await inShared();
  expect(names).toHaveLength(4);
  const ids = names.map((name) => /^switchyard-auto-([0-9a-f]{8})-\d{4}-/.exec(name)?.[1]);
  expect(new Set(ids).size).toBe(2);
  expect(ids.filter((id) => id === ids[0])).toHaveLength(2);
  await one.backups.stop();
  await other.backups.stop();
});

it('one that nobody knows the maker of is neither ours nor forgotten, but in the folder of our own', async () => {
  const earlier = 'switchyard-auto-2020-01-02T03-04-05.swbackup';
  for (const folder of ['shared', '']) {
    const made = machine(`of-${folder}`, folder === '' ? '' : join(root, folder));
    const place = made.backups.folder();
    mkdirSync(place, { recursive: true });
    await put(join(place, earlier), made.now());
    await made.looks(1);
    // Of this hour, so ours is only due where that one is not.
    expect((await readdir(place)).length).toBe(folder === '' ? 1 : 2);
    await made.looks(24);
    expect((await readdir(place)).includes(earlier)).toBe(folder !== '');
    expect(await made.backups.list()).toHaveLength(folder === '' ? 2 : 3);
    await made.backups.stop();
  }
});

it('one that is dated in the future stops none, takes no place of theirs and stays', async () => {
  const ours = machine('ours', '');
  await ours.looks(1);
  const place = ours.backups.folder();
  const [first = ''] = await readdir(place);
  const ahead = [1, 2].map((number) => first.replace(/-\d{4}-/, `-${9000 + number}-`));
  for (const name of ahead) await put(join(place, name), ours.now() + YEAR);
  await ours.looks((3 * HOUR) / LOOK);
  const names = await readdir(place);
  expect(names).toEqual(expect.arrayContaining(ahead));
  expect(names).toHaveLength(4);
  expect(names).not.toContain(first);
  await ours.backups.stop();
});
