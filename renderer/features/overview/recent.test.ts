import { setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import type { RequestPage } from '../../../contract/log/row.ts';
import { createFakeRpc } from '../../testing/fake-rpc.ts';
import { pageOf, sampleRow } from '../../testing/samples.ts';
import { storesWith } from '../../testing/with-app.ts';
import { useRecent } from './recent.ts';

it('keeps what ended while its answer is on the way', async () => {
  const { promise, resolve } = Promise.withResolvers<RequestPage>();
  const rpc = createFakeRpc({ 'requests.list': () => promise });
  setActivePinia(storesWith(rpc));
  const recent = useRecent();
  const stop = recent.follow();
  rpc.emit({ topic: 'requests.changed', data: [sampleRow(1), sampleRow(2)] });
  await expect.poll(() => recent.rows?.length).toBe(2);
  resolve(pageOf([sampleRow(1, { outcome: 'live' })], {}));
  await promise;
  const told = () => recent.rows?.map(({ sequence, outcome }) => [sequence, outcome]);
  await expect.poll(told).toEqual([
    [2, 'ok'],
    [1, 'ok'],
  ]);
  stop();
});

it('leaves out what came in from a file', async () => {
  const asked: unknown[] = [];
  const rpc = createFakeRpc({
    'requests.list': (input) => {
      asked.push(input);
      return pageOf([sampleRow(1)], {});
    },
  });
  setActivePinia(storesWith(rpc));
  const recent = useRecent();
  const stop = recent.follow();
  await expect.poll(() => recent.rows?.length).toBe(1);
  expect(asked).toMatchObject([{ filter: { where: [{ field: 'imported', not: true }] } }]);
  rpc.emit({ topic: 'requests.changed', data: [sampleRow(2, { imported: true }), sampleRow(3)] });
  await expect.poll(() => recent.rows?.map(({ sequence }) => sequence)).toEqual([3, 1]);
  stop();
});
