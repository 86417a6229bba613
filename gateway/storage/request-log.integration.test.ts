import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { requestLogSuite } from '../testing/request-log-suite.ts';
import { openTestLog } from '../testing/test-log.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

requestLogSuite('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-log-'));
  folders.push(folder);
  return openTestLog(join(folder, 'log.db')).log;
});
