import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holderOf, lockDataFolder } from './data-folder-lock.ts';
import { defaultDataFolder, makeDataFolder } from './data-folder.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['linux', {}, '/home/ada/.local/share/switchyard'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/switchyard'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/switchyard'],
  ['linux', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/switchyard'],
  ['darwin', {}, '/home/ada/Library/Application Support/Switchyard'],
  ['win32', { APPDATA: 'C:\\Roaming' }, 'C:\\Roaming\\Switchyard'],
] as const)('on %s with %j the data lies in %s', (platform, environment, expected) => {
  expect(defaultDataFolder(platform, environment, '/home/ada')).toBe(expected);
});

describe('the data folder', () => {
  it('is made with its parents, for its owner only', async () => {
    const deep = join(folder, 'a', 'b');
    await makeDataFolder(deep);
    expect(statSync(deep).mode & 0o777).toBe(0o700);
  });

  it('that cannot be made is a problem with a way out', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(makeDataFolder(join(folder, 'file', 'data'))).rejects.toThrow(/cannot be made.*--data-dir/);
  });
});

describe('the lock of a data folder', () => {
  it('that cannot name its holder says what is wrong with the folder', async () => {
    // What stands in the way is the same on a full or read-only disk: the file cannot be written.
    mkdirSync(join(folder, '.switchyard.lock.json.tmp'));
    const lock = await lockDataFolder(folder);
    await expect(lock.announce({ pid: 1, address: '' })).rejects.toThrow(/cannot be used .*--data-dir/);
    await lock.release();
  });

  it('names the holder to whoever comes second', async () => {
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(
      `Another Switchyard already uses the data folder ${folder}.`,
    );
    await lock.announce({ pid: 4711, address: '' });
    await expect(lockDataFolder(folder)).rejects.toThrow('Another Switchyard (process 4711, still starting)');
    await lock.announce({ pid: 4711, address: 'http://127.0.0.1:8000' });
    await expect(lockDataFolder(folder)).rejects.toThrow('(process 4711 on http://127.0.0.1:8000)');
    await lock.release();
  });

  it('is free again after its release', async () => {
    await (await lockDataFolder(folder)).release();
    await (await lockDataFolder(folder)).release();
  });

  it('is not held by files a dead process left, whoever has its number now', async () => {
    writeFileSync(join(folder, 'switchyard.lock'), '');
    writeFileSync(
      join(folder, 'switchyard.lock.json'),
      JSON.stringify({ pid: process.pid, address: 'http://127.0.0.1:8000' }),
    );
    await (await lockDataFolder(folder)).release();
  });

  it('tells its holder while it is held, and nobody else', async () => {
    const holder = { pid: 4711, address: 'http://127.0.0.1:8000', token: 'secret' };
    expect(await holderOf(folder)).toBeUndefined();
    const lock = await lockDataFolder(folder);
    expect(await holderOf(folder)).toBeUndefined();
    await lock.announce(holder);
    expect(await holderOf(folder)).toEqual(holder);
    await lock.release();
    // As one that was killed leaves it.
    writeFileSync(join(folder, 'switchyard.lock.json'), JSON.stringify(holder));
    expect(await holderOf(folder)).toBeUndefined();
    // The next one has not said yet where it listens.
    const next = await lockDataFolder(folder);
    expect(await holderOf(folder)).toBeUndefined();
    await next.release();
  });

  it('shows its token to nobody else, whatever a crash left beside it', async () => {
    const lock = await lockDataFolder(folder);
    writeFileSync(join(folder, '.switchyard.lock.json.tmp'), '', { mode: 0o644 });
    await lock.announce({ pid: 1, address: '', token: 'secret' });
    const { mode } = statSync(join(folder, 'switchyard.lock.json'));
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
    await lock.release();
  });

  it('does not stumble over a holder file that is torn', async () => {
    const lock = await lockDataFolder(folder);
    writeFileSync(join(folder, 'switchyard.lock.json'), '{"pid":');
    await expect(lockDataFolder(folder)).rejects.toThrow('Another Switchyard already uses');
    await lock.release();
  });

  it('that cannot be written is a problem with a way out', async () => {
    mkdirSync(join(folder, 'switchyard.lock'));
    await expect(lockDataFolder(folder)).rejects.toThrow(/cannot be used.*--data-dir/);
  });
});
