/** What the gateway would make of a column's next request: the provider's own body, and what does not reach the model. */
import { refDebounced } from '@vueuse/core';
import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue';
import type { Chat } from '../../../contract/rpc/chat-body.ts';
import type { Conversation, ConversationColumn } from '../../../contract/rpc/procedures/conversations.ts';
import type { ChatPreview } from '../../../contract/rpc/procedures/playground.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { chatInput } from './chat-input.ts';
import { chatOf, makeTurn } from './conversation.ts';
import { draftPlace } from './draft-place.ts';
import { usePendingFiles } from './pending-files.ts';
import { pathOf } from './tree.ts';

/** Nobody reads along while it is typed, ms. */
const SETTLED = 400;

export interface Preview {
  /** Null until the gateway told it. */
  readonly preview: Readonly<Ref<ChatPreview | null>>;
  /** Why it cannot, in a sentence. */
  readonly failure: Readonly<Ref<string | null>>;
  /** Nothing was said yet: some providers take no such request, which is nobody's mistake. */
  readonly unsaid: Readonly<Ref<boolean>>;
}

export function usePreview(
  conversation: () => Conversation,
  column: () => ConversationColumn,
  draft: () => string,
): Preview {
  const rpc = useRpc();
  const pending = usePendingFiles();
  const failureText = useFailureText();
  const preview = shallowRef<ChatPreview | null>(null);
  const failure = shallowRef<string | null>(null);
  let latest = 0;

  const parts = computed(() => ({
    text: draft(),
    files: [...pending.of(draftPlace(conversation(), [column()]))],
  }));
  const says = computed(() => parts.value.text.trim() !== '' || parts.value.files.length > 0);
  const unsaid = computed(() => !says.value && pathOf(conversation(), column().id).length === 0);

  const asked = computed((): Chat => {
    const shown = column();
    const path = pathOf(conversation(), shown.id);
    const next = says.value || path.length === 0 ? [makeTurn('user', shown.leaf, 0, parts.value)] : [];
    const chat = chatOf(conversation(), shown, [...path, ...next]);
    // Which parameters a model takes is asked for before anything was said, too.
    return chat.messages.some(({ role }) => role !== 'system')
      ? chat
      : { ...chat, messages: [...chat.messages, { role: 'user', text: '' }] };
  });

  async function look(chat: Chat): Promise<void> {
    latest += 1;
    const mine = latest;
    if (chat.model === '') {
      preview.value = null;
      return;
    }
    try {
      const told = await rpc.call('playground.preview', chatInput(chat));
      if (mine !== latest) return;
      preview.value = told;
      failure.value = null;
    } catch (error) {
      if (mine === latest) failure.value = failureText(error);
    }
  }
  watch(refDebounced(asked, SETTLED), look, { immediate: true });
  // A gateway that is back is asked again for what it could not tell.
  onScopeDispose(
    rpc.subscribe([], () => {
      if (failure.value !== null) void look(asked.value);
    }),
  );
  return { preview, failure, unsaid };
}
