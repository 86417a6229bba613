/** Whom the commands of an account tell its secrets: the gateway that holds the data folder, and nobody else. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockDataFolder } from '../../gateway/index.ts';
import { askRunning } from './ask-running.ts';

const PASSWORD = { ADMIN_PASSWORD: 'correct horse battery staple' };
let folder = '';
let server: Server;
let asked: string[];
let answer: (path: string) => readonly [status: number, location: string];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-ask-'));
  await writeFile(join(folder, 'admin-token'), `${'t'.repeat(43)}\n`);
  asked = [];
  answer = () => [200, ''];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const [status, location] = answer(request.url ?? '');
    response.writeHead(status, location === '' ? {} : { location });
    response.end(JSON.stringify({ ok: true, data: { csrf: 'theirs', tools: [] } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function holder(token?: string) {
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('The stranger has no port.');
  const address = `http://127.0.0.1:${listening.port}`;
  return { pid: process.pid, address, ...(token === undefined ? {} : { token }) };
}

it.each([
  ['token of the door', 'x'.repeat(43), {}],
  ['admin password', undefined, PASSWORD],
  ['admin token', undefined, {}],
])('the %s does not go to whoever listens where a gateway was killed', async (_what, token, environment) => {
  await writeFile(join(folder, 'switchyard.lock.json'), JSON.stringify(holder(token)));
  await writeFile(join(folder, 'switchyard.lock'), '');
  expect(await askRunning('connect.list', {}, folder, environment)).toBeUndefined();
  expect(asked).toEqual([]);
});

it('goes to the one that holds the folder, and follows it nowhere else', async () => {
  const lock = await lockDataFolder(folder);
  await lock.announce(holder('x'.repeat(43)));
  expect(await askRunning('connect.list', {}, folder, {})).toMatchObject({ ok: true });
  expect(asked).toEqual(['/owner/rpc/connect.list']);
  answer = (path) => (path.startsWith('/owner/') ? [307, '/elsewhere'] : [200, '']);
  expect(await askRunning('connect.list', {}, folder, {})).toBeUndefined();
  expect(asked).not.toContain('/elsewhere');
  await lock.release();
});
