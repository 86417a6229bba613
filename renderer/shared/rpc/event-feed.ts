/** Holds one stream of events open, and opens it again after a failure, later each time. */
import type { EventMessage } from '../../../contract/rpc/events.ts';
import type { FeedSignal } from './event-router.ts';

/** The part of EventSource that is used. */
export interface EventStream {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: string }) => void) | null;
  onerror: (() => void) | null;
  close(): void;
}

export interface EventFeed {
  start(): void;
  stop(): void;
  /** What waits for its next try need not wait: somebody is looking. */
  hurry(): void;
  /** Opens the stream anew, also one that seems to stand: after a sleep its other end may be gone. */
  renew(): void;
}

/** First pause and longest pause before a new try, ms. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

interface MessageParser {
  (text: string): EventMessage;
}
/** The engine is trusted: its events are not checked again. */
const parse: MessageParser = JSON.parse;

/**
 * @param open opens a stream over every topic
 * @param probe asks why a stream failed, which the browser does not tell; answers false when nobody is logged in
 * @param after runs something in so many ms and returns how to call it off
 * @param random between 0 and 1; spreads the tries of many tabs
 */
export function createEventFeed(options: {
  readonly open: () => EventStream;
  readonly probe: () => Promise<boolean>;
  readonly after: (milliseconds: number, act: () => void) => () => void;
  readonly random: () => number;
  readonly emit: (signal: FeedSignal) => void;
}): EventFeed {
  const { open, probe, after, random, emit } = options;
  let stream: EventStream | null = null;
  let callOff: (() => void) | null = null;
  let failures = 0;

  function connect(): void {
    callOff = null;
    const opened = open();
    stream = opened;
    opened.onopen = () => {
      failures = 0;
      emit({ kind: 'state', state: 'connected' });
      emit({ kind: 'opened' });
    };
    opened.onmessage = ({ data }) => emit({ kind: 'message', message: parse(data) });
    opened.onerror = () => void fail(opened);
  }

  async function fail(failed: EventStream): Promise<void> {
    if (stream !== failed) return;
    failed.close();
    emit({ kind: 'state', state: 'reconnecting' });
    const allowed = await probe();
    // Stopped, or started anew, while the question was out.
    if (stream !== failed) return;
    stream = null;
    if (!allowed) return;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
    failures += 1;
    callOff = after(pause * (0.5 + random() / 2), connect);
  }

  function hurry(): void {
    if (callOff === null) return;
    callOff();
    failures = 0;
    connect();
  }

  return {
    start() {
      if (stream === null && callOff === null) connect();
    },
    hurry,
    renew() {
      if (stream === null) return hurry();
      stream.close();
      failures = 0;
      connect();
    },
    stop() {
      stream?.close();
      stream = null;
      callOff?.();
      callOff = null;
    },
  };
}
