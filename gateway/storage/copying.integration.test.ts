import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_BODIES, requestRow } from '../testing/request-row.ts';
import { openTestLog } from '../testing/test-log.ts';

let sequence = 0;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-copy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function rowsIn(file: string): number {
  const database = new Database(file, { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    return Number(database.prepare('SELECT count(*) FROM requests').pluck().get());
  } finally {
    database.close();
  }
}

describe('a copy of the request log', () => {
  it('holds everything handed over before, while rows go on being written', async () => {
    const { log } = openTestLog(join(folder, 'log.db'));
    const to = join(folder, 'copy.db');
    for (let number = 0; number < 500; number += 1)
      log.finish(requestRow({ sequence: (sequence += 1) }), NO_BODIES);
    const shares: number[] = [];
    const copied = log.copy(to, (share) => {
      shares.push(share);
      log.finish(requestRow({ sequence: (sequence += 1) }), NO_BODIES);
    });
    expect(await copied).toBeGreaterThan(0);
    await log.close();
    expect(statSync(to).mode & 0o777).toBe(0o600);
    expect(rowsIn(to)).toBeGreaterThanOrEqual(500);
    expect(rowsIn(join(folder, 'log.db'))).toBe(500 + shares.length);
  });

  it('that cannot be written says so, and the log goes on', async () => {
    const { log } = openTestLog(join(folder, 'log.db'));
    await expect(log.copy(join(folder, 'missing', 'copy.db'), () => undefined)).rejects.toThrow(
      /could not be copied to .*no such file or directory/,
    );
    log.finish(requestRow({ sequence: (sequence += 1) }), NO_BODIES);
    await log.flush();
    expect(log.health().problem).toBeNull();
    await log.close();
  });

  it('that is stopped leaves nothing behind', async () => {
    const { log } = openTestLog(join(folder, 'log.db'));
    for (let number = 0; number < 2_000; number += 1)
      log.finish(requestRow({ sequence: (sequence += 1) }), NO_BODIES);
    await log.flush();
    const to = join(folder, 'copy.db');
    const copied = log.copy(to, () => undefined);
    log.stopCopy();
    await copied.then(
      () => undefined,
      (error: unknown) => {
        expect(String(error)).toContain('stopped');
        expect(existsSync(to)).toBe(false);
      },
    );
    await log.close();
  });
});
