/** Hands events to whoever asked for their topic, and notices when some were lost on the way. */
import { ref, type Ref } from 'vue';
import type { EventMessage, EventTopic } from '../../../contract/rpc/events.ts';
import type { ConnectionState, RpcListener } from './rpc.ts';

/** What comes out of the stream, in whichever tab it is held. */
export type FeedSignal =
  /** A stream has begun; what happened before it is unknown, and its numbers begin anew. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'message'; readonly message: EventMessage }
  | { readonly kind: 'state'; readonly state: ConnectionState };

export interface EventRouter {
  readonly connection: Readonly<Ref<ConnectionState>>;
  readonly subscribe: (topics: readonly EventTopic[], listener: RpcListener) => () => void;
  readonly take: (signal: FeedSignal) => void;
}

export function createEventRouter(): EventRouter {
  const connection = ref<ConnectionState>('connecting');
  const subscribers = new Set<{ readonly topics: ReadonlySet<string>; readonly listener: RpcListener }>();
  let last: number | null = null;

  const reset = (): void => {
    for (const { listener } of [...subscribers]) listener({ topic: 'reset', data: null });
  };
  const dispatch = (message: EventMessage): void => {
    const gap = last !== null && message.number !== last + 1;
    last = message.number;
    if (gap || message.topic === 'reset') return reset();
    for (const { topics, listener } of [...subscribers]) if (topics.has(message.topic)) listener(message);
  };

  return {
    connection,
    subscribe(topics, listener) {
      const subscriber = { topics: new Set<string>(topics), listener };
      subscribers.add(subscriber);
      return () => void subscribers.delete(subscriber);
    },
    take(signal) {
      switch (signal.kind) {
        case 'opened':
          last = null;
          return reset();
        case 'message':
          return dispatch(signal.message);
        case 'state':
          connection.value = signal.state;
      }
    },
  };
}
