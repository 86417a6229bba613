import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeConfigFile, silentLogger } from '../testing/config-file-suite.ts';
import { causeOf } from '../core/sayings.ts';
import { createNodeConfigFile } from './node-file.ts';

describe('the file written by Node', () => {
  describeConfigFile(createNodeConfigFile);
});

it('a write killed before the rename leaves the old text, and the next write cleans up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
  const path = join(folder, 'config.yaml');
  const file = createNodeConfigFile({ path, dataFolder: folder, logger: silentLogger });
  await writeFile(path, 'old');
  const killer = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    fs.promises.rename = () => process.kill(process.pid, 'SIGKILL');
    syncBuiltinESMExports();`;
  const writer = `
    const { createNodeConfigFile } = await import(${JSON.stringify(new URL('./node-file.ts', import.meta.url).href)});
    await createNodeConfigFile(${JSON.stringify({ path, dataFolder: folder, logger: {} })}).write('new');`;
  const child = promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(killer)}`,
    '--input-type=module',
    '--eval',
    writer,
  ]);
  await expect(child).rejects.toMatchObject({ signal: 'SIGKILL' });
  expect(await readdir(folder)).toEqual(['.config.yaml.tmp', 'config.yaml']);
  expect(await file.read()).toBe('old');
  await file.write('newer');
  expect(await readdir(folder)).toEqual(['config.yaml']);
  expect(await file.read()).toBe('newer');
  await rm(folder, { recursive: true });
});

it('the last good copy holds no more than the file, for its owner alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
  const path = join(folder, 'config.yaml');
  const file = createNodeConfigFile({ path, dataFolder: folder, logger: silentLogger });
  await file.writeLastGood('key: sk-clear');
  const [name = ''] = await readdir(folder);
  const copy = join(folder, name);
  await chmod(copy, 0o644);
  await file.writeLastGood('key: sk-clear');
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  // The key moved to the key store, and out of the file.
  await file.writeLastGood('key: stored');
  expect(await readFile(copy, 'utf8')).toBe('key: stored');
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([name]);
  await rm(folder, { recursive: true });
});

it('says in words of both languages why it cannot be read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-config-'));
  const told = async (path: string): Promise<string> => {
    const file = createNodeConfigFile({ path, dataFolder: folder, logger: silentLogger });
    const error: unknown = await file.read().catch((reason: unknown) => reason);
    return causeOf(error).code;
  };
  await writeFile(join(folder, 'large.yaml'), 'a'.repeat(1_000_001));
  await writeFile(join(folder, 'latin.yaml'), Buffer.from('name: caf\xe9', 'latin1'));
  expect(await told(folder)).toBe('config-is-folder');
  expect(await told(join(folder, 'large.yaml', 'config.yaml'))).toBe('config-path-file');
  expect(await told(join(folder, 'large.yaml'))).toBe('config-large');
  expect(await told(join(folder, 'latin.yaml'))).toBe('config-not-utf8');
  await rm(folder, { recursive: true });
});
