/** Where the gateway listens, and how it moves to another address while it runs. */
import type { HttpApp } from './app.ts';
import { listen, type Listening, type ListenOptions } from './listen.ts';

/** An address as it is configured. */
export interface Place {
  /** A name or address; `localhost` is 127.0.0.1 and, where this machine has it, ::1. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface Listener {
  /** What is bound now; null before the first move. The port is the real one. */
  place(): Place | null;
  /** Base address for tools, `http://127.0.0.1:8000`; empty before the first move. */
  address(): string;
  /**
   * Listens at another place and, once it does, no longer at the one before, where answers under way go on.
   * Does nothing once `close` was called.
   * @throws ListenError when the new place cannot be bound; the gateway then stays where it was
   */
  moveTo(place: Place): Promise<void>;
  /** Ends every place, the ones left too; see `Listening.close`. */
  close(deadline: number): Promise<void>;
}

/** How long answers under way may go on at a place that was left, ms: the longest deadline a request can have. */
const LINGER = 86_400_000;

interface Held {
  readonly asked: Place;
  readonly listening: Listening;
}

export function createListener(
  app: HttpApp,
  ports: Pick<ListenOptions, 'clock' | 'random' | 'logger' | 'settings'>,
): Listener {
  let held: Held | null = null;
  const left = new Set<Listening>();
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  const bind = async (asked: Place): Promise<Held> => ({
    asked,
    listening: await listen(app, { ...asked, ...ports }),
  });

  /** Stops accepting at once; the port is free from now on. */
  function leave({ listening }: Held): void {
    left.add(listening);
    void listening.close(LINGER).then(() => left.delete(listening));
  }

  async function move(place: Place): Promise<void> {
    const before = held;
    if (closed || (before !== null && isAt(before, place))) return;
    if (before === null || before.listening.port !== place.port) {
      held = await bind(place);
      if (before !== null) leave(before);
      return;
    }
    // Only the host changes: the port is ours, and has to be let go before it can be bound anew.
    leave(before);
    held = null;
    try {
      held = await bind(place);
    } catch (error) {
      const { listening } = await bind({ host: before.asked.host, port: before.listening.port });
      held = { asked: before.asked, listening };
      throw error;
    }
  }

  return {
    place: () => (held === null ? null : { host: held.asked.host, port: held.listening.port }),
    address: () => (held === null ? '' : addressOf(held)),
    moveTo(place) {
      const moved = queue.then(() => move(place));
      queue = moved.catch(() => undefined);
      return moved;
    },
    async close(deadline) {
      closed = true;
      await queue;
      const all = held === null ? [...left] : [held.listening, ...left];
      await Promise.all(all.map((listening) => listening.close(deadline)));
    },
  };
}

const isAt = ({ asked, listening }: Held, place: Place): boolean =>
  asked.host === place.host && (asked.port === place.port || listening.port === place.port);

function addressOf({ asked, listening }: Held): string {
  const { address, port } = listening;
  // What is bound everywhere is reached here by the loopback address.
  const name = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${name.includes(':') ? `[${name}]` : asked.host === 'localhost' ? '127.0.0.1' : name}:${port}`;
}
