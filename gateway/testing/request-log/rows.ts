/** That a log gives rows back, lists and counts them, and how it fares. */
import { quoted } from '../../../contract/rpc/remarks/remark.ts';
import { expect, it } from 'vitest';
import type { RequestLog } from '../../core/log-store.ts';
import { liveRow, NO_BODIES, requestRow, sequences } from '../request-row.ts';

const HOUR = 3_600_000;

/** @param log the empty log of the test that runs */
export function itKeepsRows(log: () => RequestLog): void {
  it('gives a row back as it was handed over', async () => {
    const row = requestRow({ sequence: 1_795_000_000_000_001, warnings: [quoted('Grüße 🔑')] });
    log().finish(row, NO_BODIES);
    expect(await log().get(row.id)).toEqual(row);
    expect(await log().get('req_none')).toBeUndefined();
  });

  it('shows a row while it runs and completes it at its end', async () => {
    log().begin(liveRow(1));
    expect(await log().get('req_1')).toEqual(liveRow(1));
    log().finish(requestRow({ sequence: 1 }), NO_BODIES);
    expect(await log().get('req_1')).toEqual(requestRow({ sequence: 1 }));
    expect(await log().list({ limit: 10, filter: {} })).toMatchObject({ total: 1 });
  });

  it('lists newest first, page by page, while rows arrive', async () => {
    for (let sequence = 1; sequence <= 7; sequence += 1) log().finish(requestRow({ sequence }), NO_BODIES);
    const first = await log().list({ limit: 3, filter: {} });
    expect([sequences(first.rows), first.total, first.next]).toEqual([[7, 6, 5], 7, 5]);
    log().finish(requestRow({ sequence: 8 }), NO_BODIES);
    const second = await log().list({ limit: 3, before: 5, filter: {} });
    expect([sequences(second.rows), second.total, second.next]).toEqual([[4, 3, 2], 8, 2]);
    const last = await log().list({ limit: 3, before: 2, filter: {} });
    expect([sequences(last.rows), last.next]).toEqual([[1], null]);
    const exact = await log().list({ limit: 8, filter: {} });
    expect([exact.rows.length, exact.next]).toEqual([8, null]);
    const skipped = await log().list({ limit: 2, skip: 3, filter: {} });
    expect([sequences(skipped.rows), skipped.next]).toEqual([[5, 4], 4]);
  });

  it('keeps what only a row of its own shows out of the list', async () => {
    log().finish(requestRow({ sequence: 1 }), NO_BODIES);
    const { rows } = await log().list({ limit: 1, filter: {} });
    expect(Object.keys(rows[0] ?? {})).not.toContain('requestHeaders');
  });

  it('counts what came, ended and went well', async () => {
    const now = Date.UTC(2026, 10, 21, 12);
    expect(await log().statistics(now)).toEqual({
      total: 0,
      imported: 0,
      finished: 0,
      succeeded: 0,
      averageMilliseconds: 0,
      lastHour: 0,
    });
    log().finish(requestRow({ sequence: 1, startedAt: now - 2 * HOUR, doneAt: 100 }), NO_BODIES);
    log().finish(
      requestRow({ sequence: 2, startedAt: now - HOUR + 1, doneAt: 200, outcome: 'cut' }),
      NO_BODIES,
    );
    log().begin({ ...liveRow(3), startedAt: now });
    log().finish(
      requestRow({ sequence: 4, startedAt: now, doneAt: 600, outcome: 'error', status: 500 }),
      NO_BODIES,
    );
    log().finish(requestRow({ sequence: 5, startedAt: now, doneAt: 9_000, imported: true }), NO_BODIES);
    expect(await log().statistics(now)).toEqual({
      total: 4,
      imported: 1,
      finished: 3,
      succeeded: 1,
      averageMilliseconds: 300,
      lastHour: 3,
    });
  });

  it('fares well', async () => {
    log().finish(requestRow({ sequence: 1 }), NO_BODIES);
    await log().flush();
    expect(log().health()).toEqual({
      queued: 0,
      droppedBodies: 0,
      droppedRows: 0,
      index: { waiting: 0, since: null },
      problem: null,
    });
  });

  it('takes rows without an error after it was closed', async () => {
    await log().close();
    expect(() => log().finish(requestRow({ sequence: 1 }), NO_BODIES)).not.toThrow();
  });
}
