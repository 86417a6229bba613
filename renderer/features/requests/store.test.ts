import { setActivePinia } from 'pinia';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { RequestPage, RequestStatistics, RequestSummary } from '../../../contract/log/row.ts';
import { createFakeRpc, type FakeRpc } from '../../testing/fake-rpc.ts';
import { pageOf, sampleRow } from '../../testing/samples.ts';
import { storesWith } from '../../testing/with-app.ts';
import { rowAt } from './row-window.ts';
import { useRequests } from './store.ts';

function setUp(count: number) {
  const rows: RequestSummary[] = Array.from({ length: count }, (_, index) => sampleRow(index + 1));
  const rpc = createFakeRpc({
    'requests.list': (query) =>
      pageOf(
        rows.filter(({ outcome }) => query.filter?.where === undefined || outcome === 'error'),
        query,
      ),
    'requests.statistics': () => statisticsOf(rows.length),
  });
  setActivePinia(storesWith(rpc));
  const store = useRequests();
  const arrive = (...added: RequestSummary[]): void => {
    rows.push(...added);
    rpc.emit({ topic: 'requests.changed', data: added });
  };
  const first = (): number | undefined => (store.list === null ? undefined : rowAt(store.list, 0)?.sequence);
  return { rows, rpc, store, arrive, first };
}
const statisticsOf = (total: number): RequestStatistics => ({
  total,
  imported: 0,
  finished: total,
  succeeded: total,
  averageMilliseconds: 1,
  lastHour: 1,
});
const lists = (rpc: FakeRpc): number => rpc.calls.filter(({ name }) => name === 'requests.list').length;

describe('the live list', () => {
  it('reads a snapshot and follows events', async () => {
    const { store, arrive, first } = setUp(5);
    store.follow();
    await expect.poll(() => store.count).toBe(5);
    arrive(sampleRow(6));
    expect(store.count).toBe(6);
    expect(first()).toBe(6);
  });

  it('keeps what changes while its answer is on the way', async () => {
    const rows = [sampleRow(1, { outcome: 'live' }), sampleRow(2)];
    const { promise, resolve } = Promise.withResolvers<RequestPage>();
    const rpc = createFakeRpc({ 'requests.list': () => promise });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    store.follow();
    const asked = pageOf(rows, {});
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(1), sampleRow(3)] });
    resolve(asked);
    await expect.poll(() => store.count).toBe(3);
    const shown = [0, 1, 2].map((place) => store.list && rowAt(store.list, place));
    expect(shown.map((row) => [row?.sequence, row?.outcome])).toEqual([
      [3, 'ok'],
      [2, 'ok'],
      [1, 'ok'],
    ]);
  });

  it('brings nothing back that was deleted while its answer was on the way', async () => {
    const answers = [Promise.withResolvers<RequestPage>(), Promise.withResolvers<RequestPage>()];
    let asked = 0;
    const rpc = createFakeRpc({ 'requests.list': () => answers[asked++]?.promise ?? pageOf([], {}) });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    store.follow();
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(3)] });
    rpc.emit({ topic: 'requests.cleared', data: null });
    answers[0]?.resolve(pageOf([sampleRow(3)], {}));
    answers[1]?.resolve(pageOf([], {}));
    await expect.poll(() => store.list).not.toBeNull();
    expect(store.count).toBe(0);
  });

  it('lets new rows wait while one reads further down, and shows them on demand', async () => {
    const { store, arrive, first } = setUp(5);
    store.follow();
    await expect.poll(() => store.count).toBe(5);
    store.atTop = false;
    arrive(sampleRow(6), sampleRow(7));
    expect(first()).toBe(5);
    expect(store.list?.waiting).toHaveLength(2);
    store.catchUp();
    expect(first()).toBe(7);
  });

  it('lets new rows wait while a pointer is on its way to a row', async () => {
    const { store, arrive, first } = setUp(5);
    store.follow();
    await expect.poll(() => store.count).toBe(5);
    store.aiming = true;
    arrive(sampleRow(6));
    expect(first()).toBe(5);
    store.aiming = false;
    store.catchUp();
    expect(first()).toBe(6);
  });

  it('lets new rows wait while it is paused', async () => {
    const { store, arrive, first } = setUp(5);
    store.follow();
    await expect.poll(() => store.count).toBe(5);
    store.live = false;
    arrive(sampleRow(6));
    expect(first()).toBe(5);
  });

  it('reads the snapshot again after a reset', async () => {
    const { rows, rpc, store } = setUp(5);
    store.follow();
    await expect.poll(() => store.count).toBe(5);
    rows.push(sampleRow(6), sampleRow(7));
    rpc.emit({ topic: 'reset', data: null });
    await expect.poll(() => store.count).toBe(7);
  });

  it('moves nothing on a reset while one reads further down', async () => {
    const { rows, rpc, store } = setUp(500);
    store.follow();
    await expect.poll(() => store.count).toBe(500);
    store.atTop = false;
    rows.push(sampleRow(501));
    rpc.emit({ topic: 'reset', data: null });
    store.show(0, 20);
    await expect.poll(() => store.list?.pages.size).toBe(1);
    expect(store.list === null ? undefined : rowAt(store.list, 0)?.sequence).toBe(500);
    expect(store.list?.stale).toBe(true);
    store.catchUp();
    await expect.poll(() => store.count).toBe(501);
  });

  it('is empty after the log was cleared', async () => {
    const { rows, rpc, store } = setUp(5);
    store.follow();
    await expect.poll(() => store.count).toBe(5);
    rows.length = 0;
    rpc.emit({ topic: 'requests.cleared', data: null });
    await expect.poll(() => store.count).toBe(0);
  });

  it('stops following', async () => {
    const { rpc, store } = setUp(1);
    const stop = store.follow();
    await expect.poll(() => store.count).toBe(1);
    stop();
    expect(rpc.listeners).toBe(0);
  });
});

describe('pages', () => {
  it('asks for each page in view once', async () => {
    const { rpc, store } = setUp(1_000);
    store.follow();
    await expect.poll(() => store.count).toBe(1_000);
    store.show(480, 520);
    store.show(481, 521);
    expect(lists(rpc)).toBe(3);
    await expect.poll(() => store.list?.pages.has(5)).toBe(true);
    store.show(482, 522);
    expect(lists(rpc)).toBe(3);
  });

  it('drops a page that was asked for before the list was filtered', async () => {
    const { store } = setUp(1_000);
    store.follow();
    await expect.poll(() => store.count).toBe(1_000);
    store.show(480, 520);
    store.setText('is:failed');
    await expect.poll(() => [store.count, ...(store.list?.pages.keys() ?? [])]).toEqual([0, 0]);
  });
});

describe('filters', () => {
  it('asks the log and judges events alike', async () => {
    const { store, arrive } = setUp(5);
    store.follow();
    store.setText('is:failed');
    await expect.poll(() => store.list).not.toBeNull();
    arrive(sampleRow(6), sampleRow(7, { outcome: 'error', status: 500 }));
    expect(store.count).toBe(1);
    expect(store.logTotal).toBe(5);
  });

  it('looks again where only the log can tell what matches, and keeps what stands there meanwhile', async () => {
    const { store, arrive } = setUp(5);
    store.follow();
    store.setText('hello');
    await expect.poll(() => store.count).toBe(5);
    store.atTop = false;
    arrive(sampleRow(6));
    expect(store.count).toBe(5);
    expect(store.list?.stale).toBe(true);
    store.catchUp();
    await expect.poll(() => store.count).toBe(6);
  });

  it('lets go of what no longer matches, by itself or by what the log says', async () => {
    const running = [1, 2, 3].map((sequence) => sampleRow(sequence, { outcome: 'live' }));
    const rpc = createFakeRpc({
      'requests.list': (query) => pageOf(running, query),
      'requests.statistics': () => statisticsOf(3),
    });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    store.follow();
    for (const [at, filter] of ['is:live', 'is:live key:a'].entries()) {
      store.setText(filter);
      await expect.poll(() => store.count).toBe(3 - at);
      running.pop();
      rpc.emit({ topic: 'requests.changed', data: [sampleRow(3 - at)] });
      await expect.poll(() => store.count, { timeout: 5_000 }).toBe(2 - at);
    }
  });

  it('shows what a search has found, and how far it has looked, while it goes on', async () => {
    const { promise: last, resolve } = Promise.withResolvers<RequestPage>();
    const none = { rows: [], total: 0, totalIsExact: false };
    const rpc = createFakeRpc({
      'requests.list': ({ before = 100_000_000 }) => {
        if (before === 50_000_000) return last;
        const rows = before === 90_000_000 ? [sampleRow(85_000_000)] : [];
        return { ...none, rows, total: rows.length, next: before - 1_000_000 };
      },
      'requests.statistics': () => statisticsOf(9),
    });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    store.follow();
    store.setText('hello');
    await expect.poll(() => store.lookedTo).toBe(50_000);
    expect(store.list && rowAt(store.list, 0)?.sequence).toBe(85_000_000);
    expect(store.count).toBe(2);
    resolve({ ...none, next: null });
    await expect.poll(() => store.lookedTo).toBeNull();
    expect(store.count).toBe(1);
  });

  it('begins no search anew for rows that only the log can judge, as long as one is under way', async () => {
    const { promise: last, resolve } = Promise.withResolvers<RequestPage>();
    const none = { rows: [], total: 0, totalIsExact: false };
    const rpc = createFakeRpc({
      'requests.list': ({ before }) =>
        before === undefined ? { ...none, rows: [sampleRow(8)], next: 7 } : last,
      'requests.statistics': () => statisticsOf(9),
    });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    store.follow();
    store.setText('hello');
    await expect.poll(() => store.count).toBe(2);
    const asked = lists(rpc);
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    rpc.emit({ topic: 'requests.changed', data: [sampleRow(9)] });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(lists(rpc)).toBe(asked);
    resolve({ ...none, rows: [sampleRow(3)], next: null });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.list?.older).toBe(2);
  });

  it('reads anew when a row that was counted out fails later', async () => {
    const { rows, store, arrive } = setUp(5);
    rows.push(sampleRow(9, { outcome: 'error' }));
    store.follow();
    store.setText('is:failed');
    await expect.poll(() => store.count).toBe(1);
    arrive(sampleRow(8, { outcome: 'error' }));
    await expect.poll(() => store.count).toBe(2);
  });
});

describe('failures', () => {
  it('keeps what it has, says what went wrong, and recovers', async () => {
    let broken = true;
    const rpc = createFakeRpc({
      'requests.list': (query) => {
        if (broken) throw new Error('The disk is full.');
        return pageOf([sampleRow(1)], query);
      },
    });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    await store.read();
    expect(store.failure).toEqual(new Error('The disk is full.'));
    expect(store.list).toBeNull();
    broken = false;
    await store.read();
    expect(store.failure).toBeNull();
    expect(store.count).toBe(1);
  });

  it('drops an answer that was overtaken', async () => {
    const answers: ((rows: RequestSummary[]) => void)[] = [];
    const rpc = createFakeRpc({
      'requests.list': (query) =>
        new Promise((resolve) => answers.push((rows) => resolve(pageOf(rows, query)))),
    });
    setActivePinia(storesWith(rpc));
    const store = useRequests();
    const [older, newer] = [store.read(), store.read()];
    answers[1]?.([sampleRow(2)]);
    await newer;
    answers[0]?.([sampleRow(1), sampleRow(2), sampleRow(3)]);
    await older;
    expect(store.count).toBe(1);
  });
});
