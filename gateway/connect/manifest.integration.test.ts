import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskFiles } from './files.ts';
import { readManifest, writeManifest, type Manifest } from './manifest.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-manifest-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Bytes of the largest file of settings that is read. */
const LARGEST = 4_000_000;

it('is read however large the files are that it can take back', async () => {
  const undo = { after: 'h', original: 'x'.repeat(LARGEST), wrote: [] };
  const files = [{ name: 'settings', path: '/home/me/settings.json', undo, earlier: null }];
  const manifest: Manifest = {
    tools: { 'claude-code': { client: null, writtenAt: 1, files } },
    copies: {},
  };
  await writeManifest(diskFiles, folder, manifest);
  expect(await readManifest(diskFiles, folder, 'aside')).toEqual(manifest);
});

it('a file of settings is not made larger than can be read again', async () => {
  const path = join(folder, 'settings.json');
  await writeFile(path, 'before');
  const found = await diskFiles.read(path);
  await expect(diskFiles.replace(found, 'x'.repeat(LARGEST + 1))).rejects.toThrow('4000001 bytes');
  expect(await readFile(path, 'utf8')).toBe('before');
});
