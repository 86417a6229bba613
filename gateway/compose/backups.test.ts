import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOOK, SECRET, steppedBackups } from '../testing/stepped-backups.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-backups-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setup = (backup: unknown, copying: Parameters<typeof steppedBackups>[2] = {}) =>
  steppedBackups(folder, backup, copying);

/** A log whose copy goes on until it is stopped, `copying` from its begin. */
function endlessLog() {
  const begun = Promise.withResolvers<string>();
  const copied = Promise.withResolvers<number>();
  return {
    copying: begun.promise,
    copy(to: string) {
      writeFileSync(to, 'the whole log');
      begun.resolve(to);
      return copied.promise;
    },
    stopCopy: () => copied.reject(new Error('The copy was stopped.')),
  };
}

const everything = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('a copy that is cut short', () => {
  it('by the end of the gateway is given up before that, and leaves nothing', async () => {
    const log = endlessLog();
    const { backups } = setup({}, log);
    const call = { cancelled: false, onCancel: () => undefined, tell: () => undefined };
    const made = backups.make({ history: true, passphrase: null }, call);
    const refused = expect(made).rejects.toMatchObject({ fault: 'cancelled' });
    // A folder of back-ups may be one that others read too.
    expect(dirname(await log.copying)).toBe(folder);
    await backups.stop();
    expect(everything()).toEqual(['backups']);
    await refused;
  });

  it('while it is made by itself is no failure, and none is made after it', async () => {
    const log = endlessLog();
    const { backups, warned, step, planned } = setup({ every: '1h', history: true }, log);
    step(LOOK);
    await log.copying;
    await backups.stop();
    expect(everything()).toEqual(['backups', 'folder-id']);
    expect([warned, backups.problem(), planned()]).toEqual([[], null, 0]);
  });

  it('by a kill is swept away with the next start, wherever it lies', async () => {
    const backupFolder = join(folder, 'backups');
    mkdirSync(backupFolder);
    const ours = [
      'backup.log.db',
      'backup.log.db-journal',
      'backups/switchyard-2026-01-01T00-00-00.swbackup.partial',
    ];
    const others = [
      'log.db',
      'backups/notes.partial',
      // Another machine may be writing it, where the folder is shared.
      'backups/switchyard-2026-01-02T00-00-00.swbackup.partial',
      'backups/switchyard-2026-01-01T00-00-00.swbackup',
    ];
    for (const name of [...ours, ...others]) writeFileSync(join(folder, name), 'left');
    utimesSync(join(folder, ours[2] ?? ''), 0, 0);
    const { backups } = setup({ every: '0s' });
    await expect.poll(everything, { interval: 2 }).toEqual(['backups', ...others].toSorted());
    await backups.stop();
  });
});

describe('copies that are made by themselves', () => {
  it('come when one is due, hold no secret, and only the newest are kept', async () => {
    const { looks, files, backups } = setup({ every: '1h', keep: 2 });
    await looks(1);
    const [first = ''] = files();
    expect(readFileSync(join(folder, 'backups', first), 'latin1')).not.toContain(SECRET);
    expect(await backups.list()).toMatchObject([{ scheduled: true, sealed: false, history: false }]);
    await looks(5);
    expect(files()).toEqual([first]);
    await looks(1);
    expect(files()).toHaveLength(2);
    await looks(6);
    expect(files()).toHaveLength(2);
    expect(files()).not.toContain(first);
    await backups.stop();
  });

  it('do not come while they are off', async () => {
    const { looks, files, backups } = setup({ every: '0s' });
    await looks(20);
    expect(files()).toEqual([]);
    await backups.stop();
  });

  it('that cannot be made are told once, and no more once they can', async () => {
    const blocked = join(folder, 'backups');
    writeFileSync(blocked, 'a file where the folder should be');
    const { looks, backups, warned, files } = setup({ every: '1h' });
    await looks(3);
    expect(backups.problem()?.text).toContain('could not be made');
    expect(warned).toHaveLength(1);
    rmSync(blocked);
    await looks(1);
    expect([files().length, backups.problem()]).toEqual([1, null]);
    await backups.stop();
  });
});
