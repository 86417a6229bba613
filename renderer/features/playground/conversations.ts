/** The list of conversations that the gateway keeps. */
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type {
  Conversation,
  ConversationChange,
  ConversationList,
  ConversationSummary,
} from '../../../contract/rpc/procedures/conversations.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { isChangedElsewhere, MOST_TRIES, type Kept } from './kept.ts';

export const useConversations = defineStore('conversations', () => {
  const rpc = useRpc();
  /** Null until the first answer. */
  const list = shallowRef<ConversationList | null>(null);
  const failure = shallowRef<unknown>(null);

  const kept = async (id: string): Promise<Kept> => {
    const { revision, ...conversation } = await rpc.call('conversations.get', { id });
    return { conversation, revision };
  };
  const put = async (conversation: Conversation, revision: string | null): Promise<string> => {
    const saved = await rpc.call('conversations.put', { ...conversation, revision });
    show(conversation.id, saved);
    return saved.revision;
  };
  const show = (id: string, summary: ConversationSummary | null): void => {
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
    kept,
    get: async (id: string): Promise<Conversation> => (await kept(id)).conversation,
    /**
     * @param revision what it was made of; null where it is new
     * @returns what it is from now on
     * @throws RpcError also where another revision is kept by now
     */
    put: (conversation: Conversation, revision: string | null = null): Promise<string> =>
      put(conversation, revision),
    /** Of one that no page here has: whatever it is by now, this is made of it. */
    async change(id: string, made: (conversation: Conversation) => Conversation): Promise<void> {
      for (let tries = 1; ; tries += 1) {
        const { conversation, revision } = await kept(id);
        try {
          await put(made(conversation), revision);
          return;
        } catch (error) {
          if (!isChangedElsewhere(error) || tries === MOST_TRIES) throw error;
        }
      }
    },
    async remove(id: string): Promise<void> {
      await rpc.call('conversations.remove', { id });
      show(id, null);
    },
    /** Anybody saved or removed one. */
    heard({ id, saved }: ConversationChange): void {
      show(id, saved);
    },
  };
});
