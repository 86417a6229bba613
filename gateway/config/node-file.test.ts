import { execFile } from 'node:child_process';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigFile, Logger } from '../core/ports.ts';
import { createNodeConfigFile } from './node-file.ts';

const logger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let folder: string;
let dataFolder: string;
let path: string;
let file: ConfigFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
  dataFolder = join(folder, 'data');
  await mkdir(dataFolder);
  path = join(folder, 'config.yaml');
  file = createNodeConfigFile({ path, dataFolder, logger });
});

afterEach(() => rm(folder, { recursive: true }));

describe('read', () => {
  it('answers undefined while there is no file', async () => {
    expect(await file.read()).toBeUndefined();
    expect(await file.readLastGood()).toBeUndefined();
  });

  it('cuts a byte order mark', async () => {
    await writeFile(path, '\ufeffserver: {}');
    expect(await file.read()).toBe('server: {}');
  });

  it.each([
    ['a folder', () => mkdir(path), 'it is a folder; name a file'],
    ['no UTF-8', () => writeFile(path, Buffer.from([0x61, 0xff, 0xfe])), 'it is not UTF-8 text'],
    ['too large', () => writeFile(path, 'a'.repeat(1_000_001)), 'it is larger than 1 MB'],
  ])('says what is wrong: %s', async (_, prepare, sentence) => {
    await prepare();
    await expect(file.read()).rejects.toThrow(sentence);
  });
});

describe('write', () => {
  it('is for the owner only and leaves nothing beside', async () => {
    await writeFile(path, 'old', { mode: 0o644 });
    await file.write('new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['config.yaml', 'data']);
  });

  it('through a link replaces what it leads to', async () => {
    const target = join(dataFolder, 'real.yaml');
    await writeFile(target, 'old');
    await symlink(target, path);
    await file.write('new');
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('new');
  });

  it('killed before the rename leaves the old text, and the next write cleans up', async () => {
    await writeFile(path, 'old');
    const killer = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.promises.rename = () => process.kill(process.pid, 'SIGKILL');
      syncBuiltinESMExports();`;
    const writer = `
      const { createNodeConfigFile } = await import(${JSON.stringify(new URL('./node-file.ts', import.meta.url).href)});
      await createNodeConfigFile(${JSON.stringify({ path, dataFolder, logger: {} })}).write('new');`;
    const child = promisify(execFile)(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(killer)}`,
      '--input-type=module',
      '--eval',
      writer,
    ]);
    await expect(child).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect(await readdir(folder)).toEqual(['.config.yaml.tmp', 'config.yaml', 'data']);
    expect(await file.read()).toBe('old');
    await file.write('newer');
    expect(await readdir(folder)).toEqual(['config.yaml', 'data']);
    expect(await file.read()).toBe('newer');
  });
});

describe('copies', () => {
  it('of a broken text lie beside the file, each text once', async () => {
    const first = await file.keepBroken('broken', new Date('2026-11-21T08:00:00Z'));
    expect(first).toBe(join(folder, 'config.broken-2026-11-21T08-00-00.yaml'));
    expect(await file.keepBroken('broken', new Date('2026-11-22T08:00:00Z'))).toBe(first);
    const second = await file.keepBroken('worse', new Date('2026-11-22T08:00:00Z'));
    expect(await readFile(second, 'utf8')).toBe('worse');
    expect((await stat(second)).mode & 0o777).toBe(0o600);
  });

  it('of the last good text lie in the data folder, one for each configuration', async () => {
    await file.writeLastGood('good');
    expect(await file.readLastGood()).toBe('good');
    const other = createNodeConfigFile({ path: join(folder, 'other.yaml'), dataFolder, logger });
    expect(await other.readLastGood()).toBeUndefined();
    expect(await readdir(folder)).toEqual(['data']);
  });
});

describe('watch', () => {
  it.each([
    ['appears', () => writeFile(path, 'new')],
    [
      'is saved by a rename',
      async () => {
        await writeFile(join(dataFolder, 'aside'), 'new');
        await rename(join(dataFolder, 'aside'), path);
      },
    ],
  ])('tells when the file %s', async (_, change) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const stop = file.watch(() => {
      void file.read().then((text) => text === 'new' && resolve(text));
    });
    await change();
    expect(await promise).toBe('new');
    stop();
  });
});
