import { expect, it } from 'vitest';
import type { Call } from '../../contract/rpc/define.ts';
import type { DeleteProgress } from '../../contract/rpc/procedures/requests.ts';
import { createMemoryLog } from '../storage/memory-log.ts';
import { createSteppedClock } from '../testing/clock.ts';
import { liveRow, NO_BODIES, requestRow } from '../testing/request-row.ts';
import { deleteRequests } from './delete-requests.ts';

function setUp(rows: number) {
  const log = createMemoryLog(createSteppedClock());
  for (let sequence = 1; sequence <= rows; sequence += 1) {
    log.finish(requestRow({ sequence, provider: sequence % 2 === 0 ? 'groq' : 'openai' }), NO_BODIES);
  }
  const told: number[] = [];
  const call = {
    cancelled: false,
    onCancel: () => undefined,
    tell: ({ deleted }: DeleteProgress) => void told.push(deleted),
  };
  const left = async (): Promise<number> => (await log.list({ limit: 1, filter: {} })).total;
  return { log, told, call, left };
}

const GROQ = { where: [{ kind: 'text' as const, field: 'provider' as const, values: ['groq'] }] };

it('deletes what matches the filter, in steps, and tells how far it is', async () => {
  const { log, told, call, left } = setUp(1_000);
  log.begin({ ...liveRow(1_001), provider: 'groq' });
  expect(await deleteRequests(log, { filter: GROQ }, call)).toBe(500);
  expect(told).toEqual([199, 399, 500]);
  expect(await left()).toBe(501);
});

it('deletes the ids it is told, whether they are there or not', async () => {
  const { log, call, left } = setUp(300);
  const ids = Array.from({ length: 250 }, (_, index) => `req_${index + 100}`);
  expect(await deleteRequests(log, { ids }, call)).toBe(201);
  expect(await left()).toBe(99);
  expect(await deleteRequests(log, { ids: [] }, call)).toBe(0);
});

it('stops when the call is taken back', async () => {
  const { log, left } = setUp(1_000);
  let steps = 0;
  const call: Call<DeleteProgress> = {
    get cancelled() {
      return steps === 2;
    },
    onCancel: () => undefined,
    tell: () => void (steps += 1),
  };
  expect(await deleteRequests(log, { filter: {} }, call)).toBe(400);
  expect(await left()).toBe(600);
});

it.each(['"', '-"', '  "" '])('refuses %j, which the list takes for everything', async (words) => {
  const { log, call, left } = setUp(3);
  await expect(deleteRequests(log, { filter: { words } }, call)).rejects.toThrow(/every request/);
  expect(await left()).toBe(3);
});

it('takes ids for what they are, not for patterns', async () => {
  const { log, call, left } = setUp(5);
  expect(await deleteRequests(log, { ids: ['*', 'req_*'] }, call)).toBe(0);
  expect(await left()).toBe(5);
  log.finish(requestRow({ sequence: 6, id: 'mine*' }), NO_BODIES);
  log.finish(requestRow({ sequence: 7, id: 'mine too' }), NO_BODIES);
  expect(await deleteRequests(log, { ids: ['mine*'] }, call)).toBe(1);
  expect(await left()).toBe(6);
});
