import { quoted, remark } from '../../../contract/rpc/remarks/remark.ts';
import { describe, expect, it } from 'vitest';
import type { RequestLog } from '../../core/log-store.ts';
import { createMemoryLog } from '../../storage/memory-log.ts';
import { createSteppedClock } from '../../testing/clock.ts';
import { harFormat } from '../../testing/har-format.ts';
import { capture, liveRow, NO_BODIES, requestRow } from '../../testing/request-row.ts';
import { exportFile, importFile } from '../../testing/transfer.ts';
import { transferRows } from '../../testing/transfer-rows.ts';
import { readEntry } from './entry.ts';

const NOW = Date.UTC(2026, 10, 22);
const ALL = { which: { filter: {} }, redacted: true } as const;

function setUp() {
  const clock = createSteppedClock(NOW);
  return { clock, log: createMemoryLog(clock) };
}

const contentsOf = async (log: RequestLog) => {
  const { rows } = await log.list({ limit: 500, filter: {} });
  return Promise.all(rows.map(({ id }) => readEntry(log, id)));
};

describe.each(['har', 'jsonl'] as const)('a %s file', (format) => {
  it('brings rows and bodies of every shape back', async () => {
    const from = setUp();
    for (const { row, bodies } of transferRows()) from.log.finish(row, bodies);
    const { file } = await exportFile(from.log, { format, ...ALL });

    const to = setUp();
    const { added, skipped, refused, problems } = await importFile(to.log, to.clock, file, 10_007);
    expect({ added, skipped, refused, problems }).toEqual({
      added: transferRows().length,
      skipped: 0,
      refused: 0,
      problems: [],
    });
    const expected = await contentsOf(from.log);
    expect(await contentsOf(to.log)).toEqual(
      expected.map((entry) => ({ ...entry, row: { ...entry?.row, imported: true } })),
    );
  });

  it('tells what became of a request in English sentences, and as data that comes back', async () => {
    const { log, clock } = setUp();
    const told = remark('not-taken', { name: 'stop', by: 'grok-4' });
    log.finish(requestRow({ sequence: 1, warnings: [told] }), NO_BODIES);
    const { file } = await exportFile(log, { format, ...ALL });
    expect(file).toContain('"warnings":["stop is not taken by grok-4 and was left out."]');
    await log.clear();
    await importFile(log, clock, file);
    const [entry] = await contentsOf(log);
    expect(entry?.row.warnings).toEqual([told]);
  });

  it('of an older version has the sentences alone, which come back as quotations', async () => {
    const { log, clock } = setUp();
    const told = remark('not-taken', { name: 'stop', by: 'grok-4' });
    log.finish(requestRow({ sequence: 1, warnings: [told] }), NO_BODIES);
    const { file } = await exportFile(log, { format, ...ALL });
    const older = file.replace(/,"remarks":\[[^\]]*\]/, '');
    expect(older).not.toContain('remarks');
    await log.clear();
    expect(await importFile(log, clock, older)).toMatchObject({ added: 1, refused: 0 });
    const [entry] = await contentsOf(log);
    expect(entry?.row.warnings).toEqual([quoted(told.text)]);
  });

  it('adds nothing the second time, and nothing to statistics', async () => {
    const { log, clock } = setUp();
    log.finish(requestRow({ sequence: NOW * 1_000 - 1, startedAt: NOW - 1 }), NO_BODIES);
    const { file } = await exportFile(log, { format, ...ALL });
    expect(await importFile(log, clock, file)).toMatchObject({ added: 0, skipped: 1 });
    await log.clear();
    expect(await importFile(log, clock, file)).toMatchObject({ added: 1, skipped: 0 });
    const query = { from: NOW - 1_000_000, until: NOW, most: 10, compare: false } as const;
    expect((await log.figures(query, NOW)).total.requests).toBe(1);
  });

  it('comes in pieces of a bounded size', async () => {
    const { log } = setUp();
    const text = 'x'.repeat(400_000);
    for (let sequence = 1; sequence <= 10; sequence += 1) {
      log.finish(requestRow({ sequence }), { request: capture(text), response: null });
    }
    const { pieces } = await exportFile(log, { format, ...ALL });
    expect(pieces).toHaveLength(4);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_500_000);
  });
});

describe('a HAR', () => {
  it('is one by the specification, whatever the row', async () => {
    const { log } = setUp();
    for (const { row, bodies } of transferRows()) log.finish(row, bodies);
    const { file } = await exportFile(log, { format: 'har', ...ALL });
    const { log: har } = harFormat.parse(JSON.parse(file));
    expect(har.entries).toHaveLength(transferRows().length);
  });

  it('of nothing is one, too', async () => {
    const { file } = await exportFile(setUp().log, { format: 'har', ...ALL });
    expect(harFormat.parse(JSON.parse(file)).log.entries).toEqual([]);
  });

  it('tells phases between client and gateway', async () => {
    const { log } = setUp();
    log.finish(requestRow({ sequence: 1, firstByteAt: 100, doneAt: 450.25 }), NO_BODIES);
    const { file } = await exportFile(log, { format: 'har', ...ALL });
    const [entry] = harFormat.parse(JSON.parse(file)).log.entries;
    expect(entry?.timings).toEqual({
      blocked: 0.5,
      dns: -1,
      connect: -1,
      send: 1,
      wait: 98.5,
      receive: 350.25,
      ssl: -1,
    });
    expect([entry?.time, entry?.request.url]).toEqual([450.25, 'http://127.0.0.1:8080/v1/chat/completions']);
  });
});

describe('what is exported', () => {
  it('is the selection in its order, without what is gone or still runs', async () => {
    const { log } = setUp();
    for (const sequence of [1, 2, 3]) log.finish(requestRow({ sequence }), NO_BODIES);
    log.begin(liveRow(4));
    const which = { ids: ['req_2', 'req_9', 'req_4', 'req_1'] };
    const { file } = await exportFile(log, { format: 'jsonl', which, redacted: true });
    const ids = file
      .trim()
      .split('\n')
      .map((line) => /"id":"(\w+)"/.exec(line)?.[1]);
    expect(ids).toEqual(['req_2', 'req_1']);
    const everything = await exportFile(log, { format: 'har', ...ALL });
    expect(harFormat.parse(JSON.parse(everything.file)).log.entries).toHaveLength(3);
  });

  it.each(['har', 'jsonl', 'csv'] as const)('as %s has no secret that is known by now', async (format) => {
    const { log } = setUp();
    const secret = 'sk-later-0123456789abcdef';
    const row = requestRow({ sequence: 1, modelAsked: `m ${secret}`, warnings: [quoted(secret)] });
    log.finish(row, { request: capture(`{"a":"${secret}"}`), response: null });
    const { file } = await exportFile(log, { format, ...ALL }, [secret]);
    expect(file).not.toContain(secret);
    const { file: raw } = await exportFile(log, { format, which: { filter: {} }, redacted: false }, [secret]);
    expect(raw).toContain(secret);
  });
});
