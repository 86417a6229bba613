import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from './free-port.ts';
import { portHolder } from './port-holder.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
/** A row of /proc/net/tcp. */
const row = (port: number, state: string, inode: number): string =>
  `   0: 0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0`;

let proc: string;
beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'switchyard-proc-'));
  await mkdir(join(proc, 'net'));
});
afterEach(() => rm(proc, { recursive: true, force: true }));

async function process(pid: number, name: string, inode: number): Promise<void> {
  await mkdir(join(proc, String(pid), 'fd'), { recursive: true });
  await writeFile(join(proc, String(pid), 'comm'), `${name}\n`);
  await symlink(`socket:[${inode}]`, join(proc, String(pid), 'fd', '3'));
  await symlink('/usr/bin/some-node', join(proc, String(pid), 'exe'));
}

it('names the program whose socket listens on the port', async () => {
  await writeFile(join(proc, 'net', 'tcp'), [HEAD, row(8080, '0A', 41), row(8081, '0A', 42), ''].join('\n'));
  await process(7, 'other', 41);
  await process(8, 'docker-proxy', 42);
  expect(await portHolder(8081, proc)).toEqual({ name: 'docker-proxy', pid: 8 });
});

it('calls a Node.js program by its file, since all of them have one name', async () => {
  await writeFile(join(proc, 'net', 'tcp6'), [HEAD, row(80, '0A', 5), ''].join('\n'));
  await process(9, 'MainThread', 5);
  expect(await portHolder(80, proc)).toEqual({ name: 'some-node', pid: 9 });
});

it.each([
  ['a connection is no listener', [HEAD, row(8080, '01', 41)].join('\n')],
  ['the holder belongs to another account', [HEAD, row(8080, '0A', 99)].join('\n')],
  ['the table is empty', HEAD],
])('says nothing where %s', async (_, table) => {
  await writeFile(join(proc, 'net', 'tcp'), table);
  await process(7, 'other', 41);
  expect(await portHolder(8080, proc)).toBeNull();
});

it('says nothing on a system without a process file system', async () => {
  expect(await portHolder(8080, join(proc, 'nothing'))).toBeNull();
});

it('finds a port that is free, beside one that is not', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    const free = await freePort('localhost', port);
    expect(free).toBeGreaterThan(port);
    if (globalThis.process.platform === 'linux') {
      expect(await portHolder(port)).toEqual({
        name: basename(globalThis.process.execPath),
        pid: globalThis.process.pid,
      });
    }
  } finally {
    await new Promise((closed) => server.close(closed));
  }
});

it('gives up behind the last port', async () => {
  const server = createServer();
  await new Promise<void>((done) => {
    // Taken by somebody else is taken too.
    server.once('error', () => done());
    server.listen(65_535, '127.0.0.1', () => done());
  });
  expect(await freePort('127.0.0.1', 65_535)).toBeNull();
  server.close();
});
