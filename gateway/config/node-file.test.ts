import { execFile } from 'node:child_process';
import {
  chmod,
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
import type { ConfigFile } from '../core/ports.ts';
import { silentLogger } from '../testing/silent-logger.ts';
import { causeOf } from '../core/sayings.ts';
import { createNodeConfigFile } from './node-file.ts';

let folder: string;
let dataFolder: string;
let path: string;
let file: ConfigFile;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
  dataFolder = join(folder, 'data');
  await mkdir(dataFolder);
  path = join(folder, 'config.yaml');
  file = createNodeConfigFile({ path, dataFolder, logger: silentLogger });
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

describe('checkWritable', () => {
  it('finds nothing against a file that is there, is missing, or is behind a link, and leaves nothing', async () => {
    await file.checkWritable();
    await writeFile(join(dataFolder, 'real.yaml'), 'a: 1');
    await symlink(join(dataFolder, 'real.yaml'), path);
    await file.checkWritable();
    expect(await readFile(path, 'utf8')).toBe('a: 1');
    expect([...(await readdir(folder)), ...(await readdir(dataFolder))].toSorted()).toEqual([
      'config.yaml',
      'data',
      'real.yaml',
    ]);
  });

  it('finds a folder in its place, and a file in the place of its folder', async () => {
    await mkdir(path);
    await expect(file.checkWritable()).rejects.toMatchObject({ code: 'EISDIR' });
    await writeFile(join(folder, 'file'), '');
    const under = join(folder, 'file', 'config.yaml');
    const below = createNodeConfigFile({ path: under, dataFolder, logger: silentLogger });
    await expect(below.checkWritable()).rejects.toMatchObject({ code: 'ENOTDIR' });
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
    const other = createNodeConfigFile({
      path: join(folder, 'other.yaml'),
      dataFolder,
      logger: silentLogger,
    });
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

it('a write killed before the rename leaves the old text, and the next write cleans up', async () => {
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

it('a look whether it can be replaced leaves alone what is on its way into its place', async () => {
  await writeFile(path, 'old');
  const aside = join(folder, '.config.yaml.tmp');
  await writeFile(aside, 'half of the n');
  await file.checkWritable();
  expect(await readFile(aside, 'utf8')).toBe('half of the n');
  expect(await readdir(folder)).toEqual(['.config.yaml.tmp', 'config.yaml', 'data']);
});

// The limit stands for a full disk: what was written first is short, and the rest is refused.
it.skipIf(process.platform === 'win32')(
  'a text that has no room on the disk leaves the old one',
  async () => {
    await writeFile(path, 'old');
    const writer = `
    const { createNodeConfigFile } = await import(${JSON.stringify(new URL('./node-file.ts', import.meta.url).href)});
    const file = createNodeConfigFile(${JSON.stringify({ path, dataFolder, logger: {} })});
    console.log(await file.write('long '.repeat(20_000)).then(() => 'written', ({ code }) => code));`;
    const { stdout } = await promisify(execFile)('sh', [
      '-c',
      'ulimit -f 16; exec "$0" --input-type=module --eval "$1"',
      process.execPath,
      writer,
    ]);
    expect(stdout).toBe('EFBIG\n');
    expect(await file.read()).toBe('old');
    expect(await readdir(folder)).toEqual(['config.yaml', 'data']);
  },
);

it('the last good copy holds no more than the file, for its owner alone', async () => {
  await file.writeLastGood('key: sk-clear');
  const [name = ''] = await readdir(dataFolder);
  const copy = join(dataFolder, name);
  await chmod(copy, 0o644);
  await file.writeLastGood('key: sk-clear');
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  // The key moved to the key store, and out of the file.
  await file.writeLastGood('key: stored');
  expect(await readFile(copy, 'utf8')).toBe('key: stored');
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  expect(await readdir(dataFolder)).toEqual([name]);
});

it('says in words of both languages why it cannot be read', async () => {
  const told = async (at: string): Promise<string> => {
    const other = createNodeConfigFile({ path: at, dataFolder, logger: silentLogger });
    const error: unknown = await other.read().catch((reason: unknown) => reason);
    return causeOf(error).code;
  };
  await writeFile(join(folder, 'large.yaml'), 'a'.repeat(1_000_001));
  await writeFile(join(folder, 'latin.yaml'), Buffer.from('name: caf\xe9', 'latin1'));
  expect(await told(folder)).toBe('config-is-folder');
  expect(await told(join(folder, 'large.yaml', 'config.yaml'))).toBe('config-path-file');
  expect(await told(join(folder, 'large.yaml'))).toBe('config-large');
  expect(await told(join(folder, 'latin.yaml'))).toBe('config-not-utf8');
});
