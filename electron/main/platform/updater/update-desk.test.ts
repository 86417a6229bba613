import { expect, it } from 'vitest';
import type { InstallWay, Update, UpdateView, UpdateWish } from '../../../../contract/rpc/updates.ts';
import { createSteppedClock } from '../../../../gateway/testing/clock.ts';
import { silentLogger } from '../../../../gateway/testing/silent-logger.ts';
import { createUpdateDesk, EACH_CHECK, FIRST_CHECK } from './update-desk.ts';
import { UpdateFailure } from './update-failure.ts';

const update: Update = { version: '2.0.0', date: null, notes: '', page: 'https://get.example/' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setup(
  options: { wish?: UpdateWish; way?: InstallWay; source?: boolean; found?: Update | null } = {},
) {
  const { wish = 'off', way = 'self', source = true, found = update } = options;
  const clock = createSteppedClock();
  const log: unknown[] = [];
  const told: UpdateView[] = [];
  let wished = wish;
  let answer: () => Promise<Update | null> = () => Promise.resolve(found);
  let fetched: () => Promise<void> = () => Promise.resolve();
  const desk = createUpdateDesk({
    wish: () => wished,
    clock,
    logger: silentLogger,
    notify: (what, version) => log.push([what, version]),
    quit: () => log.push('quit'),
    source: !source
      ? null
      : {
          host: 'get.example',
          way,
          load: () =>
            Promise.resolve({
              check: () => (log.push('check'), answer()),
              download: async (_signal, tell) => {
                tell(0.5);
                await fetched();
              },
              install: (again) => log.push(['install', again]),
            }),
        },
  });
  let leave = (): void => undefined;
  const gone = desk.follow({ tell: (view) => told.push(view), onCancel: (act) => void (leave = act) });
  return {
    clock,
    desk,
    log,
    gone,
    kinds: () => told.map(({ state }) => state.kind),
    last: () => told.at(-1),
    leave: () => leave(),
    choose: (to: UpdateWish) => {
      wished = to;
      desk.wishChanged();
    },
    answer: (by: typeof answer) => void (answer = by),
    fetch: (by: typeof fetched) => void (fetched = by),
  };
}

it('asks nobody by itself until the user wants it', async () => {
  const { clock, log, choose, last } = setup();
  clock.step(10 * EACH_CHECK);
  await turn();
  expect(log).toEqual([]);
  choose('tell');
  clock.step(0);
  await turn();
  expect(log).toEqual(['check', ['available', '2.0.0']]);
  expect(last()?.state).toEqual({ kind: 'available', update });
  choose('off');
  clock.step(10 * EACH_CHECK);
  await turn();
  expect(log).toHaveLength(2);
});

it('asks a minute after the start and then once a day', async () => {
  const { clock, log } = setup({ wish: 'tell', found: null });
  clock.step(FIRST_CHECK - 1);
  expect(log).toEqual([]);
  clock.step(1);
  await turn();
  clock.step(EACH_CHECK - 1);
  expect(log).toEqual(['check']);
  clock.step(1);
  await turn();
  expect(log).toEqual(['check', 'check']);
});

it('a build without a source asks nobody, whatever is pressed', async () => {
  const { clock, desk, log, last } = setup({ wish: 'download', source: false });
  clock.step(10 * EACH_CHECK);
  expect(() => desk.check()).toThrow('no update source');
  expect(() => desk.download()).toThrow('cannot replace itself');
  await turn();
  expect([log, last()?.source, last()?.state.kind]).toEqual([[], null, 'idle']);
});

it('fetches what it found where that is wanted, and installs nothing without consent', async () => {
  const { clock, desk, log, kinds } = setup({ wish: 'download' });
  clock.step(FIRST_CHECK);
  await turn();
  await turn();
  expect(kinds()).toEqual(['idle', 'checking', 'available', 'downloading', 'downloading', 'ready']);
  expect(log).toEqual(['check', ['ready', '2.0.0']]);
  desk.stop();
  desk.finish();
  expect(log).toHaveLength(2);
});

it('installs on quitting what the user agreed to, unless that was taken back', async () => {
  const { desk, log } = setup();
  desk.check();
  await turn();
  desk.download();
  await turn();
  desk.install('on-quit');
  desk.install('later');
  desk.finish();
  expect(log).toEqual(['check', ['ready', '2.0.0']]);
  desk.install('on-quit');
  desk.finish();
  expect(log.at(-1)).toEqual(['install', false]);
});

it('restarts only through the good order of quitting', async () => {
  const { desk, log } = setup();
  expect(() => desk.install('now')).toThrow('Nothing waits');
  desk.check();
  await turn();
  desk.download();
  await turn();
  desk.install('now');
  expect(log.at(-1)).toBe('quit');
  desk.finish();
  expect(log.at(-1)).toEqual(['install', true]);
});

it('says why it failed, and tries again what failed', async () => {
  const { desk, last, answer, fetch } = setup();
  answer(() => Promise.reject(new UpdateFailure('update-file-status', { host: 'get.example', status: 500 })));
  desk.check();
  await turn();
  expect(last()?.state).toMatchObject({
    kind: 'failed',
    reason: { code: 'update-file-status', values: { host: 'get.example', status: 500 } },
    update: null,
  });
  answer(() => Promise.resolve(update));
  desk.check();
  await turn();
  fetch(() => Promise.reject(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' })));
  desk.download();
  await turn();
  expect(last()?.state).toMatchObject({
    kind: 'failed',
    reason: { code: 'disk-full', text: 'ENOSPC: no space' },
    update,
  });
  fetch(() => Promise.resolve());
  desk.download();
  await turn();
  expect(last()?.state.kind).toBe('ready');
});

it('what was stopped has no say any more', async () => {
  const { desk, last, answer } = setup();
  const late = Promise.withResolvers<Update | null>();
  answer(() => late.promise);
  desk.check();
  await turn();
  desk.cancel();
  expect(last()?.state.kind).toBe('idle');
  late.resolve(update);
  await turn();
  expect(last()?.state.kind).toBe('idle');
});

it.each(['package', 'unsigned', 'folder'] as const)('where the way is %s nothing is fetched', async (way) => {
  const { clock, desk, log } = setup({ wish: 'download', way });
  clock.step(FIRST_CHECK);
  await turn();
  expect(log).toEqual(['check', ['available', '2.0.0']]);
  expect(() => desk.download()).toThrow('cannot replace itself');
});

it('a page that has gone hears nothing more', async () => {
  const { desk, kinds, leave, gone } = setup();
  leave();
  expect(await gone).toBeNull();
  desk.check();
  await turn();
  expect(kinds()).toEqual(['idle']);
});
