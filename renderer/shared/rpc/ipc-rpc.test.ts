import { describe, expect, it } from 'vitest';
import type { BridgeMessage, BridgeRequest } from '../../../contract/rpc/bridge.ts';
import { RpcError, type RpcResult } from '../../../contract/rpc/errors.ts';
import { EVENT_TOPICS } from '../../../contract/rpc/events.ts';
import { sampleStatus } from '../../testing/samples.ts';
import { createEventRouter } from './event-router.ts';
import { connectDesktop } from './ipc-rpc.ts';
import { Cancelled } from './rpc.ts';

interface Followed {
  readonly request: BridgeRequest;
  tell(message: BridgeMessage): void;
  stopped: boolean;
}

/** Fits whatever type is asked for, as the answers of the real bridge do. */
const copy: (text: string) => RpcResult<never> = JSON.parse;

/** A bridge that answers as a test says. */
function setUp(answer: RpcResult<unknown> = { ok: true, data: null }) {
  const asked: unknown[] = [];
  const followed: Followed[] = [];
  const later: (() => void)[] = [];
  const { rpc, desktop } = connectDesktop({
    bridge: {
      invoke(name, input) {
        asked.push([name, input]);
        return Promise.resolve(copy(JSON.stringify(answer)));
      },
      subscribe<Output>(request: BridgeRequest, listener: (message: BridgeMessage<Output>) => void) {
        const entry: Followed = {
          request,
          tell: (message) => void Reflect.apply(listener, undefined, [message]),
          stopped: false,
        };
        followed.push(entry);
        return () => {
          entry.stopped = true;
        };
      },
    },
    events: createEventRouter(),
    after: (_milliseconds, act) => later.push(act),
  });
  return { rpc, desktop, asked, followed, later };
}

const chat = { provider: 'demo', model: 'chat' };

describe('calls', () => {
  it('answer data', async () => {
    const { rpc, desktop, asked } = setUp({ ok: true, data: { state: 'running' } });
    expect(await rpc.call('gateway.status', {})).toEqual({ state: 'running' });
    await desktop.call('desktop.copyText', { text: 'x' });
    expect(asked).toEqual([
      ['gateway.status', {}],
      ['desktop.copyText', { text: 'x' }],
    ]);
  });

  it('throw errors with code and field', async () => {
    const error = { code: 'invalid_input', message: 'url: too long', field: 'url' } as const;
    const { rpc, desktop } = setUp({ ok: false, error });
    await expect(rpc.call('gateway.status', {})).rejects.toMatchObject(error);
    await expect(desktop.call('desktop.openExternal', { url: '' })).rejects.toThrow(RpcError);
  });
});

describe('a followed call', () => {
  it('tells progress, then answers', async () => {
    const { rpc, followed } = setUp();
    const told: unknown[] = [];
    const answer = rpc.follow('providers.test', chat, (progress) => told.push(progress));
    const call = followed.at(-1);
    expect(call?.request).toEqual({ kind: 'call', name: 'providers.test', input: chat });
    call?.tell({ kind: 'progress', progress: { text: 'hel' } });
    call?.tell({ kind: 'done', result: { ok: true, data: { ok: true } } });
    expect(await answer).toEqual({ ok: true });
    expect(told).toEqual([{ text: 'hel' }]);
  });

  it('throws what the host said', async () => {
    const { rpc, followed } = setUp();
    const answer = rpc.follow('providers.test', chat, () => undefined);
    followed
      .at(-1)
      ?.tell({ kind: 'done', result: { ok: false, error: { code: 'not_found', message: 'No model.' } } });
    await expect(answer).rejects.toMatchObject({ code: 'not_found', message: 'No model.' });
  });

  it('is taken back', async () => {
    const { rpc, followed } = setUp();
    const controller = new AbortController();
    const answer = rpc.follow('providers.test', chat, () => undefined, controller.signal);
    controller.abort();
    await expect(answer).rejects.toThrow(Cancelled);
    expect(followed.at(-1)?.stopped).toBe(true);
    // Nothing is asked for what was taken back before.
    const count = followed.length;
    await expect(rpc.follow('providers.test', chat, () => undefined, controller.signal)).rejects.toThrow(
      Cancelled,
    );
    expect(followed).toHaveLength(count);
  });
});

describe('events', () => {
  it('reach whoever subscribed, all through one stream', () => {
    const { rpc, followed } = setUp();
    const heard: string[] = [];
    rpc.subscribe(['gateway.changed'], ({ topic }) => heard.push(topic));
    rpc.subscribe(['requests.changed'], ({ topic }) => heard.push(topic));
    expect(followed.map(({ request }) => request)).toEqual([{ kind: 'events', topics: EVENT_TOPICS }]);
    followed[0]?.tell({
      kind: 'event',
      event: { number: 1, topic: 'gateway.changed', data: sampleStatus() },
    });
    expect(heard).toEqual(['gateway.changed']);
    expect(rpc.connection.value).toBe('connected');
  });

  it('are asked for again when the host ended them, and snapshots are read anew', () => {
    const { rpc, followed, later } = setUp();
    const heard: string[] = [];
    rpc.subscribe(['gateway.changed'], ({ topic }) => heard.push(topic));
    followed[0]?.tell({
      kind: 'done',
      result: { ok: false, error: { code: 'conflict', message: 'Too many.' } },
    });
    expect(rpc.connection.value).toBe('reconnecting');
    later[0]?.();
    expect([rpc.connection.value, heard, followed.length]).toEqual(['connected', ['reset'], 2]);
  });
});
