/** The page's two functions against the real router, as over Electron's channels. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { BridgeMessage } from '../../contract/rpc/bridge.ts';
import type { Call } from '../../contract/rpc/define.ts';
import type { RpcResult } from '../../contract/rpc/errors.ts';
import type { EventMessage } from '../../contract/rpc/events.ts';
import type { IpcMessage } from '../../contract/rpc/ipc.ts';
import { createEventHub } from '../../gateway/control/event-hub.ts';
import { silentLogger } from '../../gateway/testing/silent-logger.ts';
import { createRpcRouter } from '../main/rpc/router.ts';
import { PAGE_ORIGIN } from '../main/window/origin.ts';
import { createBridge } from './bridge.ts';

const hub = createEventHub();
let calls: { readonly caller: Call<unknown>; end(result: RpcResult<unknown>): void }[] = [];
let sent = 0;

function connect() {
  const router = createRpcRouter({
    run(name, _input, caller) {
      if (name === 'fails')
        return Promise.resolve({ ok: false, error: { code: 'locked', message: 'It is locked.' } });
      if (caller === undefined) return Promise.resolve({ ok: true, data: name });
      return new Promise((end) => calls.push({ caller, end }));
    },
    subscribe: (topics, deliver) => hub.subscribe(topics, deliver),
    logger: silentLogger,
  });
  let hear: (message: IpcMessage) => void = () => undefined;
  let id = 0;
  const sender = {
    contents: 1,
    ours: true,
    frame: { origin: PAGE_ORIGIN, top: true },
    send(message: IpcMessage) {
      sent += 1;
      // The page hears it in a later turn.
      queueMicrotask(() => hear(message));
    },
  };
  const bridge = createBridge(
    {
      invoke: (_channel, request) => router.handle(sender, structuredClone(request)),
      on: (_channel, listener) => {
        hear = (message) => listener(null, message);
      },
    },
    () => `id-${(id += 1)}`,
  );
  return { bridge, router };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const cleared = { topic: 'requests.cleared', data: null } as const;

beforeEach(() => {
  calls = [];
  sent = 0;
});

describe('invoke', () => {
  it('answers data or an error, and never rejects', async () => {
    const { bridge } = connect();
    expect(await bridge.invoke('a.b', {})).toEqual({ ok: true, data: 'a.b' });
    expect(await bridge.invoke('fails', {})).toEqual({
      ok: false,
      error: { code: 'locked', message: 'It is locked.' },
    });
    expect(await bridge.invoke('a.b', { act: () => undefined })).toMatchObject({
      ok: false,
      error: { code: 'internal' },
    });
  });
});

describe('subscribe', () => {
  it('hears a call through to its result', async () => {
    const { bridge } = connect();
    const heard: BridgeMessage[] = [];
    bridge.subscribe({ kind: 'call', name: 'chat', input: {} }, (message) => heard.push(message));
    await settled();
    calls[0]?.caller.tell('one');
    calls[0]?.end({ ok: true, data: 'all' });
    await settled();
    expect(heard).toEqual([
      { kind: 'progress', progress: 'one' },
      { kind: 'done', result: { ok: true, data: 'all' } },
    ]);
  });

  it('takes a call back, and hears nothing more of it', async () => {
    const { bridge } = connect();
    const heard: BridgeMessage[] = [];
    const stop = bridge.subscribe({ kind: 'call', name: 'chat', input: {} }, (message) =>
      heard.push(message),
    );
    await settled();
    stop();
    stop();
    await settled();
    expect(calls[0]?.caller.cancelled).toBe(true);
    calls[0]?.end({ ok: true, data: null });
    await settled();
    expect(heard).toEqual([]);
  });

  it('hears why it was refused', async () => {
    const { bridge } = connect();
    const heard: BridgeMessage[] = [];
    bridge.subscribe({ kind: 'events', topics: [] }, (message) => heard.push(message));
    await settled();
    expect(heard).toMatchObject([{ kind: 'done', result: { ok: false, error: { code: 'invalid_input' } } }]);
  });

  it('takes every event as long as the page reads', async () => {
    const { bridge } = connect();
    const numbers: number[] = [];
    const stop = bridge.subscribe({ kind: 'events', topics: ['requests.cleared'] }, (message) => {
      if (message.kind === 'event') numbers.push(message.event.number);
    });
    await settled();
    for (let count = 0; count < 500; count += 1) hub.publish(cleared);
    for (let turn = 0; turn < 20; turn += 1) await settled();
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    stop();
    await settled();
    expect(hub.listening).toBe(false);
  });

  it('leaves at most 64 events on their way to a page that does not read, and then resets it', async () => {
    const { router } = connect();
    const heard: EventMessage[] = [];
    const blocked = {
      contents: 2,
      ours: true,
      frame: { origin: PAGE_ORIGIN, top: true },
      send({ message }: IpcMessage) {
        if (message.kind === 'event') heard.push(message.event);
      },
    };
    await router.handle(blocked, {
      kind: 'follow',
      id: 'a',
      request: { kind: 'events', topics: ['requests.cleared'] },
    });
    for (let count = 0; count < 2_000; count += 1) hub.publish(cleared);
    expect(heard).toHaveLength(64);
    await router.handle(blocked, { kind: 'taken', id: 'a', count: 64 });
    expect(heard.slice(64).map(({ topic }) => topic)).toEqual(['reset']);
    router.leave(2);
    expect(sent).toBe(0);
  });
});
