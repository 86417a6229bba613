/** What the engine tells its user interfaces. Types only: the engine is trusted, its events are not parsed again. */
import type { RequestSummary } from '../log/row.ts';
import type { GatewayStatus } from './procedures/gateway.ts';
import type { ProviderView } from './procedures/providers.ts';

/** Payload of each topic. */
export interface EventTopics {
  /** Rows that are new or changed, in batches of at most ten a second. */
  readonly 'requests.changed': readonly RequestSummary[];
  /** Rows were deleted: read the list again. */
  readonly 'requests.cleared': null;
  readonly 'providers.changed': readonly ProviderView[];
  readonly 'gateway.changed': GatewayStatus;
}

export type EventTopic = keyof EventTopics;

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
