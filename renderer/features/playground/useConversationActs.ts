/** What is done with a whole conversation, and how it is taken back. */
import { useI18n } from 'vue-i18n';
import type { Conversation, ConversationSummary } from '../../../contract/rpc/procedures/conversations.ts';
import { useAct } from '../../shared/composables/useAct.ts';
import { useToasts } from '../../shared/composables/useToasts.ts';
import { makeId } from './conversation.ts';
import { useConversations } from './conversations.ts';
import { usePlayground } from './store.ts';
import { useConversationFiles, type FileForm } from './useConversationFiles.ts';

export interface ConversationActs {
  readonly rename: (conversation: ConversationSummary, title: string) => Promise<void>;
  readonly duplicate: (conversation: ConversationSummary) => Promise<void>;
  readonly save: (conversation: ConversationSummary, form: FileForm) => Promise<void>;
  /** One that is on screen, whether it is kept or not. */
  readonly saveShown: (conversation: Conversation, form: FileForm) => Promise<void>;
  readonly read: (files: readonly File[]) => Promise<void>;
  readonly remove: (conversation: ConversationSummary) => Promise<void>;
}

/** @param tell what the page does when a conversation is to be shown, and when one is gone */
export function useConversationActs(tell: {
  readonly opened: (id: string) => void;
  readonly removed: (id: string) => void;
}): ConversationActs {
  const { t } = useI18n();
  const saved = useConversations();
  const playground = usePlayground();
  const toasts = useToasts();
  const acting = useAct();
  const files = useConversationFiles();

  return {
    async rename({ id }, title) {
      await acting.run(async () => {
        await playground.rename(id, title);
        tell.opened(id);
      }, t('playground.notRenamed'));
    },
    async duplicate({ id }) {
      await acting.run(async () => {
        const whole = await saved.get(id);
        const title = t('playground.list.copyOf', { title: whole.title }).slice(0, 200);
        const copy = { ...whole, id: makeId(), title, updatedAt: Date.now() };
        await saved.put(copy);
        tell.opened(copy.id);
      }, t('playground.list.notDuplicated'));
    },
    async save({ id }, form) {
      await acting.run(async () => files.save(await saved.get(id), form), t('playground.list.notExported'));
    },
    async saveShown(conversation, form) {
      await acting.run(() => files.save(conversation, form), t('playground.list.notExported'));
    },
    async read(chosen) {
      const ids = await files.read(chosen);
      const [first] = ids;
      if (first === undefined) return;
      toasts.add({ kind: 'ok', title: t('playground.list.imported', ids.length) });
      tell.opened(first);
    },
    async remove({ id, title }) {
      await acting.run(async () => {
        const whole = await playground.remove(id);
        tell.removed(id);
        toasts.add({
          kind: 'ok',
          title: t('playground.deleted', { title }),
          undo: () => void acting.run(() => saved.put(whole), t('playground.notRestored')),
        });
      }, t('playground.notDeleted'));
    },
  };
}
