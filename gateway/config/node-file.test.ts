import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeConfigFile, silentLogger } from '../testing/config-file-suite.ts';
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
