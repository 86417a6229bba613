import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { moveBackup, refuseTarget, type Disk } from './backup-target.ts';

let root = '';
let made = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-target-'));
  mkdirSync(join(root, 'backups'));
  mkdirSync(join(root, 'other'));
  made = join(root, 'backups', 'switchyard-now.swbackup');
  writeFileSync(made, 'whole');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what --to names', () => {
  it('may be new, a folder, an empty file or an earlier back-up', async () => {
    const earlier = join(root, 'latest.swbackup');
    writeFileSync(earlier, 'SWITCHYARD BACKUP 9\n');
    writeFileSync(join(root, 'empty'), '');
    for (const to of ['new', 'other', 'empty', 'latest.swbackup']) await refuseTarget(join(root, to));
  });

  it('is refused before anything is made where it is anything else', async () => {
    writeFileSync(join(root, 'letter'), 'precious');
    symlinkSync(join(root, 'letter'), join(root, 'link'));
    await expect(refuseTarget(join(root, 'letter'))).rejects.toThrow(
      /letter is no back-up.*Nothing was made/,
    );
    await expect(refuseTarget(join(root, 'link'))).rejects.toThrow(/is no back-up/);
    await expect(refuseTarget(join(root, 'missing', 'new'))).rejects.toThrow(/no folder .*missing/);
    await expect(refuseTarget(join(root, 'letter', 'new'))).rejects.toThrow(/no folder .*letter/);
    await expect(refuseTarget(join(root, 'new'), 'new/')).rejects.toThrow(/no folder .*new/);
    if (process.platform !== 'win32') {
      await expect(refuseTarget('/dev/null')).rejects.toThrow(/\/dev\/null is no file/);
    }
  });
});

describe('a back-up that was made', () => {
  /** Where the target lies on another disk. */
  const across = (copyFile: Disk['copyFile']): Disk => ({
    rename: (from, to) =>
      dirname(from) === dirname(to)
        ? rename(from, to)
        : Promise.reject(Object.assign(new Error('EXDEV: cross-device link'), { code: 'EXDEV' })),
    copyFile,
  });

  it('is moved into a folder, or to a file in the place of an earlier one', async () => {
    expect(await moveBackup(made, join(root, 'other'))).toBe(join(root, 'other', 'switchyard-now.swbackup'));
    writeFileSync(made, 'next');
    await moveBackup(made, join(root, 'other', 'switchyard-now.swbackup'));
    expect(readdirSync(join(root, 'backups'))).toEqual([]);
    expect(readFileSync(join(root, 'other', 'switchyard-now.swbackup'), 'utf8')).toBe('next');
  });

  it('is copied to another disk', async () => {
    const copy: Disk['copyFile'] = (from, to) => Promise.resolve(writeFileSync(to, readFileSync(from)));
    await moveBackup(made, join(root, 'other'), across(copy));
    expect(readdirSync(join(root, 'backups'))).toEqual([]);
    expect(readdirSync(join(root, 'other'))).toEqual(['switchyard-now.swbackup']);
  });

  it('stays where it is, and that is said, where the other disk is full', async () => {
    const full: Disk['copyFile'] = (_from, to) => {
      writeFileSync(to, 'who');
      return Promise.reject(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
    };
    await expect(moveBackup(made, join(root, 'other'), across(full))).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringMatching(/lies whole in .*switchyard-now\.swbackup; .*ENOSPC/),
    });
    expect(readFileSync(made, 'utf8')).toBe('whole');
    expect(readdirSync(join(root, 'other'))).toEqual([]);
  });
});
