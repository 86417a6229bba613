/** What passes between the preload script and the main process of the desktop app, below the bridge. */
import type { BridgeMessage, BridgeRequest } from './bridge.ts';

/** Requests of a page, each answered with an RpcResult. */
export const INVOKE_CHANNEL = 'switchyard:invoke';
/** Messages to a page, each an IpcMessage. */
export const MESSAGE_CHANNEL = 'switchyard:message';

export type IpcRequest =
  | { readonly kind: 'call'; readonly name: string; readonly input: unknown }
  /** `id` is the page's own name for what it follows. */
  | { readonly kind: 'follow'; readonly id: string; readonly request: BridgeRequest }
  /** The page has dealt with so many messages since it began to follow; until it says so, no more are sent. */
  | { readonly kind: 'taken'; readonly id: string; readonly count: number }
  | { readonly kind: 'stop'; readonly id: string };

export interface IpcMessage {
  readonly id: string;
  readonly message: BridgeMessage;
}
