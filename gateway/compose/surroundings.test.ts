import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { silentLogger } from '../testing/silent-logger.ts';
import { readSurroundings } from './surroundings.ts';

/** Locks that this process has on a file (`/proc/locks`: … PID major:minor:inode …). */
async function locksOn(path: string): Promise<number> {
  const { ino } = await stat(path);
  const lines = (await readFile('/proc/locks', 'utf8')).split('\n');
  return lines.filter((line) => new RegExp(` ${process.pid} \\S+:${ino} `).test(line)).length;
}

it.runIf(process.platform === 'linux')('leaves the locks of the request log in place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-surroundings-'));
  const path = join(folder, 'log.db');
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE rows (id INTEGER); INSERT INTO rows VALUES (1)');
  const before = await locksOn(path);
  const { files } = await readSurroundings({ dataFolder: folder, environment: {}, logger: silentLogger });
  expect(files.map(({ name }) => name)).toEqual(['log.db', 'log.db-shm', 'log.db-wal']);
  expect(before).toBeGreaterThan(0);
  expect(await locksOn(path)).toBe(before);
  database.close();
  await rm(folder, { recursive: true });
});
