import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { silentLogger } from '../../gateway/testing/silent-logger.ts';
import { createSteppedClock } from '../../gateway/testing/clock.ts';
import { INTERRUPTED, TOLD } from './exit-codes.ts';
import { createQuitting } from './quit.ts';

function setup(stop: () => Promise<void>, finish?: () => void) {
  const clock = createSteppedClock();
  const events = new EventEmitter();
  const codes: number[] = [];
  const app = {
    on: (name: 'before-quit', listener: (event: { preventDefault(): void }) => void) =>
      events.on(name, listener),
    exit: (code: number) => codes.push(code),
  };
  const quitting = createQuitting({
    app,
    clock,
    logger: silentLogger,
    stop,
    ...(finish === undefined ? {} : { finish }),
  });
  /** @returns true when the app may not end yet */
  const wish = (): boolean => {
    let prevented = false;
    events.emit('before-quit', { preventDefault: () => void (prevented = true) });
    return prevented;
  };
  return { clock, codes, quitting, wish };
}

it('the app ends once everything is written down', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const { codes, quitting, wish } = setup(() => promise.then(() => undefined));
  expect(quitting.begun()).toBe(false);
  expect(wish()).toBe(true);
  expect([quitting.begun(), codes]).toEqual([true, []]);
  resolve(undefined);
  await new Promise((turn) => setImmediate(turn));
  expect(codes).toEqual([0]);
});

it('one key press that comes twice is one wish; a later one ends it at once', () => {
  const { clock, codes, wish } = setup(() => new Promise(() => undefined));
  wish();
  clock.step(400);
  expect([wish(), codes]).toEqual([true, []]);
  clock.step(200);
  wish();
  expect(codes).toEqual([INTERRUPTED]);
});

it('what can only be done at the end is done once all has ended, and not when that failed', async () => {
  const done: string[] = [];
  const good = setup(
    async () => void done.push(await Promise.resolve('stopped')),
    () => done.push('finished'),
  );
  good.wish();
  await new Promise((turn) => setImmediate(turn));
  expect([done, good.codes]).toEqual([['stopped', 'finished'], [0]]);
  const bad = setup(
    () => Promise.reject(new Error('disk full')),
    () => done.push('finished'),
  );
  bad.wish();
  await new Promise((turn) => setImmediate(turn));
  expect([done.length, bad.codes]).toEqual([2, [TOLD]]);
});

it('it ends too when that fails', async () => {
  const { codes, wish } = setup(() => Promise.reject(new Error('disk full')));
  wish();
  await new Promise((turn) => setImmediate(turn));
  expect(codes).toEqual([TOLD]);
});
