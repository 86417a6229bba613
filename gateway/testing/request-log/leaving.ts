/** That rows leave a log when they are told to, and when they are too many or too old. */
import { expect, it, vi } from 'vitest';
import type { RequestLog } from '../../core/log-store.ts';
import { capture, liveRow, NO_BODIES, requestRow, sequences } from '../request-row.ts';

const DAY = 24 * 3_600_000;
/** For what a log does by itself, ms. */
const PATIENCE = 20_000;

/** @param log the empty log of the test that runs */
export function itLetsRowsGo(log: () => RequestLog): void {
  it('deletes the rows it is told, those that are finished', async () => {
    for (let sequence = 1; sequence <= 4; sequence += 1)
      log().finish(requestRow({ sequence }), { request: capture('gone'), response: null });
    log().begin(liveRow(5));
    await log().flush();
    expect(await log().remove([2, 3, 5, 99])).toBe(2);
    await log().scrub();
    expect(sequences((await log().list({ limit: 10, filter: {} })).rows)).toEqual([5, 4, 1]);
    expect(await log().body('req_2', 'request')).toBeUndefined();
    expect(await log().body('req_4', 'request')).toMatchObject({ text: 'gone' });
    expect(await log().remove([])).toBe(0);
  });

  it('deletes every finished row on request', async () => {
    for (let sequence = 1; sequence <= 3; sequence += 1)
      log().finish(requestRow({ sequence }), { request: capture('body'), response: null });
    log().begin(liveRow(4));
    const told: number[] = [];
    expect(await log().clear((deleted) => void told.push(deleted))).toBe(3);
    expect(told.at(-1)).toBe(3);
    expect(sequences((await log().list({ limit: 10, filter: {} })).rows)).toEqual([4]);
    expect(await log().body('req_1', 'request')).toBeUndefined();
    expect(await log().clear()).toBe(0);
  });

  it('keeps the newest rows, and those of requests under way', async () => {
    log().begin(liveRow(1));
    for (let sequence = 2; sequence <= 6; sequence += 1)
      log().finish(requestRow({ sequence, startedAt: Date.now() }), NO_BODIES);
    await log().flush();
    log().keep({ rows: 3, days: 30, size: 1_000_000_000 });
    await vi.waitFor(async () => {
      const { rows } = await log().list({ limit: 10, filter: {} });
      expect(sequences(rows)).toContain(1);
      expect(sequences(rows)).toContain(6);
      expect(sequences(rows)).not.toContain(2);
    }, PATIENCE);
  });

  it('lets rows go when they are too old', async () => {
    const now = Date.now();
    log().finish(requestRow({ sequence: 1, startedAt: now - 3 * DAY }), NO_BODIES);
    log().finish(requestRow({ sequence: 2, startedAt: now - DAY }), NO_BODIES);
    await log().flush();
    log().keep({ rows: 100, days: 2, size: 1_000_000_000 });
    await vi.waitFor(async () => {
      expect(sequences((await log().list({ limit: 10, filter: {} })).rows)).toEqual([2]);
    }, PATIENCE);
  });
}
