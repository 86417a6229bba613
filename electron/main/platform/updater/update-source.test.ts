import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { installWay } from './install-way.ts';
import { announcementOf, readUpdateSource, sourceOf } from './update-source.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-source-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('stands in the file electron-builder writes', async () => {
  expect(await readUpdateSource(folder)).toBeNull();
  const file = join(folder, 'app-update.yml');
  await writeFile(file, 'provider: generic\nurl: https://get.example/app\nupdaterCacheDirName: x\n');
  const source = await readUpdateSource(folder);
  expect(source).toEqual({ base: new URL('https://get.example/app/'), channel: 'latest' });
  await writeFile(file, '{ broken');
  expect(await readUpdateSource(folder)).toBeNull();
});

it.each([
  'http://get.example/',
  'http://localhost.example/',
  'https://me:secret@get.example/',
  'file:///home/me/',
  'nonsense',
])('is none at %s', (url) => {
  expect(sourceOf({ provider: 'generic', url })).toBeNull();
});

it('is none of a kind that is not known', () => {
  expect(sourceOf({ provider: 'github', owner: 'a', repo: 'b' })).toBeNull();
});

it.each([
  ['linux', 'x64', 'beta-linux.yml'],
  ['linux', 'arm64', 'beta-linux-arm64.yml'],
  ['darwin', 'arm64', 'beta-mac.yml'],
  ['win32', 'x64', 'beta.yml'],
] as const)('%s on %s reads %s', (platform, processor, name) => {
  const source = sourceOf({ provider: 'generic', url: 'https://get.example/app?x=1', channel: 'beta' });
  expect(source && announcementOf(source, platform, processor).href).toBe(`https://get.example/app/${name}`);
});

it('only an AppImage and an app of Windows replace themselves', async () => {
  const way = (platform: NodeJS.Platform, appImage?: string) =>
    installWay({ platform, appImage, resources: folder });
  expect(await way('win32')).toBe('self');
  expect(await way('darwin')).toBe('unsigned');
  expect(await way('linux', '/home/me/Switchyard.AppImage')).toBe('self');
  expect(await way('linux')).toBe('folder');
  await writeFile(join(folder, 'package-type'), 'deb');
  expect(await way('linux')).toBe('package');
});
