import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BackupFile } from '../../../contract/rpc/procedures/backup.ts';
import { backupFileHandlers } from './handlers.ts';

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-backup-files-'));
  folder = join(root, 'backups');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What reads `good` is a back-up. */
function view(name: string): BackupFile {
  const app = readFileSync(join(folder, name), 'utf8') === 'good' ? '0.1.0' : null;
  return { name, bytes: 4, created: 0, app, history: true, sealed: false, scheduled: false };
}
const handlers = (chosen: string | null) =>
  backupFileHandlers({
    control: {
      'backup.state': () =>
        Promise.resolve({ folder, backups: readdirSync(folder).map(view), waiting: null, problem: null }),
    },
    askWhere: () => Promise.resolve(chosen),
    askWhich: () => Promise.resolve(chosen),
  });
const save = (name: string, chosen: string | null) => handlers(chosen)['backup.saveCopy']({ name });
const take = (chosen: string | null) => handlers(chosen)['backup.takeFile']({});

it('puts a copy where the user says, in the place of what is there', async () => {
  writeFileSync(join(folder, 'a.swbackup'), 'good');
  const to = join(root, 'copy.swbackup');
  writeFileSync(to, 'before');
  expect(await save('a.swbackup', to)).toEqual({ path: to });
  expect(readFileSync(to, 'utf8')).toBe('good');
  expect(readdirSync(root).toSorted()).toEqual(['backups', 'copy.swbackup']);
});

it('does nothing where the user goes back', async () => {
  writeFileSync(join(folder, 'a.swbackup'), 'good');
  expect(await save('a.swbackup', null)).toBeNull();
  expect(await take(null)).toBeNull();
  expect(readdirSync(folder)).toEqual(['a.swbackup']);
});

it('says why a copy cannot be made, and leaves nothing half', async () => {
  writeFileSync(join(folder, 'a.swbackup'), 'good');
  const nowhere = join(root, 'missing', 'copy.swbackup');
  await expect(save('a.swbackup', nowhere)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(save('b.swbackup', join(root, 'copy'))).rejects.toMatchObject({ code: 'not_found' });
  expect(readdirSync(root)).toEqual(['backups']);
});

it('takes a file in beside those of its name', async () => {
  writeFileSync(join(folder, 'my-copy-1-.swbackup'), 'good');
  const from = join(root, 'my copy (1).swbackup');
  writeFileSync(from, 'good');
  expect(await take(from)).toMatchObject({ name: 'my-copy-1--2.swbackup', app: '0.1.0' });
  expect(await take(join(folder, 'my-copy-1-.swbackup'))).toMatchObject({ name: 'my-copy-1-.swbackup' });
  expect(readdirSync(folder)).toHaveLength(2);
});

it('refuses what is no back-up, and keeps none of it', async () => {
  const from = join(root, 'letter.txt');
  writeFileSync(from, 'Dear');
  await expect(take(from)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(readdirSync(folder)).toEqual([]);
});
