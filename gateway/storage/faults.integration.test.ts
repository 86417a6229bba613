/** What the request log does when its file, its disk or its worker lets it down. */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RequestLog } from '../core/log-store.ts';
import { capture, liveRow, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { openTestLog, type TestLog } from '../testing/test-log.ts';
import { CHECKED_AT_ONCE } from './database.ts';
import { OUTBOX_LIMITS } from './outbox.ts';

/** For events that come by themselves on a busy machine, ms. */
const PATIENCE = 20_000;

let folder: string;
let file: string;
const opened: RequestLog[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-log-'));
  file = join(folder, 'log.db');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
  await rm(folder, { recursive: true });
});

function openLog(worker?: URL, speed?: number): TestLog {
  const test = openTestLog(file, worker, speed);
  opened.push(test.log);
  return test;
}

async function fill(rows: number): Promise<void> {
  const { log } = openTestLog(file);
  for (let sequence = 1; sequence <= rows; sequence += 1)
    log.finish(requestRow({ sequence }), { request: capture(`body ${sequence}`), response: null });
  await log.close();
}

/** Its writer opens the file when a test says so. */
const LATE_WORKER = new URL('../testing/late-log-worker.ts', import.meta.url);

async function expectRows(log: RequestLog, count: number): Promise<void> {
  const page = await log.list({ limit: count + 1, filter: {} });
  expect(page.rows).toHaveLength(count);
}

const asideFiles = async (): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.includes('.broken-'));

async function expectFreshLog({ log, lines }: TestLog): Promise<void> {
  log.finish(requestRow({ sequence: 9_000 }), NO_BODIES);
  const page = await log.list({ limit: 10, filter: {} });
  expect(page.rows.map(({ sequence }) => sequence)).toEqual([9_000]);
  const [aside = ''] = await asideFiles();
  expect(log.health().problem?.text).toContain(aside);
  expect(lines).toEqual(['warn the request log was damaged']);
}

it('puts a file that is no database aside and starts a new one', async () => {
  await writeFile(file, 'this is no database at all, '.repeat(400));
  await expectFreshLog(openLog());
  const [aside = ''] = await asideFiles();
  expect(await readFile(join(folder, aside), 'utf8')).toContain('no database at all');
});

it('keeps what was put aside no longer than its rows would be, nor when the log is emptied', async () => {
  await writeFile(file, 'this is no database at all, '.repeat(400));
  const { log } = openLog();
  await expectFreshLog({ log, lines: ['warn the request log was damaged'] });
  const [aside = ''] = await asideFiles();
  const before = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(folder, aside), before, before);
  log.keep({ days: 3, rows: 1_000, size: 100_000_000, streamEvents: 0 });
  await log.remove([]);
  expect(await asideFiles()).toEqual([aside]);
  log.keep({ days: 1, rows: 1_000, size: 100_000_000, streamEvents: 0 });
  await log.remove([]);
  expect(await asideFiles()).toEqual([]);

  await writeFile(join(folder, aside), 'kept');
  await log.clear();
  expect(await asideFiles()).toEqual([]);
  expect(log.health().problem).toBeNull();
});

it('finds a torn page nobody has read yet', async () => {
  await fill(400);
  const handle = await open(file, 'r+');
  const { size } = await handle.stat();
  await handle.write(Buffer.alloc(4_096, 0x5a), 0, 4_096, Math.floor(size / 2 / 4_096) * 4_096);
  await handle.close();
  await expectFreshLog(openLog());
});

it('finds a torn page of a large file while it is in use', async () => {
  await fill(50);
  const database = new Database(file);
  const add = database.prepare(`INSERT INTO blocks VALUES (?, 1, 'plain', zeroblob(?))`);
  // Ids that no part has: nobody reads them.
  for (let id = 1; id <= 2; id += 1) add.run(1_000_000 + id, CHECKED_AT_ONCE / 2);
  const root: unknown = database
    .prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'uses'`)
    .pluck()
    .get();
  database.close();
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(4_096, 0x5a), 0, 4_096, (Number(root) - 1) * 4_096);
  await handle.close();
  const test = openLog();
  expect((await test.log.list({ limit: 100, filter: {} })).rows).toHaveLength(50);
  await vi.waitFor(async () => expect(await asideFiles()).not.toEqual([]), PATIENCE);
  await expectFreshLog(test);
});

it('reads on after a write-ahead log that ends in the middle of a page', async () => {
  const first = openLog();
  first.log.finish(requestRow({ sequence: 1 }), NO_BODIES);
  await first.log.flush();
  const copy = join(folder, 'copy.db');
  await copyFile(file, copy);
  const wal = await readFile(`${file}-wal`);
  await writeFile(`${copy}-wal`, wal.subarray(0, wal.length - 1_000));
  const second = openTestLog(copy);
  opened.push(second.log);
  second.log.finish(requestRow({ sequence: 2 }), NO_BODIES);
  expect(
    await second.log.list({
      limit: 10,
      filter: { where: [{ kind: 'text', field: 'outcome', values: ['ok'] }] },
    }),
  ).toMatchObject({ next: null });
  expect(await second.log.get('req_2')).toBeDefined();
  expect(second.log.health().problem).toBeNull();
});

it('leaves the file of a newer version alone and says so', async () => {
  await fill(1);
  const database = new Database(file);
  database.pragma('user_version = 99');
  database.close();
  const { log, lines } = openLog();
  log.finish(requestRow({ sequence: 2 }), NO_BODIES);
  await log.flush();
  await vi.waitFor(() => expect(log.health().problem?.text).toContain('schema 99'), PATIENCE);
  expect(log.health()).toMatchObject({ queued: 0, droppedRows: 1 });
  await expect(log.list({ limit: 1, filter: {} })).rejects.toThrow('schema 99');
  await expect(log.clear()).rejects.toThrow('schema 99');
  log.finish(requestRow({ sequence: 3 }), NO_BODIES);
  expect(log.health().droppedRows).toBe(2);
  expect(lines).toEqual(['error the request log cannot be used']);
  expect(await asideFiles()).toEqual([]);
});

it('calls what was running interrupted after a restart', async () => {
  const first = openTestLog(file);
  first.log.begin(liveRow(1));
  first.log.finish(requestRow({ sequence: 2 }), NO_BODIES);
  await first.log.close();
  const { log } = openLog();
  const { rows } = await log.list({ limit: 10, filter: {} });
  expect(rows.map(({ outcome }) => outcome)).toEqual(['ok', 'interrupted']);
});

it('keeps rows and reading while another program holds the lock, and catches up', async () => {
  const { log, lines } = openLog();
  log.finish(requestRow({ sequence: 1 }), NO_BODIES);
  await log.flush();
  const other = new Database(file);
  other.exec('BEGIN EXCLUSIVE');
  log.finish(requestRow({ sequence: 2 }), NO_BODIES);
  await vi.waitFor(() => expect(log.health().problem?.text).toContain('locked'), PATIENCE);
  expect(log.health().queued).toBe(1);
  expect(await log.get('req_1')).toBeDefined();
  other.exec('COMMIT');
  other.close();
  await log.flush();
  expect(await log.get('req_2')).toBeDefined();
  await vi.waitFor(() => expect(log.health().problem).toBeNull(), PATIENCE);
  expect(lines).toEqual(['warn the request log cannot be written', 'info the request log is written again']);
});

it('drops and counts what a long standstill leaves no room for', async () => {
  const { log } = openLog();
  const running = OUTBOX_LIMITS.rows * 2;
  log.begin(liveRow(running));
  await log.list({ limit: 1, filter: {} });
  const other = new Database(file);
  other.exec('BEGIN EXCLUSIVE');
  const body = capture(Buffer.alloc(1024 * 1024, 'a'));
  const bodies = OUTBOX_LIMITS.bytes / body.bytes + 3;
  for (let sequence = 1; sequence <= OUTBOX_LIMITS.rows + 5; sequence += 1) {
    log.finish(requestRow({ sequence }), { request: sequence <= bodies ? body : null, response: null });
  }
  log.finish(requestRow({ sequence: running }), NO_BODIES);
  expect(log.health()).toMatchObject({ queued: OUTBOX_LIMITS.rows, droppedRows: 6, droppedBodies: 3 });
  other.exec('COMMIT');
  other.close();
  await log.flush();
  expect(await log.list({ limit: 1, filter: {} })).toMatchObject({ total: OUTBOX_LIMITS.rows + 1 });
  expect(await log.get(`req_${running}`)).toMatchObject({ outcome: 'interrupted' });
  expect(await log.body('req_1', 'request')).toMatchObject({ state: 'stored', bytes: body.bytes });
  expect(await log.body(`req_${bodies}`, 'request')).toEqual({
    state: 'dropped',
    text: '',
    bytes: body.bytes,
  });
});

it('starts a crashed writer again and loses nothing', async () => {
  const { log, lines } = openLog(new URL('../testing/crashing-log-worker.ts', import.meta.url));
  log.redact(['secret-of-the-user']);
  log.finish(requestRow({ sequence: 1, errorMessage: 'secret-of-the-user' }), {
    request: capture('a body'),
    response: null,
  });
  await log.flush();
  expect(await log.get('req_1')).toMatchObject({ errorMessage: '[redacted]' });
  expect(await log.body('req_1', 'request')).toMatchObject({ text: 'a body' });
  expect(lines).toContain('error the writer of the request log stopped');
  expect(log.health()).toMatchObject({ droppedRows: 0, problem: null });
});

it('calls a request interrupted whose end killed the writer, though what was to tell of it killed it too', async () => {
  const { log } = openLog(new URL('../testing/mortal-log-worker.ts', import.meta.url), 100);
  log.begin(liveRow(1));
  await log.flush();
  for (const sequence of [1, 2]) {
    log.finish(requestRow({ sequence, errorMessage: 'deadly' }), NO_BODIES);
    await log.flush();
  }
  log.finish(requestRow({ sequence: 3 }), NO_BODIES);
  await log.flush();
  expect(log.health()).toMatchObject({ droppedRows: 2 });
  expect(await log.get('req_1')).toMatchObject({ outcome: 'interrupted' });
});

it('says that a file is still being opened, and reads it once it is', async () => {
  const { log } = openLog(LATE_WORKER, 100);
  log.finish(requestRow({ sequence: 1 }), NO_BODIES);
  const first = log.list({ limit: 1, filter: {} });
  await expect(first).rejects.toThrow('The request log cannot be read: it is still being opened; try again');
  await writeFile(`${file}.open`, '');
  await vi.waitFor(() => expectRows(log, 1), PATIENCE);
});

it('says that a file of an earlier version is still being brought up to this one', async () => {
  await fill(1);
  const direct = new Database(file);
  const newest: unknown = direct.pragma('user_version', { simple: true });
  direct.pragma('user_version = 1');
  const { log } = openLog(LATE_WORKER, 100);
  await expect(log.list({ limit: 1, filter: {} })).rejects.toThrow('still being brought up to this version');
  direct.pragma(`user_version = ${String(newest)}`);
  direct.close();
  await writeFile(`${file}.open`, '');
  await vi.waitFor(() => expectRows(log, 1), PATIENCE);
});

it('gives the space of deleted rows back', async () => {
  const { log } = openLog();
  const noise = capture(randomBytes(400_000).toString('base64'));
  for (let sequence = 1; sequence <= 20; sequence += 1)
    log.finish(requestRow({ sequence }), { request: noise, response: null });
  await log.flush();
  expect(await log.clear()).toBe(20);
  expect((await stat(file)).size).toBeLessThan(noise.bytes);
  expect((await stat(`${file}-wal`)).size).toBe(0);
});

it('is emptied until somebody stops it: the other rows stay, and what was deleted has left the file', async () => {
  const { log } = openLog();
  const rows = OUTBOX_LIMITS.rows;
  for (let sequence = 1; sequence <= rows; sequence += 1) log.finish(requestRow({ sequence }), NO_BODIES);
  await log.flush();
  expect(await log.clear(undefined, AbortSignal.abort())).toBe(0);
  const stop = new AbortController();
  const told: number[] = [];
  const deleted = await log.clear((count) => {
    told.push(count);
    stop.abort();
  }, stop.signal);
  expect(told[0]).toBeGreaterThan(0);
  expect(told.at(-1)).toBe(deleted);
  const left = await log.list({ limit: 1, filter: {} });
  expect(left.total).toBe(rows - deleted);
  expect(left.total).toBeGreaterThan(0);
  expect((await stat(`${file}-wal`)).size).toBe(0);
  expect(await log.clear()).toBe(left.total);
});

it('can be read by its owner only', async () => {
  const { log } = openLog();
  log.finish(requestRow({ sequence: 1 }), NO_BODIES);
  await log.flush();
  for (const name of await readdir(folder)) {
    const { mode } = await stat(join(folder, name));
    expect([name, mode & 0o077]).toEqual([name, 0]);
  }
});
