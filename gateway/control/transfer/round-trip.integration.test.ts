/** Files from one log on a disk into another. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RequestLog } from '../../core/log-store.ts';
import { createSteppedClock } from '../../testing/clock.ts';
import { capture, requestRow } from '../../testing/request-row.ts';
import { openTestLog } from '../../testing/test-log.ts';
import { exportFile, importFile } from '../../testing/transfer.ts';
import { transferRows } from '../../testing/transfer-rows.ts';
import { readEntry } from './entry.ts';

const NOW = Date.UTC(2026, 10, 22);
const clock = createSteppedClock(NOW);

let folder: string;
const open: RequestLog[] = [];
function openLog(name: string): RequestLog {
  const { log } = openTestLog(join(folder, `${name}.db`));
  open.push(log);
  return log;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-transfer-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((log) => log.close()));
  await rm(folder, { recursive: true, force: true });
});

const EVENTS = [
  'data: {"choices":[{"delta":{"content":"a"}}]}\n\n',
  'data: {"b":"Ü"}\n\n',
  'data: [DONE]\n\n',
];

it('rows, bodies and times of events come back as they were, and count nowhere', async () => {
  const from = openLog('from');
  for (const { row, bodies } of transferRows()) from.finish(row, bodies);
  const streamed = capture(...EVENTS);
  const [first = 0, second = 0] = EVENTS.map((event) => Buffer.byteLength(event));
  const times = [12, first, 30, first + second, 31, streamed.bytes];
  from.finish(requestRow({ sequence: NOW * 1_000 - 1_000, startedAt: NOW - 1 }), {
    request: capture('{"model":"m"}'),
    response: { ...streamed, stream: { head: streamed.bytes, times } },
  });
  const entriesOf = async (log: RequestLog) => {
    const { rows } = await log.list({ limit: 500, filter: {} });
    return Promise.all(rows.map(({ id }) => readEntry(log, id)));
  };
  const expected = await entriesOf(from);
  expect(expected[0]?.times).toEqual([12, 30, 31]);

  // One after the other: what either loses is missing at the end.
  let last = from;
  for (const format of ['har', 'jsonl'] as const) {
    const { file } = await exportFile(last, { format, which: { filter: {} }, redacted: true });
    last = openLog(format);
    expect(await importFile(last, clock, file, 50_000)).toMatchObject({
      added: expected.length,
      refused: 0,
      problems: [],
    });
  }
  expect(await entriesOf(last)).toEqual(
    expected.map((entry) => ({ ...entry, row: { ...entry?.row, imported: true } })),
  );
  const query = { from: 0, until: NOW + 1, most: 10, compare: false } as const;
  expect((await last.figures(query, NOW)).total.requests).toBe(0);
});
