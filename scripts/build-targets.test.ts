import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStale, markBuilt, packagesOf } from './build-targets.ts';
import type { BuildTarget } from './build-targets.ts';

const target: BuildTarget = {
  name: 'server',
  config: '',
  output: 'out/server',
  sources: ['a.json', 'src', 'missing'],
};
const PAST = Date.now() - 60_000;
let root = '';

/** A project built a minute ago from sources that are older still. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'switchyard-build-'));
  await mkdir(join(root, 'src', 'deep'), { recursive: true });
  await mkdir(join(root, 'out', 'server'), { recursive: true });
  await writeFile(join(root, 'a.json'), '');
  await writeFile(join(root, 'src', 'deep', 'x.ts'), '');
  await writeFile(join(root, 'src', 'deep', 'x.test.ts'), '');
  for (const path of ['a.json', 'src/deep/x.ts', 'src/deep/x.test.ts', 'src/deep', 'src']) await age(path);
  await markBuilt(target, PAST, ['/p/koa', '/p/yaml'], root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const age = (path: string): Promise<void> => utimes(join(root, path), PAST / 1_000 - 60, PAST / 1_000 - 60);
const touch = (path: string): Promise<void> => utimes(join(root, path), new Date(), new Date());

describe('a build', () => {
  it('is fresh while no source changed', async () => {
    expect(await isStale(target, root)).toBe(false);
  });

  it.each(['a.json', 'src/deep/x.ts'])('is stale when %s changed', async (path) => {
    await touch(path);
    expect(await isStale(target, root)).toBe(true);
  });

  it('is fresh when tests have put what they keep beside the sources', async () => {
    await mkdir(join(root, 'src', 'node_modules', '.vite'), { recursive: true });
    await age('src');
    await writeFile(join(root, 'src', 'node_modules', '.vite', 'results.json'), '');
    expect(await isStale(target, root)).toBe(false);
  });

  it('is stale when a source was deleted', async () => {
    await rm(join(root, 'src', 'deep', 'x.ts'));
    expect(await isStale(target, root)).toBe(true);
  });

  it('is fresh when only a test changed', async () => {
    await touch('src/deep/x.test.ts');
    expect(await isStale(target, root)).toBe(false);
  });

  it('is stale when a source changed while it ran', async () => {
    await touch('src/deep/x.ts');
    await markBuilt(target, Date.now() - 5_000, [], root);
    expect(await isStale(target, root)).toBe(true);
  });

  it.each(['out/server', 'out/.built-server'])('is stale without %s', async (path) => {
    await rm(join(root, path), { recursive: true });
    expect(await isStale(target, root)).toBe(true);
  });

  it('knows the packages that went into it', async () => {
    expect(await packagesOf(target, root)).toEqual(['/p/koa', '/p/yaml']);
  });
});
