/** What the preload script gives the pages of the desktop app: two functions and nothing else. */
import type { RpcResult } from './errors.ts';
import type { EventMessage, EventTopic } from './events.ts';

/** What a page can follow: events of the gateway, or one running procedure. */
export type BridgeRequest =
  | { readonly kind: 'events'; readonly topics: readonly EventTopic[] }
  | { readonly kind: 'call'; readonly name: string; readonly input: unknown };

/** What a page hears; `done` is the last message of a call. */
export type BridgeMessage<Output = unknown> =
  | { readonly kind: 'event'; readonly event: EventMessage }
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'done'; readonly result: RpcResult<Output> };

export interface Bridge {
  /** Calls a procedure; errors are data. Never rejects. */
  invoke(name: string, input: unknown): Promise<RpcResult<unknown>>;
  /** @returns how to stop; stopping a call takes it back */
  subscribe(request: BridgeRequest, listener: (message: BridgeMessage) => void): () => void;
}

/** Name of the bridge on `window`. */
export const BRIDGE = 'switchyard';
