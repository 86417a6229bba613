/** What a draft is kept under: the conversation, or one of its columns where each has its own. Pure. */
import type { Conversation, ConversationColumn } from '../../../contract/rpc/procedures/conversations.ts';

export function draftPlace(
  conversation: Pick<Conversation, 'id' | 'columns' | 'synced'>,
  columns: readonly Pick<ConversationColumn, 'id'>[],
): string {
  const [first] = columns;
  const own = conversation.columns.length > 1 && !conversation.synced && first !== undefined;
  return own ? `${conversation.id} ${first.id}` : conversation.id;
}
