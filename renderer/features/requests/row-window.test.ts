import { describe, expect, it } from 'vitest';
import type { RequestSummary } from '../../../contract/log/row.ts';
import { pageOf, sampleRow } from '../../testing/samples.ts';
import {
  indexOf,
  MOST_WAITING,
  openWindow,
  PAGE_ROWS,
  pagesOf,
  release,
  rowAt,
  rowCount,
  trim,
  withChanges,
  withPage,
  type RowWindow,
} from './row-window.ts';

const rowsTo = (count: number): RequestSummary[] =>
  Array.from({ length: count }, (_, index) => sampleRow(index + 1));
const opened = (count: number): RowWindow => openWindow(pageOf(rowsTo(count), { limit: PAGE_ROWS }));
const follow = { matches: null, hold: false };
const held = { matches: null, hold: true };

/** Reads a page the way the store does: from the anchor, by skipping. */
const readPage = (window: RowWindow, rows: readonly RequestSummary[], number: number): RowWindow =>
  withPage(
    window,
    number,
    pageOf(rows, { limit: PAGE_ROWS, before: window.anchor + 1, skip: number * PAGE_ROWS }),
  );

describe('a window over the list', () => {
  it('goes on beyond a total that was not counted to the end', () => {
    const rows = rowsTo(450);
    const counted = openWindow({ ...pageOf(rows, { limit: PAGE_ROWS }), total: 150, totalIsExact: false });
    expect(rowCount(counted)).toBe(150);
    let window = counted;
    for (const page of [1, 2, 3]) window = readPage(window, rows, page);
    expect(rowCount(window)).toBe(401);
    expect(rowCount(readPage(window, rows, 4))).toBe(450);
  });

  it('knows the length of the whole list and only the first page of it', () => {
    const window = opened(100_000);
    expect(rowCount(window)).toBe(100_000);
    expect(rowAt(window, 0)?.sequence).toBe(100_000);
    expect(rowAt(window, 99)?.sequence).toBe(99_901);
    expect(rowAt(window, 100)).toBeUndefined();
  });

  it('is empty for an empty log and takes its first row', () => {
    const window = withChanges(opened(0), [sampleRow(1)], follow);
    expect(rowCount(window)).toBe(1);
    expect(rowAt(window, 0)?.id).toBe('req_1');
  });

  it.each([
    [0, 30, [0]],
    [90, 130, [0, 1]],
    [99_980, 99_999, [999]],
    [99_980, 200_000, [999]],
  ])('rows %d to %d lie in pages %j', (first, last, pages) =>
    expect(pagesOf(opened(100_000), first, last)).toEqual(pages),
  );

  it('reads a far page by skipping and lets go of the near ones', () => {
    const rows = rowsTo(100_000);
    const window = trim(readPage(opened(100_000), rows, 500), 50_000, 50_040);
    expect(rowAt(window, 50_000)?.sequence).toBe(50_000);
    expect(rowAt(window, 0)).toBeUndefined();
    expect(window.pages.size).toBe(1);
  });

  it('holds a bounded number of pages while one scrolls through everything', () => {
    const rows = rowsTo(5_000);
    let window = opened(5_000);
    for (let first = 0; first < 5_000; first += 40) {
      window = trim(window, first, first + 40);
      for (const page of pagesOf(window, first, Math.min(4_999, first + 40)))
        window = readPage(window, rows, page);
      expect(rowAt(window, first)?.sequence).toBe(5_000 - first);
      expect(window.pages.size).toBeLessThanOrEqual(12);
    }
  });

  it('learns at the end that old rows were deleted', () => {
    const window = readPage(opened(250), rowsTo(250).slice(30), 2);
    expect(rowCount(window)).toBe(220);
  });
});

describe('rows that come', () => {
  it('go on top, newest first, in whatever order they come', () => {
    const window = withChanges(opened(10), [sampleRow(11), sampleRow(13), sampleRow(12)], follow);
    expect([0, 1, 2, 3].map((index) => rowAt(window, index)?.sequence)).toEqual([13, 12, 11, 10]);
    expect(rowCount(window)).toBe(13);
  });

  it('change in place when they are known', () => {
    const window = withChanges(opened(10), [sampleRow(4, { status: 500 })], follow);
    expect(rowAt(window, 6)?.status).toBe(500);
    expect(rowCount(window)).toBe(10);
  });

  it('wait while the user reads, and change while they wait', () => {
    let window = withChanges(opened(10), [sampleRow(11, { outcome: 'live' })], held);
    expect(rowAt(window, 0)?.sequence).toBe(10);
    window = withChanges(window, [sampleRow(11)], held);
    expect(window.waiting.map(({ outcome }) => outcome)).toEqual(['ok']);
    window = release(window);
    expect(rowAt(window, 0)?.sequence).toBe(11);
    expect(window.waiting).toEqual([]);
  });

  it('are only counted up to a bound while they wait', () => {
    const many = Array.from({ length: MOST_WAITING + 5 }, (_, index) => sampleRow(11 + index));
    const window = withChanges(opened(10), many, held);
    expect(window.waiting).toHaveLength(MOST_WAITING);
    expect(window.stale).toBe(true);
  });

  it('turn into pages without moving any row', () => {
    let window = opened(1_000);
    for (let sequence = 1_001; sequence <= 1_750; sequence += 1) {
      window = withChanges(window, [sampleRow(sequence)], follow);
    }
    expect(window.fresh.length).toBeLessThan(PAGE_ROWS * 2);
    expect(rowCount(window)).toBe(1_750);
    for (const index of [0, 199, 200, 500, 849]) expect(rowAt(window, index)?.sequence).toBe(1_750 - index);
    const again = readPage({ ...window, pages: new Map() }, rowsTo(1_750), 3);
    const place = again.fresh.length + 3 * PAGE_ROWS;
    expect(rowAt(again, place)?.sequence).toBe(1_750 - place);
  });

  it('are left out where the filter does not want them', () => {
    const failed = { matches: (row: RequestSummary) => row.outcome === 'error', hold: false };
    const window = withChanges(opened(10), [sampleRow(11), sampleRow(12, { outcome: 'error' })], failed);
    expect(rowCount(window)).toBe(11);
    expect(rowAt(window, 0)?.sequence).toBe(12);
    expect(window.stale).toBe(false);
  });

  it('make a filtered list stale when they match only now', () => {
    const failed = { matches: (row: RequestSummary) => row.outcome === 'error', hold: false };
    const window = openWindow(
      pageOf([sampleRow(3, { outcome: 'error' }), sampleRow(9, { outcome: 'error' })], {}),
    );
    expect(withChanges(window, [sampleRow(5, { outcome: 'error' })], failed).stale).toBe(true);
  });

  it('never make an unfiltered list stale: they lie in a page that is not in memory', () =>
    expect(withChanges(opened(1_000), [sampleRow(5, { status: 500 })], follow).stale).toBe(false));
});

describe('finding a row', () => {
  it('tells its index wherever it is in memory', () => {
    const window = withChanges(opened(150), [sampleRow(151)], follow);
    expect(indexOf(window, 'req_151')).toBe(0);
    expect(indexOf(window, 'req_150')).toBe(1);
    expect(indexOf(window, 'req_3')).toBe(-1);
  });
});

describe('a row that no longer matches', () => {
  const running = { matches: ({ outcome }: RequestSummary) => outcome === 'live', hold: false };
  const live = (sequence: number): RequestSummary => sampleRow(sequence, { outcome: 'live' });
  const nothing = openWindow(pageOf([], {}));

  it('leaves the fresh rows and those that wait', () => {
    let window = withChanges(nothing, [live(1), live(2)], running);
    window = withChanges(window, [live(3), live(4)], { ...running, hold: true });
    window = withChanges(window, [sampleRow(2), sampleRow(3)], running);
    expect(window.fresh.map(({ sequence }) => sequence)).toEqual([1]);
    expect(window.waiting.map(({ sequence }) => sequence)).toEqual([4]);
    expect(window.stale).toBe(false);
  });

  it('of a page that is counted has the list read anew', () => {
    const window = withChanges(openWindow(pageOf([live(1), live(2)], {})), [sampleRow(1)], running);
    expect(window.stale).toBe(true);
    expect(rowCount(window)).toBe(2);
  });

  it('stays where it is while nothing may move', () => {
    const window = withChanges(nothing, [live(1)], running);
    const later = withChanges(window, [sampleRow(1)], { ...running, hold: true });
    expect(rowAt(later, 0)?.outcome).toBe('ok');
    expect(later.stale).toBe(true);
  });

  it('is taken for nothing where only the log can tell', () => {
    const window = openWindow(pageOf(rowsTo(3), {}));
    const later = withChanges(window, [sampleRow(2), sampleRow(4)], { matches: 'unknown', hold: false });
    expect([rowCount(later), later.stale]).toEqual([3, false]);
  });
});
