import { afterEach, expect, it, vi } from 'vitest';
import { judgeAside } from './judge-aside.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('ends a schema that does not come to an end, and says that it cannot judge', async () => {
  vi.useFakeTimers();
  const ended = vi.fn<() => void>();
  class EndlessWorker extends EventTarget {
    readonly postMessage = (): void => undefined;
    readonly terminate = ended;
  }
  vi.stubGlobal('Worker', EndlessWorker);
  const judged = judgeAside({ schema: { pattern: '^(a+)+$' }, answer: 'a'.repeat(40) });
  await vi.runAllTimersAsync();
  expect(await judged).toBeNull();
  expect(ended).toHaveBeenCalledOnce();
});

it('tells the faults, and ends the worker', async () => {
  const ended = vi.fn<() => void>();
  class QuickWorker extends EventTarget {
    readonly terminate = ended;
    readonly postMessage = (): void => {
      this.dispatchEvent(new MessageEvent('message', { data: [{ path: '/a', message: 'no' }] }));
    };
  }
  vi.stubGlobal('Worker', QuickWorker);
  expect(await judgeAside({ schema: {}, answer: {} })).toEqual([{ path: '/a', message: 'no' }]);
  expect(ended).toHaveBeenCalledOnce();
});
