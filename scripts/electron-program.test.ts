import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchElectron, findElectron } from './electron-program.ts';

let root = '';
let folder = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchyard-electron-'));
  folder = join(root, 'node_modules', 'electron');
  put('node_modules/electron/package.json', '{"version":"45.5.0"}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string, mode = 0o644): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('finding the program', () => {
  const find = (environment = {}) => findElectron(folder, environment, 'linux');

  it('finds what the install script left', () => {
    const program = put('node_modules/electron/dist/electron', '', 0o755);
    put('node_modules/electron/dist/version', 'v45.5.0');
    put('node_modules/electron/path.txt', 'electron');
    expect(find()).toBe(program);
  });

  it('finds nothing in a fresh package', () => expect(find()).toBeUndefined());

  it('takes none of another version, nor one that cannot be run', () => {
    put('node_modules/electron/dist/electron', '', 0o755);
    put('node_modules/electron/dist/version', '44.0.0');
    expect(find()).toBeUndefined();
    put('node_modules/electron/dist/version', '45.5.0');
    put('node_modules/electron/dist/electron', '', 0o644);
    expect(find()).toBeUndefined();
  });

  it('takes the one in the named folder first', () => {
    const program = put('mine/electron', '', 0o755);
    expect(find({ ELECTRON_OVERRIDE_DIST_PATH: join(root, 'mine') })).toBe(program);
    expect(find({ ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nowhere') })).toBeUndefined();
  });
});

describe('fetching the program', () => {
  /** What stands in place of the two parts of Electron's package that do the work. */
  function install(download: string, unpack = ''): void {
    put('node_modules/electron/checksums.json', '{}');
    put('node_modules/electron/install.js', unpack);
    put('node_modules/@electron/get/package.json', '{"main":"index.js"}');
    put(
      'node_modules/@electron/get/index.js',
      `exports.downloadArtifact = async (details) => { const tell = details.downloadOptions.getProgressCallback; ${download} }`,
    );
  }

  it('tells how far it is and unpacks', async () => {
    install(
      'tell({ percent: 0.5 }); tell({ percent: 1 })',
      `require('node:fs').writeFileSync(__dirname + '/path.txt', 'electron')`,
    );
    const shares: number[] = [];
    expect(await fetchElectron(folder, (share) => shares.push(share))).toBeNull();
    expect(shares).toEqual([0.5, 1]);
    expect(readFileSync(join(folder, 'path.txt'), 'utf8')).toBe('electron');
  });

  it('asks for the version of the package', async () => {
    install(`require('node:fs').writeFileSync(${JSON.stringify(join(root, 'asked'))}, details.version)`);
    expect(await fetchElectron(folder, () => undefined)).toBeNull();
    expect(readFileSync(join(root, 'asked'), 'utf8')).toBe('45.5.0');
  });

  it.each([
    [
      'the network is down',
      `throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND github.com') })`,
      '',
      'getaddrinfo ENOTFOUND github.com',
    ],
    ['the archive is bad', '', 'process.exit(1)', 'its install script ended with code 1'],
  ])('says why not when %s', async (_, download, unpack, reason) => {
    install(download, unpack);
    expect(await fetchElectron(folder, () => undefined)).toBe(reason);
  });

  it('gives up when no byte comes, also in the middle', async () => {
    install('tell({ percent: 0.1 }); await new Promise(() => setInterval(() => {}, 1000))');
    const shares: number[] = [];
    const reason = await fetchElectron(folder, (share) => shares.push(share), 2_000);
    expect(reason).toBe('no byte came for 2 s');
    expect(shares).toEqual([0.1]);
  });
});
