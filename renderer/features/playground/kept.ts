/** What the gateway keeps of a conversation, and how it says that somebody else has saved it since. */
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { Conversation } from '../../../contract/rpc/procedures/conversations.ts';

export interface Kept {
  readonly conversation: Conversation;
  readonly revision: string;
}

/** Somebody else may be faster once and again, but not for ever. */
export const MOST_TRIES = 5;

export const isChangedElsewhere = (error: unknown): boolean =>
  error instanceof RpcError && error.code === 'conflict';

export const isGone = (error: unknown): boolean => error instanceof RpcError && error.code === 'not_found';
