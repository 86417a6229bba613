import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { statisticsQuerySchema } from '../../contract/log/statistics.ts';
import { requestRow } from '../testing/request-row.ts';
import { openTestLog } from '../testing/test-log.ts';

const HOUR = 3_600_000;
const PROCESS = fileURLToPath(new URL('../testing/log-process.ts', import.meta.url));

/** Kills the process at its `reports`-th report; answers the highest sequence it had reported. */
async function recordAndKill(file: string, reports: number): Promise<number> {
  const child = spawn(process.execPath, [PROCESS, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let highest = 0;
  let seen = 0;
  for await (const line of createInterface(child.stdout)) {
    highest = Number(line);
    seen += 1;
    if (seen === reports) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return highest;
}

it.each([1, 2, 7, 25])('survives a kill -9 at report %i', async (reports) => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-kill-'));
  const file = join(folder, 'log.db');
  const acknowledged = await recordAndKill(file, reports);
  expect(acknowledged).toBeGreaterThan(0);

  const { log } = openTestLog(file);
  const page = await log.list({ limit: 500, filter: {} });
  expect(page.total).toBeGreaterThanOrEqual(acknowledged);
  expect(
    await log.list({ limit: 1, filter: { where: [{ kind: 'text', field: 'outcome', values: ['live'] }] } }),
  ).toMatchObject({ total: 0 });
  const outcomes = new Map(page.rows.map(({ sequence, outcome }) => [sequence, outcome]));
  for (let sequence = Math.max(1, acknowledged - 100); sequence <= acknowledged; sequence += 1) {
    expect([sequence, outcomes.get(sequence)]).toEqual([sequence, sequence % 3 === 0 ? 'interrupted' : 'ok']);
  }
  expect(await log.body(`req_${acknowledged - (acknowledged % 3 === 0 ? 1 : 0)}`, 'response')).toMatchObject({
    state: 'stored',
  });
  // Each row counts once, whether its batch had been added to the sums or not.
  const { startedAt } = requestRow({ sequence: 1 });
  for (const bucket of [HOUR, 24 * HOUR]) {
    const query = statisticsQuerySchema.parse({ from: startedAt, until: startedAt + HOUR, bucket });
    const { total } = await log.figures(query, Date.now());
    expect([bucket, total.requests]).toEqual([bucket, page.total]);
  }
  expect(log.health().problem).toBeNull();
  await log.close();

  const database = new Database(file);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(() => database.exec(`INSERT INTO words (words) VALUES ('integrity-check')`)).not.toThrow();
  const lost = database.prepare('SELECT part FROM uses WHERE part NOT IN (SELECT id FROM parts)').all();
  expect(lost).toEqual([]);
  database.close();
  await rm(folder, { recursive: true });
});
