import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extractAsar, listAsar, type AsarFile } from './asar.ts';
import { findChromium } from './chromium.ts';
import { readFuses } from './fuses.ts';
import { packageDesktop, readConfiguration } from './package-desktop.ts';
import { unresolvedImports } from './package-imports.ts';
import { ROOT, run } from './project.ts';

const PLATFORM = `${process.platform}-${process.arch}`;
/** The keychain's package tries every system it knows and takes the one that is there. */
const TRIED_KEYCHAINS = /^node_modules\/keytar\/index\.js -> (?:@napi-rs\/keyring-|\.\/keyring\.)/;

const { promise: ready, resolve: isReady } = Promise.withResolvers<string>();
let folder: string;
let app: string;
let files: readonly AsarFile[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-package-'));
  const electronDist = join(folder, 'electron');
  await mkdir(electronDist);
  await writeFile(join(electronDist, 'electron'), '');
  await chmod(join(electronDist, 'electron'), 0o755);
  expect((await run(process.execPath, ['scripts/build.ts', '--desktop'])).code).toBe(0);
  await packageDesktop({ installer: false, electronDist, output: join(folder, 'packed') });
  const archive = join(folder, 'packed', 'linux-unpacked', 'resources', 'app.asar');
  files = await listAsar(archive);
  app = join(folder, 'app');
  await extractAsar(archive, app);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

describe.skipIf(process.platform !== 'linux')('the packed app', () => {
  test('holds the build, the native packages and nothing else', () => {
    const places = new Set(files.map(({ path }) => path.split('/').slice(0, 2).join('/')));
    expect([...places].sort()).toEqual([
      'LICENSE',
      'node_modules/@napi-rs',
      'node_modules/better-sqlite3',
      'node_modules/keytar',
      'out/main',
      'out/preload',
      'out/renderer',
      'package.json',
    ]);
    const foreign = /(?:\.test\.|\.spec\.|\.ts$|\.map$|testing\/|\.env|secrets\.enc|\.db$|config\.yaml)/;
    expect(files.map(({ path }) => path).filter((path) => foreign.test(path))).toEqual([]);
  });

  test('brings native code for this system alone, beside the archive', () => {
    const native = files.filter(({ path }) => path.endsWith('.node'));
    expect(native.map(({ path }) => path).sort()).toEqual([
      `node_modules/@napi-rs/keyring-${PLATFORM}-gnu/keyring.${PLATFORM}-gnu.node`,
      `node_modules/better-sqlite3/prebuilds/${PLATFORM}.node`,
    ]);
    expect(native.every(({ unpacked }) => unpacked)).toBe(true);
  });

  test('resolves every import by itself', async () => {
    const unresolved = await unresolvedImports(app);
    expect(unresolved.filter((line) => !TRIED_KEYCHAINS.test(line))).toEqual([]);
    expect(unresolved).not.toContain(`node_modules/keytar/index.js -> @napi-rs/keyring-${PLATFORM}-gnu`);
  });

  test('has the icons of its tray', () => {
    const icons = files.filter(({ path }) => /^out\/main\/icons\/\w+(?:@2x)?\.png$/.test(path));
    expect(icons.length).toBeGreaterThan(3);
  });

  test('has every file that its page names, and a preload script that is one file', () => {
    const page = readFileSync(join(app, 'out', 'renderer', 'index.html'), 'utf8');
    const named = [...page.matchAll(/(?:src|href)="\.?\/?([^"#:]+)"/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !existsSync(join(app, 'out', 'renderer', name)))).toEqual([]);
    const preload = readFileSync(join(app, 'out', 'preload', 'index.cjs'), 'utf8');
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
  });

  test('has a manifest without scripts and development packages', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(app, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'switchyard', main: 'out/main/index.js' });
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
  });

  test.skipIf(findChromium(process.env, process.platform) === undefined)(
    'starts and writes a row of its log',
    { timeout: 60_000 },
    async () => {
      const child = start(app);
      const address = await ready;
      const answer = await fetch(`${address}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'demo/chat', messages: [{ role: 'user', content: 'packed' }] }),
      });
      expect(answer.status).toBe(200);
      await answer.text();
      child.kill();
      expect((await once(child, 'exit'))[0]).toBe(0);
      const log = new Database(join(folder, 'data', 'demo', 'log.db'), { readonly: true });
      expect(log.prepare('SELECT count(*) AS rows FROM requests').get()).toEqual({ rows: 1 });
      log.close();
    },
  );
});

describe('the fuses that harden the installed app', () => {
  const FUSES = {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    enableCookieEncryption: true,
  };

  test('are configured as designed', async () => {
    expect((await readConfiguration()).electronFuses).toEqual(FUSES);
  });

  test.skipIf(!existsSync(join(ROOT, 'node_modules', 'electron', 'dist')))(
    '@electron-only are set in the packed program',
    { timeout: 120_000 },
    async () => {
      const output = join(folder, 'hardened');
      await packageDesktop({ installer: false, output });
      expect(await readFuses(join(output, 'linux-unpacked', 'switchyard'))).toMatchObject(FUSES);
    },
  );
});

/** Runs the extracted app in the stand-in for Electron. */
function start(entry: string): ChildProcess {
  const args = [entry, '--demo', '--port', '0', `--data-dir=${join(folder, 'data')}`];
  const child = spawn(join(ROOT, 'e2e', 'stand-in', 'electron'), args, {
    cwd: folder,
    env: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`, HOME: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    const line = /^Switchyard is ready on (\S+)$/m.exec(printed);
    if (line?.[1] !== undefined) isReady(line[1]);
  });
  return child;
}
