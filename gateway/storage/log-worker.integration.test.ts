import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startLogWorker } from './log-worker.ts';

const ENTRY = new URL('worker.ts', import.meta.url);
const NO_ENTRY = new URL('no-such-worker.ts', import.meta.url);

it('a thread is ended at any time of its start, and this process lives on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-log-'));
  const data = { role: 'reader', file: join(folder, 'log.db'), firstStart: false } as const;
  const ended = Array.from({ length: 4 }, async (_, index) => {
    const thread = startLogWorker(ENTRY, data);
    await pause(index * 60);
    await thread.end();
    return thread.worker.threadId;
  });
  // The number of a thread that is gone.
  expect(await Promise.all(ended)).toEqual([-1, -1, -1, -1]);
  await rm(folder, { recursive: true });
});

it('one that cannot even start is ended as well', async () => {
  const thread = startLogWorker(NO_ENTRY, { role: 'reader', file: 'none', firstStart: false });
  thread.worker.on('error', () => undefined);
  await thread.end();
  expect(thread.worker.threadId).toBe(-1);
});
