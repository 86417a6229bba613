/** What the engine tells its user interfaces. The engine is trusted: its events are not parsed again. */
import type { LiveRow } from '../log/row.ts';
import type { AlertChange } from './procedures/alerts.ts';
import type { ConversationChange } from './procedures/conversations.ts';
import type { GatewayStatus } from './procedures/gateway.ts';
import type { ProviderView } from './procedures/providers.ts';

/** Payload of each topic. */
export interface EventTopics {
  /** Rows that are new or changed, in batches of at most ten a second. */
  readonly 'requests.changed': readonly LiveRow[];
  /** Rows were deleted: read the list again. */
  readonly 'requests.cleared': null;
  readonly 'providers.changed': readonly ProviderView[];
  readonly 'gateway.changed': GatewayStatus;
  /** Model lists changed: read them again. */
  readonly 'models.changed': null;
  /** The configuration in force changed: read settings and aliases again. */
  readonly 'config.changed': null;
  /** An alert began or is over. */
  readonly 'alerts.changed': AlertChange;
  /** A conversation of the playground was saved, or is gone. */
  readonly 'conversations.changed': ConversationChange;
}

export type EventTopic = keyof EventTopics;

/** Exhaustive by type: a topic that is missing here does not compile. */
const TOPICS: Readonly<Record<EventTopic, true>> = {
  'requests.changed': true,
  'requests.cleared': true,
  'providers.changed': true,
  'gateway.changed': true,
  'models.changed': true,
  'config.changed': true,
  'alerts.changed': true,
  'conversations.changed': true,
};

/** Tells a topic from any other text. */
export const isEventTopic = (name: string): name is EventTopic => Object.hasOwn(TOPICS, name);

/** Every topic. */
export const EVENT_TOPICS: readonly EventTopic[] = Object.keys(TOPICS).filter(isEventTopic);

/** One event. `number` rises by one within a subscription; a gap means something was lost. */
export type EventMessage =
  | {
      readonly [T in EventTopic]: {
        readonly number: number;
        readonly topic: T;
        readonly data: EventTopics[T];
      };
    }[EventTopic]
  /** The queue overflowed: read every snapshot again. */
  | { readonly number: number; readonly topic: 'reset'; readonly data: null };
