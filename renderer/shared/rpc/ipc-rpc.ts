/** The control plane inside the desktop app: calls and events over the preload script's two functions. */
import type { BridgeMessage, BridgeRequest } from '../../../contract/rpc/bridge.ts';
import type { OutputOf, ProgressOf } from '../../../contract/rpc/define.ts';
import { errorOf, type RpcResult } from '../../../contract/rpc/errors.ts';
import { EVENT_TOPICS } from '../../../contract/rpc/events.ts';
import type {
  DesktopProcedures,
  TellingDesktopProcedureName,
} from '../../../contract/rpc/procedures/desktop.ts';
import type { Procedures, TellingProcedureName } from '../../../contract/rpc/procedures.ts';
import type { Desktop } from './desktop.ts';
import type { EventRouter } from './event-router.ts';
import { Cancelled, type Rpc } from './rpc.ts';

/** The bridge with answers by type: the main process is trusted, its answers are not checked again. */
export interface PageBridge {
  invoke<Output>(name: string, input: unknown): Promise<RpcResult<Output>>;
  subscribe<Output>(request: BridgeRequest, listener: (message: BridgeMessage<Output>) => void): () => void;
}

/** Pause before events are asked for again, ms. */
const PAUSE = 500;

/**
 * @param options.after runs something in so many ms
 * @param options.events hands events to whoever wants them
 */
export function connectDesktop(options: {
  readonly bridge: PageBridge;
  readonly events: EventRouter;
  readonly after: (milliseconds: number, act: () => void) => void;
}): { readonly rpc: Rpc; readonly desktop: Desktop } {
  const { bridge, events, after } = options;

  const invoke = async <Output>(name: string, input: unknown): Promise<Output> =>
    dataOf(await bridge.invoke<Output>(name, input));

  function listen(): void {
    events.take({ kind: 'opened' });
    events.take({ kind: 'state', state: 'connected' });
    bridge.subscribe({ kind: 'events', topics: EVENT_TOPICS }, (message) => {
      if (message.kind === 'event') events.take({ kind: 'message', message: message.event });
      // The host ended it, which it does only when something went wrong there.
      if (message.kind !== 'done') return;
      events.take({ kind: 'state', state: 'reconnecting' });
      after(PAUSE, listen);
    });
  }
  listen();

  return {
    rpc: {
      connection: events.connection,
      subscribe: events.subscribe,
      call: invoke,
      follow: <Name extends TellingProcedureName>(
        name: Name,
        input: unknown,
        tell: (progress: ProgressOf<Procedures[Name]>) => void,
        signal?: AbortSignal,
      ) =>
        followCall<OutputOf<Procedures[Name]>>(
          bridge,
          { name, input },
          (progress) => void Reflect.apply(tell, undefined, [progress]),
          signal,
        ),
    },
    desktop: {
      call: invoke,
      follow: <Name extends TellingDesktopProcedureName>(
        name: Name,
        input: unknown,
        tell: (progress: ProgressOf<DesktopProcedures[Name]>) => void,
        signal?: AbortSignal,
      ) =>
        followCall<OutputOf<DesktopProcedures[Name]>>(
          bridge,
          { name, input },
          (progress) => void Reflect.apply(tell, undefined, [progress]),
          signal,
        ),
    },
  };
}

function followCall<Output>(
  bridge: PageBridge,
  call: { readonly name: string; readonly input: unknown },
  tell: (progress: unknown) => void,
  signal: AbortSignal | undefined,
): Promise<Output> {
  if (signal?.aborted === true) return Promise.reject(new Cancelled());
  const { promise, resolve, reject } = Promise.withResolvers<RpcResult<Output>>();
  const stop = bridge.subscribe<Output>({ kind: 'call', ...call }, (message) => {
    if (message.kind === 'progress') tell(message.progress);
    if (message.kind === 'done') resolve(message.result);
  });
  const cancel = (): void => {
    stop();
    reject(new Cancelled());
  };
  signal?.addEventListener('abort', cancel, { once: true });
  return promise.then(dataOf).finally(() => signal?.removeEventListener('abort', cancel));
}

function dataOf<Output>(result: RpcResult<Output>): Output {
  if (result.ok) return result.data;
  throw errorOf(result.error);
}
