/** The list of conversations that the gateway keeps. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type {
  Conversation,
  ConversationList,
  ConversationSummary,
} from '../../../contract/rpc/procedures/conversations.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { tellOtherTabs } from './other-tabs.ts';

export const useConversations = defineStore('conversations', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const list = shallowRef<ConversationList | null>(null);
  const failure = shallowRef<unknown>(null);

  const change = (id: string, summary: ConversationSummary | null): void => {
    if (list.value === null) return;
    const others = list.value.conversations.filter((one) => one.id !== id);
    const conversations = (summary === null ? others : [summary, ...others]).sort(
      (left, right) => right.updatedAt - left.updatedAt,
    );
    list.value = { ...list.value, conversations };
  };

  return {
    list,
    failure,
    async read(): Promise<void> {
      try {
        list.value = await rpc.call('conversations.list', {});
        failure.value = null;
      } catch (error) {
        failure.value = error;
      }
    },
    get: (id: string): Promise<Conversation> => rpc.call('conversations.get', { id }),
    async put(conversation: Conversation): Promise<void> {
      change(conversation.id, await rpc.call('conversations.put', conversation));
      tellOtherTabs(conversation.id);
    },
    async remove(id: string): Promise<void> {
      await rpc.call('conversations.remove', { id });
      change(id, null);
      tellOtherTabs(id);
    },
  };
});
