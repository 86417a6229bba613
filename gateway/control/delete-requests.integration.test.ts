import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { capture, requestRow } from '../testing/request-row.ts';
import { openTestLog } from '../testing/test-log.ts';
import { deleteRequests } from './delete-requests.ts';

it('leaves rows with a word that must not stand there, which the index does not have', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-delete-'));
  const { log } = openTestLog(join(folder, 'log.db'));
  onTestFinished(async () => {
    await log.close();
    await rm(folder, { recursive: true });
  });
  const long = `${'word '.repeat(5_000)} important`;
  [long, 'important', 'anything'].forEach((content, at) => {
    const request = capture(JSON.stringify({ messages: [{ role: 'user', content }] }));
    log.finish(requestRow({ sequence: at + 1 }), { request, response: null });
  });
  const call = { cancelled: false, onCancel: () => undefined, tell: () => undefined };
  expect(await deleteRequests(log, { filter: { words: '-important' } }, call)).toBe(1);
  const { rows } = await log.list({ limit: 10, filter: {} });
  expect(rows.map(({ sequence }) => sequence)).toEqual([2, 1]);
});
