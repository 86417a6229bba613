import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../gateway/index.ts';
import { createSteppedClock } from '../../../../gateway/testing/clock.ts';
import { createHelperLink, type HelperProcess } from './helper-link.ts';
import type { HelperRequest } from './helper-messages.ts';
import { startNodeHelper, type NodeHelper } from './testing/node-helper.ts';

const get = (name: string) => ({ act: 'get', service: 'Switchyard', name, value: '' }) as const;

/** A helper within the test's own process, which answers when it is told to. */
function fakeHelpers() {
  const started: {
    readonly requests: HelperRequest[];
    killed: boolean;
    answer: (value: string) => void;
    exit: () => void;
  }[] = [];
  const start = (): HelperProcess => {
    const requests: HelperRequest[] = [];
    let told: (message: unknown) => void = () => undefined;
    let ended: (how: string) => void = () => undefined;
    const helper = {
      requests,
      killed: false,
      answer: (value: string) => told({ id: requests.at(-1)?.id, kind: 'done', value }),
      exit: () => ended('with code 1'),
    };
    started.push(helper);
    return {
      send: (request) => void requests.push(request),
      onMessage(listener) {
        told = listener;
      },
      onExit(listener) {
        ended = listener;
      },
      kill() {
        helper.killed = true;
      },
    };
  };
  return { started, start };
}

describe('the link to the helper', () => {
  it('sends one call at a time, in order', async () => {
    const { started, start } = fakeHelpers();
    const link = createHelperLink({ start, clock: createSteppedClock() });
    const answers = [link.call(get('a'), 5_000), link.call(get('b'), 5_000)];
    expect(started[0]?.requests.map(({ name }) => name)).toEqual(['a']);
    started[0]?.answer('first');
    expect(await answers[0]).toMatchObject({ kind: 'done', value: 'first' });
    expect(started[0]?.requests.map(({ name }) => name)).toEqual(['a', 'b']);
    started[0]?.answer('second');
    expect(await answers[1]).toMatchObject({ kind: 'done', value: 'second' });
    expect(started).toHaveLength(1);
  });

  it('kills a helper that does not answer in time, and starts another with the next call', async () => {
    const { started, start } = fakeHelpers();
    const clock = createSteppedClock();
    const link = createHelperLink({ start, clock });
    const hung = link.call(get('a'), 5_000);
    clock.step(5_000);
    expect(await hung).toEqual({ kind: 'hung', patience: 5_000 });
    expect(started[0]?.killed).toBe(true);

    const next = link.call(get('b'), 5_000);
    // The first one answers after all.
    started[0]?.answer('late');
    started[1]?.answer('right');
    expect(await next).toMatchObject({ kind: 'done', value: 'right' });
  });

  it('answers at once what waited behind a call that hung', async () => {
    const { start } = fakeHelpers();
    const clock = createSteppedClock();
    const link = createHelperLink({ start, clock });
    const answers = [link.call(get('a'), 5_000), link.call(get('b'), 5_000), link.call(get('c'), 5_000)];
    clock.step(5_000);
    expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(['hung', 'hung', 'hung']);
  });

  it('counts the time of a call from its turn on', async () => {
    const { started, start } = fakeHelpers();
    const clock = createSteppedClock();
    const link = createHelperLink({ start, clock });
    const answers = [link.call(get('a'), 5_000), link.call(get('b'), 5_000)];
    clock.step(4_000);
    started[0]?.answer('first');
    await answers[0];
    clock.step(4_000);
    started[0]?.answer('second');
    expect(await answers[1]).toMatchObject({ kind: 'done' });
  });

  it('tells a helper that ended from one that hangs, and goes on with another', async () => {
    const { started, start } = fakeHelpers();
    const link = createHelperLink({ start, clock: createSteppedClock() });
    const answers = [link.call(get('a'), 5_000), link.call(get('b'), 5_000)];
    started[0]?.exit();
    expect(await answers[0]).toEqual({ kind: 'crashed', how: 'with code 1' });
    started[1]?.answer('second');
    expect(await answers[1]).toMatchObject({ kind: 'done' });
  });

  it('says why no helper can be started', async () => {
    const start = (): HelperProcess => {
      throw new Error('no memory is left');
    };
    const link = createHelperLink({ start, clock: createSteppedClock() });
    expect(await link.call(get('a'), 5_000)).toEqual({ kind: 'crashed', how: 'no memory is left' });
  });

  it('lets go of a helper that has nothing to do', async () => {
    const { started, start } = fakeHelpers();
    const clock = createSteppedClock();
    const link = createHelperLink({ start, clock });
    const answer = link.call(get('a'), 5_000);
    started[0]?.answer('first');
    await answer;
    clock.step(30_000);
    expect(started[0]?.killed).toBe(true);
  });

  it('ends with the app: nothing is left waiting, nothing is started any more', async () => {
    const { started, start } = fakeHelpers();
    const link = createHelperLink({ start, clock: createSteppedClock() });
    const answers = [link.call(get('a'), 5_000), link.call(get('b'), 5_000)];
    link.close();
    expect((await Promise.all(answers)).map(({ kind }) => kind)).toEqual(['crashed', 'crashed']);
    expect(await link.call(get('c'), 5_000)).toMatchObject({ kind: 'crashed' });
    expect(started).toHaveLength(1);
    expect(started[0]?.killed).toBe(true);
  });
});

describe('real helper processes', () => {
  const helpers: NodeHelper[] = [];
  afterEach(() => {
    for (const helper of helpers.splice(0)) helper.kill();
  });
  /** The first one misbehaves, those after it do not. */
  const linkTo = (how: string) =>
    createHelperLink({
      clock: systemClock,
      start: () => {
        const behaviour = helpers.length === 0 ? how : 'good';
        const entry = new URL('./testing/bad-helper.ts', import.meta.url);
        const helper = startNodeHelper(entry, { ...process.env, BAD_HELPER: behaviour });
        helpers.push(helper);
        return helper;
      },
    });
  const exists = (pid: number | undefined): boolean => {
    try {
      return pid !== undefined && process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it('one that blocks is gone afterwards, and the next call is answered', async () => {
    const link = linkTo('blocked');
    expect(await link.call(get('a'), 500)).toEqual({ kind: 'hung', patience: 500 });
    await expect.poll(() => exists(helpers[0]?.pid)).toBe(false);
    expect(await link.call(get('b'), 20_000)).toMatchObject({ kind: 'done', value: 'good b' });
    link.close();
  });

  it('one that crashes is told from that, and the next call is answered', async () => {
    const link = linkTo('crashing');
    expect(await link.call(get('a'), 20_000)).toEqual({ kind: 'crashed', how: 'with SIGABRT' });
    expect(await link.call(get('b'), 20_000)).toMatchObject({ kind: 'done', value: 'good b' });
    link.close();
  });

  it('what is no answer is not taken for one', async () => {
    const link = linkTo('talking nonsense');
    expect(await link.call(get('a'), 20_000)).toMatchObject({ kind: 'done', value: 'talking nonsense a' });
    link.close();
  });
});
