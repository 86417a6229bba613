/**
 * Events of the control plane as Server-Sent Events. A stream ends with its session; one whose reader
 * stopped reading is closed instead of held for ever.
 */
import type { ServerResponse } from 'node:http';
import type { Clock, ControlPlane, Route } from '../../gateway/index.ts';
import { EVENT_TOPICS, isEventTopic, type EventTopic } from '../../contract/rpc/events.ts';
import type { Sessions } from '../auth/sessions.ts';
import { answer, failure } from './answer.ts';

/** A comment is sent this often, ms, so that proxies keep the connection and dead ones are noticed. */
const HEARTBEAT = 15_000;

export interface EventStreams {
  route(control: ControlPlane): Route;
  /** Ends every stream; at shutdown, so that no open page holds the process. */
  close(): void;
}

/** `GET /admin/rpc/events?topics=a,b`: each event as `data: {"number", "topic", "data"}`. */
export function createEventStreams(options: {
  readonly sessions: Sessions;
  readonly clock: Clock;
}): EventStreams {
  const open = new Set<() => void>();
  return {
    route: (control) => ({
      method: 'GET',
      path: '/admin/rpc/events',
      access: 'session',
      body: 'none',
      errors: 'control',
      handle(ctx, { session }) {
        if (session === null) return answer(ctx, failure('unauthenticated', 'Log in first.'));
        const names = new URLSearchParams(ctx.querystring).get('topics')?.split(',') ?? [];
        const topics = names.filter(isEventTopic);
        if (topics.length === 0 || topics.length < names.length) {
          const known = EVENT_TOPICS.join(', ');
          return answer(ctx, failure('invalid_input', `Name topics out of ${known}.`, 'topics'));
        }
        ctx.respond = false;
        const close = stream({ ...options, control, response: ctx.res, sessionId: session.id, topics });
        open.add(close);
        ctx.res.once('close', () => open.delete(close));
      },
    }),
    close() {
      for (const end of [...open]) end();
    },
  };
}

/** Writes events until the reader leaves, the session ends or the returned function is called. */
function stream(options: {
  readonly control: ControlPlane;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly response: ServerResponse;
  readonly sessionId: string;
  readonly topics: readonly EventTopic[];
}): () => void {
  const { control, sessions, clock, response, sessionId, topics } = options;
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.write(': open\n\n');
  const subscription = control.subscribe(topics, (message) =>
    response.write(`data: ${JSON.stringify(message)}\n\n`),
  );
  const unwatch = sessions.onEnd(sessionId, end);
  let cancel = clock.after(HEARTBEAT, beat);
  let stalled = false;

  function beat(): void {
    // Two heartbeats without a byte taken: nobody is reading.
    if (!sessions.lasts(sessionId) || (stalled && response.writableNeedDrain)) return end();
    stalled = response.writableNeedDrain;
    if (!stalled) response.write(': \n\n');
    cancel = clock.after(HEARTBEAT, beat);
  }

  function release(): void {
    cancel();
    unwatch();
    subscription.close();
  }

  function end(): void {
    release();
    if (response.writableNeedDrain) response.destroy();
    else response.end();
  }

  response.on('drain', () => {
    stalled = false;
    subscription.resume();
  });
  response.once('close', release);
  return end;
}
