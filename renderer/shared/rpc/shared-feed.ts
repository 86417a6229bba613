/**
 * One stream for all tabs: whoever holds the lock reads it and tells the others. Browsers allow six
 * connections per host, so a stream per tab would leave the seventh tab without any answer.
 */
import type { EventFeed } from './event-feed.ts';
import type { FeedSignal } from './event-router.ts';

/** A way to the other tabs; nobody hears himself. */
export interface Channel {
  tell(note: unknown): void;
  listen(take: (note: unknown) => void): void;
}

/** Resolves to when the lock may go; called while it is held. */
export type TakeLock = (whileHeld: () => Promise<void>) => void;

type Note =
  | { readonly kind: 'signal'; readonly signal: FeedSignal }
  /** `hurry` and `renew`: the tab in view asks, the one that holds the stream may sleep in the background. */
  | { readonly kind: 'hello' | 'hurry' | 'renew' };

/**
 * Starts following the events of the gateway.
 * @param takeLock null where the browser has no locks (plain HTTP on a foreign name): each tab has its own stream
 * @param makeFeed makes the stream this tab would hold
 * @param deliver gets every signal, of this tab's stream or another's
 * @returns the feed; stopping it leaves the lock to another tab
 */
export function createSharedFeed(options: {
  readonly channel: Channel | null;
  readonly takeLock: TakeLock | null;
  readonly makeFeed: (emit: (signal: FeedSignal) => void) => EventFeed;
  readonly deliver: (signal: FeedSignal) => void;
}): EventFeed {
  const { channel, takeLock, makeFeed, deliver } = options;
  if (channel === null || takeLock === null) return makeFeed(deliver);

  let latest: FeedSignal = { kind: 'state', state: 'connecting' };
  const tell = (note: Note): void => channel.tell(note);
  const own = makeFeed((signal) => {
    if (signal.kind === 'state') latest = signal;
    deliver(signal);
    tell({ kind: 'signal', signal });
  });
  let leading = false;
  let release: (() => void) | null = null;
  let started = false;
  /** Rises with every start, so that a lock that comes late knows it is not wanted any more. */
  let turns = 0;

  channel.listen((note) => {
    if (!isNote(note)) return;
    if (note.kind === 'signal') return deliver(note.signal);
    if (!leading) return;
    if (note.kind === 'hello') tell({ kind: 'signal', signal: latest });
    else own[note.kind]();
  });

  return {
    start() {
      if (started) return;
      started = true;
      turns += 1;
      const turn = turns;
      tell({ kind: 'hello' });
      takeLock(async () => {
        // Stopped, or started again, while another tab held the lock.
        if (!started || turn !== turns) return;
        leading = true;
        own.start();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    },
    hurry() {
      if (leading) own.hurry();
      else if (started) tell({ kind: 'hurry' });
    },
    renew() {
      if (leading) own.renew();
      else if (started) tell({ kind: 'renew' });
    },
    stop() {
      started = false;
      leading = false;
      own.stop();
      release?.();
      release = null;
    },
  };
}

function isNote(value: unknown): value is Note {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    /^(?:signal|hello|hurry|renew)$/.test(String(value.kind))
  );
}
