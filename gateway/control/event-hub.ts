/** Events on their way to user interfaces: numbered, batched, bounded per subscriber (DESIGN section 9). */
import type { EventMessage, EventTopic } from '../../contract/rpc/events.ts';

/** Events one congested subscriber may have waiting. */
const LONGEST_QUEUE = 1_000;

/** An event before it has a number. */
export type PlainEvent = EventMessage extends infer Message
  ? Message extends { readonly topic: EventTopic }
    ? Omit<Message, 'number'>
    : never
  : never;

export interface EventHub {
  /** Nothing needs to be prepared while nobody listens. */
  readonly listening: boolean;
  publish(event: PlainEvent): void;
  /** Everything may have changed: whoever follows reads its snapshots again. */
  reset(): void;
  subscribe(
    topics: readonly EventTopic[],
    deliver: (message: EventMessage) => boolean,
  ): { resume(): void; close(): void };
}

export function createEventHub(): EventHub {
  const subscribers = new Set<{ take(event: PlainEvent): void; reset(): void }>();

  return {
    get listening() {
      return subscribers.size > 0;
    },
    publish(event) {
      for (const subscriber of subscribers) subscriber.take(event);
    },
    reset() {
      for (const subscriber of subscribers) subscriber.reset();
    },
    subscribe(topics, deliver) {
      const wanted = new Set<EventTopic>(topics);
      let number = 0;
      let congested = false;
      let waiting: PlainEvent[] = [];
      let lost = false;

      const send = (event: PlainEvent): void => {
        number += 1;
        congested = !deliver({ ...event, number });
      };
      const tellLost = (): void => {
        lost = false;
        number += 1;
        congested = !deliver({ topic: 'reset', data: null, number });
      };
      const subscriber = {
        take(event: PlainEvent): void {
          if (!wanted.has(event.topic)) return;
          if (!congested) return send(event);
          if (lost) return;
          waiting.push(event);
          if (waiting.length > LONGEST_QUEUE) {
            // Whoever is this far behind reads the snapshots again.
            waiting = [];
            lost = true;
          }
        },
        reset(): void {
          waiting = [];
          lost = true;
          if (!congested) tellLost();
        },
      };
      subscribers.add(subscriber);
      return {
        resume() {
          congested = false;
          if (lost) tellLost();
          while (!congested) {
            const next = waiting.shift();
            if (next === undefined) return;
            send(next);
          }
        },
        close: () => void subscribers.delete(subscriber),
      };
    },
  };
}
