/** What every ConfigFile does, whoever writes it. */
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
  lstat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NodeFileOptions } from '../config/node-file.ts';
import type { ConfigFile, Logger } from '../core/ports.ts';

export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** @param create makes the one under test */
export function describeConfigFile(create: (options: NodeFileOptions) => ConfigFile): void {
  let folder: string;
  let dataFolder: string;
  let path: string;
  let file: ConfigFile;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
    dataFolder = join(folder, 'data');
    await mkdir(dataFolder);
    path = join(folder, 'config.yaml');
    file = create({ path, dataFolder, logger: silentLogger });
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

    it('keeps every character of the text, and nothing of the text before', async () => {
      const text = '# mine\nserver: {port: 9000}   # "quoted" ${VAR}\r\n\n\tτ 网关\n';
      await file.write('longer than what comes after it, and {broken: [yaml');
      await file.write(text);
      expect(await file.read()).toBe(text);
      await file.write('');
      expect(await file.read()).toBe('');
    });

    it('replaces a broken text', async () => {
      await writeFile(path, '{broken: [yaml');
      await file.write('server: {}\n');
      expect(await file.read()).toBe('server: {}\n');
    });

    it('through a link replaces what it leads to', async () => {
      const target = join(dataFolder, 'real.yaml');
      await writeFile(target, 'old');
      await symlink(target, path);
      await file.write('new');
      expect((await lstat(path)).isSymbolicLink()).toBe(true);
      expect(await readFile(target, 'utf8')).toBe('new');
    });

    it('that is not possible rejects', async () => {
      await mkdir(path);
      await expect(file.write('new')).rejects.toThrow();
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
      const other = create({ path: join(folder, 'other.yaml'), dataFolder, logger: silentLogger });
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
      ['is written here', () => file.write('new')],
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
}
