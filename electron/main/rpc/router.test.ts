import { describe, expect, it } from 'vitest';
import type { Call } from '../../../contract/rpc/define.ts';
import type { EventMessage } from '../../../contract/rpc/events.ts';
import type { RpcResult } from '../../../contract/rpc/errors.ts';
import { silentLogger } from '../../../gateway/testing/silent-logger.ts';
import { testPage } from '../../testing/senders.ts';
import type { RunProcedure } from './following.ts';
import { createRpcRouter } from './router.ts';

/** An engine that notes what reaches it, and ends a call when the test says so. */
function setup() {
  const ran: {
    readonly name: string;
    readonly input: unknown;
    readonly caller: Call<unknown> | undefined;
  }[] = [];
  const ends: ((result: RpcResult<unknown>) => void)[] = [];
  const subscribers: { deliver(event: EventMessage): boolean; resumed: number; closed: boolean }[] = [];
  const run: RunProcedure = (name, input, caller) => {
    ran.push({ name, input, caller });
    return name === 'slow'
      ? new Promise((resolve) => ends.push(resolve))
      : Promise.resolve({ ok: true, data: name });
  };
  const router = createRpcRouter({
    run,
    subscribe(_topics, deliver) {
      const subscriber = { deliver, resumed: 0, closed: false };
      subscribers.push(subscriber);
      return {
        resume: () => void (subscriber.resumed += 1),
        close: () => void (subscriber.closed = true),
      };
    },
    logger: silentLogger,
  });
  return { router, ran, ends, subscribers };
}

const event = (number: number): EventMessage => ({ number, topic: 'requests.cleared', data: null });
const follow = (id: string, name = 'slow') => ({
  kind: 'follow',
  id,
  request: { kind: 'call', name, input: {} },
});
const followEvents = (id: string) => ({
  kind: 'follow',
  id,
  request: { kind: 'events', topics: ['requests.cleared'] },
});

describe('a request', () => {
  it('of the page is run, and answered', async () => {
    const { router, ran } = setup();
    const answer = await router.handle(testPage().sender, { kind: 'call', name: 'a.b', input: { c: 1 } });
    expect(answer).toEqual({ ok: true, data: 'a.b' });
    expect(ran).toEqual([{ name: 'a.b', input: { c: 1 }, caller: undefined }]);
  });

  it.each([
    ['a window that is not ours', { ours: false }],
    ['a frame inside the page', { frame: { origin: 'app://switchyard', top: false } }],
    ['another origin', { frame: { origin: 'https://evil.example', top: true } }],
    ['an origin that only begins like ours', { frame: { origin: 'app://switchyard.evil', top: true } }],
    ['an opaque origin', { frame: { origin: 'null', top: true } }],
    ['a frame that is gone', { frame: null }],
  ])('from %s is refused without effect', async (_, from) => {
    const { router, ran, subscribers } = setup();
    const { sender } = testPage(from);
    for (const request of [{ kind: 'call', name: 'a.b', input: {} }, follow('1'), followEvents('2')]) {
      expect(await router.handle(sender, request)).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
    expect([ran, subscribers]).toEqual([[], []]);
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'providers.list'],
    ['another kind', { kind: 'eval', name: 'a.b', input: {} }],
    ['no name', { kind: 'call', input: {} }],
    ['a name that is no text', { kind: 'call', name: {}, input: {} }],
    ['a name too long', { kind: 'call', name: 'x'.repeat(101), input: {} }],
    ['more than it holds', { kind: 'call', name: 'a.b', input: {}, sender: 1 }],
    [
      'an unknown topic',
      { kind: 'follow', id: '1', request: { kind: 'events', topics: ['secrets.changed'] } },
    ],
    ['no topic', { kind: 'follow', id: '1', request: { kind: 'events', topics: [] } }],
    ['a count that is none', { kind: 'taken', id: '1', count: -1 }],
    ['bytes', { kind: 'call', name: 'a.b', input: new Uint8Array(8) }],
    ['100 MB', { kind: 'call', name: 'a.b', input: { text: 'x'.repeat(50_000_000) } }],
  ])('of %s is refused without effect', async (_, request) => {
    const { router, ran, subscribers } = setup();
    expect(await router.handle(testPage().sender, request)).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
    expect([ran, subscribers]).toEqual([[], []]);
  });
});

describe('events', () => {
  it('go to the page that asked, in order, and wait while it is behind', async () => {
    const { router, subscribers } = setup();
    const page = testPage();
    const other = testPage({ contents: 2 });
    await router.handle(page.sender, followEvents('a'));
    await router.handle(other.sender, followEvents('a'));
    const [subscriber] = subscribers;
    let number = 1;
    while (subscriber?.deliver(event(number)) === true) number += 1;
    expect(number).toBe(64);
    expect(page.heard.map(({ message }) => message.kind === 'event' && message.event.number)).toEqual(
      Array.from({ length: 64 }, (_, index) => index + 1),
    );
    expect(other.heard).toEqual([]);

    await router.handle(page.sender, { kind: 'taken', id: 'a', count: 10 });
    expect(subscriber?.resumed).toBe(1);
    expect(subscriber?.deliver(event(65))).toBe(true);
  });

  it('are not asked for early: what a page cannot have taken counts for nothing', async () => {
    const { router, subscribers } = setup();
    const page = testPage();
    await router.handle(page.sender, followEvents('a'));
    await router.handle(page.sender, { kind: 'taken', id: 'a', count: 1_000_000 });
    await router.handle(page.sender, { kind: 'taken', id: 'unknown', count: 1 });
    let sent = 1;
    while (subscribers[0]?.deliver(event(sent)) === true) sent += 1;
    expect(sent).toBe(64);
  });

  it('end when the page says so, and a name can be used again', async () => {
    const { router, subscribers } = setup();
    const { sender } = testPage();
    await router.handle(sender, followEvents('a'));
    expect(await router.handle(sender, followEvents('a'))).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    await router.handle(sender, { kind: 'stop', id: 'a' });
    expect(subscribers.map(({ closed }) => closed)).toEqual([true]);
    expect(await router.handle(sender, followEvents('a'))).toMatchObject({ ok: true });
  });
});

describe('a followed call', () => {
  it('tells its caller alone, and last its result', async () => {
    const { router, ran, ends } = setup();
    const page = testPage();
    const other = testPage({ contents: 2 });
    await router.handle(other.sender, followEvents('mine'));
    await router.handle(page.sender, follow('mine'));
    ran[0]?.caller?.tell({ text: 'half' });
    ends[0]?.({ ok: true, data: 'whole' });
    await Promise.resolve();
    expect(page.heard).toEqual([
      { id: 'mine', message: { kind: 'progress', progress: { text: 'half' } } },
      { id: 'mine', message: { kind: 'done', result: { ok: true, data: 'whole' } } },
    ]);
    expect(other.heard).toEqual([]);
  });

  it('is taken back by stopping, and then tells nothing more', async () => {
    const { router, ran, ends } = setup();
    const page = testPage();
    await router.handle(page.sender, follow('a'));
    let cancelled = 0;
    ran[0]?.caller?.onCancel(() => void (cancelled += 1));
    await router.handle(page.sender, { kind: 'stop', id: 'a' });
    await router.handle(page.sender, { kind: 'stop', id: 'a' });
    expect([cancelled, ran[0]?.caller?.cancelled]).toEqual([1, true]);
    ran[0]?.caller?.tell('late');
    ends[0]?.({ ok: true, data: null });
    await Promise.resolve();
    expect(page.heard).toEqual([]);
    // Whoever asks late is told at once.
    ran[0]?.caller?.onCancel(() => void (cancelled += 1));
    expect(cancelled).toBe(2);
  });

  it('is taken back when its caller stops reading', async () => {
    const { router, ran } = setup();
    const page = testPage();
    await router.handle(page.sender, follow('a'));
    const megabyte = 'x'.repeat(500_000);
    const caller = ran[0]?.caller;
    for (let told = 0; told < 10; told += 1) caller?.tell(megabyte);
    await router.handle(page.sender, { kind: 'taken', id: 'a', count: 10 });
    for (let told = 0; told < 16; told += 1) caller?.tell(megabyte);
    expect(caller?.cancelled).toBe(false);
    caller?.tell(megabyte);
    expect(caller?.cancelled).toBe(true);
    expect(page.heard).toHaveLength(26);
  });
});

describe('a window that is gone or loads its page anew', () => {
  it('takes back what it followed, and nothing of other windows', async () => {
    const { router, ran, subscribers } = setup();
    const page = testPage();
    const other = testPage({ contents: 2 });
    await router.handle(page.sender, follow('a'));
    await router.handle(page.sender, followEvents('b'));
    await router.handle(other.sender, followEvents('b'));
    router.leave(1);
    expect(ran[0]?.caller?.cancelled).toBe(true);
    expect(subscribers.map(({ closed }) => closed)).toEqual([true, false]);
    // The new page begins with its own names.
    expect(await router.handle(page.sender, followEvents('b'))).toMatchObject({ ok: true });
  });

  it('follows at most a thousand things', async () => {
    const { router } = setup();
    const { sender } = testPage();
    for (let id = 0; id < 1_000; id += 1) await router.handle(sender, followEvents(String(id)));
    expect(await router.handle(sender, followEvents('one more'))).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
  });
});
