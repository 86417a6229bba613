/** electron-updater itself against a source on this computer: what it announces, sends and keeps to itself. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../gateway/index.ts';
import { createSteppedClock } from '../../../../gateway/testing/clock.ts';
import { silentLogger } from '../../../../gateway/testing/silent-logger.ts';
import { codesOf, toldGaps } from '../../../../gateway/testing/told-gaps.ts';
import en from '../../../../resources/locales/en.json' with { type: 'json' };
import zh from '../../../../resources/locales/zh-CN.json' with { type: 'json' };
import { LARGEST_ANNOUNCEMENT } from './announcement.ts';
import { STALLED } from './fetch-file.ts';
import { UpdateFailure } from './update-failure.ts';
import { createUpdater, type UpdaterPorts } from './updater.ts';

/** The new version: it notes that it ran, as one that is put in place silently. */
const program = (folder: string): string =>
  `#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL" > '${folder}/ran'\n`;
const never = new AbortController().signal;
const quiet = (): void => undefined;

/** Codes of why it failed: data, for which there are words in both languages. */
async function failureOf(act: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await act.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpdateFailure)) throw new Error('not failed as data', { cause: error });
  expect(toldGaps([en, zh], error.told)).toEqual([]);
  return codesOf(error.told);
}

let folder = '';
let server: Server;
let answer: RequestListener;
let asked: string[];
let headers: Record<string, unknown>[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-updater-'));
  vi.stubEnv('APPIMAGE', join(folder, 'Switchyard.AppImage'));
  await writeFile(join(folder, 'Switchyard.AppImage'), 'old');
  asked = [];
  headers = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    headers.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const address = (): string => {
  const at: AddressInfo | string | null = server.address();
  return typeof at === 'object' && at !== null ? `http://127.0.0.1:${at.port}/app/` : '';
};
const checksum = (content: string): string => createHash('sha512').update(content).digest('base64');

/** @param file as announced; its content is served under that name */
function announce(version: string, content: string, file: Record<string, unknown> = {}): void {
  const size = Buffer.byteLength(content);
  const files = [
    { url: 'new.AppImage', sha512: checksum(content), size, ...file },
    { url: 'x.deb', sha512: checksum('') },
  ];
  answer = (request, response) => {
    if (request.url?.endsWith('.yml') === true)
      response.end(JSON.stringify({ version, files, releaseNotes: 'Notes' }));
    else response.end(content);
  };
}

function open(changes: Partial<UpdaterPorts> = {}) {
  const restarted: string[] = [];
  const updater = createUpdater({
    app: {
      version: '1.0.0',
      name: 'switchyard',
      isPackaged: true,
      appUpdateConfigPath: join(folder, 'app-update.yml'),
      userDataPath: join(folder, 'user'),
      baseCachePath: join(folder, 'cache'),
      whenReady: () => Promise.resolve(),
      quit: quiet,
      relaunch: quiet,
      onQuit: quiet,
    },
    source: { base: new URL(address()), channel: 'latest' },
    way: 'self',
    platform: 'linux',
    processor: 'x64',
    fetch,
    clock: systemClock,
    logger: silentLogger,
    relaunch: (path) => restarted.push(path),
    ...changes,
  });
  return { updater, restarted };
}

beforeEach(() =>
  writeFile(join(folder, 'app-update.yml'), 'provider: generic\nupdaterCacheDirName: updates\n'),
);

it('finds, fetches and installs a newer version, and tells the source nothing of this computer', async () => {
  announce('1.1.0', program(folder));
  const { updater, restarted } = open();
  expect(await updater.check(never)).toEqual({
    version: '1.1.0',
    date: null,
    notes: 'Notes',
    page: address(),
  });
  expect(asked).toEqual(['/app/latest-linux.yml']);
  const shares: number[] = [];
  await updater.download(never, (share) => shares.push(share));
  expect(shares.at(-1)).toBe(1);
  expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe('old');
  updater.install(true);
  expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe(program(folder));
  expect(await readFile(join(folder, 'ran'), 'utf8')).toBe('true\n');
  expect(restarted).toEqual([join(folder, 'Switchyard.AppImage')]);
  expect(headers.flatMap((one) => Object.keys(one)).filter((name) => name.startsWith('x-'))).toEqual([]);
  expect(await readdir(folder)).not.toContain('user');
});

it.each(['1.0.0', '0.9.9', '1.0.0-beta.1'])('%s is no newer version', async (version) => {
  announce(version, 'x');
  expect(await open().updater.check(never)).toBeNull();
});

it('refuses a file that is not the one announced, and leaves nothing of it', async () => {
  announce('1.1.0', 'good', { sha512: checksum('bad') });
  const { updater } = open();
  await updater.check(never);
  expect(await failureOf(updater.download(never, quiet))).toEqual(['update-checksum']);
  expect(() => updater.install(true)).toThrow();
  expect(await readFile(join(folder, 'Switchyard.AppImage'), 'utf8')).toBe('old');
  expect(await readdir(join(folder, 'cache', 'updates', 'pending')).catch(() => [])).toEqual([]);
});

it('refuses a file that is larger than announced', async () => {
  announce('1.1.0', 'x'.repeat(100_000), { size: 10 });
  const { updater } = open();
  await updater.check(never);
  expect(await failureOf(updater.download(never, quiet))).toEqual(['update-too-much']);
});

it('a source that sends elsewhere is not followed; a file is, and its checksum decides', async () => {
  const there = 'content';
  const elsewhere = createServer((_request, response) => response.end(there));
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const at = elsewhere.address();
  const to = `http://localhost:${typeof at === 'object' ? at?.port : ''}/file`;
  const send: RequestListener = (_request, response) => response.writeHead(302, { location: to }).end();
  answer = send;
  expect(await failureOf(open().updater.check(never))).toEqual(['update-not-asked', 'as-said']);
  announce('1.1.0', there);
  const announced = answer;
  answer = (request, response) =>
    (request.url?.endsWith('.yml') === true ? announced : send)(request, response);
  const { updater } = open();
  await updater.check(never);
  await updater.download(never, quiet);
  announce('1.2.0', 'CONTENT');
  await updater.check(never);
  answer = send;
  expect(await failureOf(updater.download(never, quiet))).toEqual(['update-checksum']);
  elsewhere.closeAllConnections();
  elsewhere.close();
});

it('reads no more of an announcement than one can have', async () => {
  let sent = 0;
  answer = (_request, response) => {
    const piece = Buffer.alloc(100_000, 'x');
    const more = (): void => {
      while (sent < 50_000_000) {
        sent += piece.length;
        if (!response.write(piece)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  };
  expect(await failureOf(open().updater.check(never))).toEqual(['update-large']);
  expect(sent).toBeLessThan(20 * LARGEST_ANNOUNCEMENT);
});

it('a source that is not there, or not what it was, is told', async () => {
  answer = (_request, response) => response.writeHead(404).end();
  expect(await failureOf(open().updater.check(never))).toEqual(['update-status']);
  const gone = { base: new URL('http://127.0.0.1:9/'), channel: 'latest' };
  expect(await failureOf(open({ source: gone }).updater.check(never))).toEqual([
    'update-not-asked',
    'as-said',
  ]);
});

it('a check ends when it is taken back, whatever the source does', async () => {
  answer = quiet;
  const stop = new AbortController();
  const checking = open().updater.check(stop.signal);
  stop.abort();
  await expect(checking).rejects.toThrow();
});

it('a download that stands still has failed', async () => {
  announce('1.1.0', 'x'.repeat(10));
  const clock = createSteppedClock();
  const { updater } = open({ clock });
  await updater.check(never);
  const first = Promise.withResolvers<undefined>();
  answer = (_request, response) => void response.write('x');
  const downloading = updater.download(never, () => first.resolve(undefined));
  await first.promise;
  clock.step(STALLED);
  expect(await failureOf(downloading)).toEqual(['update-stalled']);
});

it('a package of the system, and an unsigned app, are only told of it', async () => {
  announce('1.1.0', 'x');
  expect(await open({ way: 'package' }).updater.check(never)).toMatchObject({ page: `${address()}x.deb` });
  vi.stubEnv('APPIMAGE', undefined);
  expect(await open({ way: 'folder' }).updater.check(never)).toMatchObject({ page: address() });
});

it('what cannot be put in place is told', async () => {
  announce('1.1.0', program(folder));
  const { updater, restarted } = open();
  await updater.check(never);
  await updater.download(never, quiet);
  vi.stubEnv('APPIMAGE', 'not/absolute');
  expect(() => updater.install(true)).toThrow('APPIMAGE');
  expect(restarted).toEqual([]);
});
