import { describe, expect, it } from 'vitest';
import type { RequestSummary } from '../../../contract/log/row.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { sampleRow } from '../../testing/samples.ts';
import { readRows } from './read-rows.ts';
import { PAGE_ROWS } from './row-window.ts';

/** A search that looks at so many rows for one answer, newest first; every second row matches. */
function searching(rows: number, effort: number) {
  return createFakeRpc({
    'requests.list': ({ limit = PAGE_ROWS, before = rows + 1, skip = 0 }) => {
      const looked = Array.from({ length: Math.min(effort, before - 1) }, (_, step) => before - 1 - step);
      const found: RequestSummary[] = looked
        .filter((sequence) => sequence % 2 === 0)
        .map((one) => sampleRow(one));
      const shown = found.slice(skip, skip + limit);
      const last = looked.at(-1) ?? 1;
      const next = found.length > skip + limit ? (shown.at(-1)?.sequence ?? null) : last === 1 ? null : last;
      return { rows: shown, total: found.length, totalIsExact: last === 1, next };
    },
  });
}
const sequences = (rows: readonly RequestSummary[]): readonly number[] =>
  rows.map(({ sequence }) => sequence);
const always = (): boolean => true;

describe('a page of a search that answers in pieces', () => {
  it('is read until it is full', async () => {
    const page = await readRows(searching(1_000, 60), { filter: { words: 'x' } }, always);
    expect(page.rows).toHaveLength(PAGE_ROWS);
    expect(sequences(page.rows).slice(0, 2)).toEqual([1_000, 998]);
    expect(page.totalIsExact).toBe(false);
    expect(page.next).not.toBeNull();
  });

  it('leaves out rows over several pieces', async () => {
    const query = { filter: { words: 'x' }, before: 1_001, skip: 100 };
    const page = await readRows(searching(1_000, 60), query, always);
    expect(page.rows[0]?.sequence).toBe(800);
  });

  it('ends where the log ends', async () => {
    const page = await readRows(searching(50, 20), { filter: { words: 'x' } }, always);
    expect(page.rows).toHaveLength(25);
    expect(page.next).toBeNull();
  });

  it('is read on however many pieces have nothing, and tells how far it is', async () => {
    const rpc = createFakeRpc({
      'requests.list': ({ before = 1_001 }) => {
        const rows = before === 901 ? [sampleRow(900)] : [];
        const next = before <= 10 ? null : before - 10;
        return { rows: before === 11 ? [sampleRow(5)] : rows, total: rows.length, totalIsExact: false, next };
      },
    });
    const told: (readonly [number, number | null])[] = [];
    const page = await readRows(rpc, { filter: { words: 'x' } }, always, ({ rows, next }) =>
      told.push([rows.length, next]),
    );
    expect(sequences(page.rows)).toEqual([900, 5]);
    expect(page.next).toBeNull();
    expect([told[0], told[50], told.at(-1)]).toEqual([
      [0, 991],
      [1, 491],
      [2, 1],
    ]);
  });

  it('is given up when nobody waits for it', async () => {
    const rpc = searching(1_000, 20);
    await readRows(rpc, { filter: { words: 'x' } }, () => false);
    expect(rpc.calls).toHaveLength(1);
  });
});
