/** Builds the control plane for a page that a gateway served, out of what browsers offer. */
import { EVENT_TOPICS } from '../../../contract/rpc/events.ts';
import { createEventFeed, type EventFeed, type EventStream } from './event-feed.ts';
import { createEventRouter } from './event-router.ts';
import { createHttpRpc } from './http-rpc.ts';
import type { Rpc } from './rpc.ts';
import { createSession, type Session } from './session.ts';
import { createSharedFeed, type Channel, type TakeLock } from './shared-feed.ts';
import { RpcError } from '../../../contract/rpc/errors.ts';

/** Shared by the tabs of one gateway; the name is that of the lock too. */
const CHANNEL = 'switchyard.events';

export interface BrowserConnection {
  readonly rpc: Rpc;
  readonly session: Session;
  readonly feed: EventFeed;
}

/** @param onUnauthenticated called whenever the gateway asks for a log-in */
export function connectBrowser(onUnauthenticated: () => void): BrowserConnection {
  const session = createSession((path, init) => fetch(path, init));
  const events = createEventRouter();

  const probe = async (): Promise<boolean> => {
    session.forget();
    try {
      await session.headers();
      return true;
    } catch (error) {
      if (!(error instanceof RpcError) || error.code !== 'unauthenticated') return true;
      onUnauthenticated();
      return false;
    }
  };
  const feed = createSharedFeed({
    channel: browserChannel(),
    takeLock: browserLock(),
    makeFeed: (emit) => createEventFeed({ open: openStream, probe, after, random: Math.random, emit }),
    deliver: events.take,
  });
  const rpc = createHttpRpc({ fetch: (path, init) => fetch(path, init), session, events, onUnauthenticated });
  return { rpc, session, feed };
}

function openStream(): EventStream {
  const source = new EventSource(`/admin/rpc/events?topics=${EVENT_TOPICS.join(',')}`);
  const stream: EventStream = { onopen: null, onmessage: null, onerror: null, close: () => source.close() };
  source.onopen = () => stream.onopen?.();
  source.onmessage = ({ data }) => stream.onmessage?.({ data: String(data) });
  source.onerror = () => stream.onerror?.();
  return stream;
}

function after(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
}

function browserChannel(): Channel {
  const channel = new BroadcastChannel(CHANNEL);
  return {
    tell: (note) => channel.postMessage(note),
    listen(take) {
      channel.onmessage = ({ data }) => take(data);
    },
  };
}

/** Locks exist in secure contexts only: over TLS and on loopback names. */
function browserLock(): TakeLock | null {
  if (!window.isSecureContext) return null;
  return (whileHeld) => void navigator.locks.request(CHANNEL, whileHeld);
}
