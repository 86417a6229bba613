/** The conversation on screen, and the one answer that may be on its way. It goes on while other pages are open. */
import { defineStore } from 'pinia';
import { useLocalStorage } from '@vueuse/core';
import { computed, ref, shallowReactive, shallowRef } from 'vue';
import type {
  Conversation,
  ConversationTurn,
  TurnFigures,
} from '../../../contract/rpc/procedures/conversations.ts';
import { Cancelled, useRpc } from '../../shared/rpc/rpc.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import {
  before,
  figuresOf,
  makeId,
  makeTurn,
  messagesOf,
  newConversation,
  titleOf,
  withTurn,
} from './conversation.ts';
import { useConversations } from './conversations.ts';
import { useDrafts } from './drafts.ts';
import type { Filling } from './from-request.ts';
import { createFrameGate, startAnswer, withPart, type RunningAnswer } from './running-answer.ts';

/** An answer under way is saved this often, so that a crash loses little, ms. */
const SAVE_PACE = 5_000;
/** Settings are saved when nobody has changed them for so long, ms. */
const SETTLED = 600;
/** Code of an answer that this page, or the gateway, did not live to see the end of. */
export const INTERRUPTED = 'interrupted';

export const usePlayground = defineStore('playground', () => {
  const rpc = useRpc();
  const saved = useConversations();
  const drafts = useDrafts();
  const failureText = useFailureText();
  const lastModel = useLocalStorage('switchyard.playground.model', '', { onError: () => undefined });

  /** The one on screen, and the one that is being answered. */
  const held = shallowReactive(new Map<string, Conversation>());
  const currentId = ref('');
  const current = computed(() => held.get(currentId.value) ?? null);
  const running = shallowRef<RunningAnswer | null>(null);
  /** Why the last saving failed. */
  const saveFailure = shallowRef<unknown>(null);
  /** Why the conversation asked for could not be opened. */
  const openFailure = shallowRef<unknown>(null);
  let controller: AbortController | null = null;
  /** Resolves when the answer on its way has ended and is saved. */
  let ending: Promise<void> = Promise.resolve();
  let settling: ReturnType<typeof setTimeout> | undefined;

  function show(conversation: Conversation): void {
    for (const id of held.keys()) if (id !== running.value?.conversation) held.delete(id);
    held.set(conversation.id, conversation);
    currentId.value = conversation.id;
    openFailure.value = null;
  }

  async function save(id: string): Promise<void> {
    const conversation = held.get(id);
    // Nothing was said yet: there is nothing to keep.
    if (conversation === undefined || conversation.turns.length === 0) return;
    try {
      await saved.put(conversation);
      saveFailure.value = null;
    } catch (error) {
      saveFailure.value = error;
    }
  }

  function change(part: Partial<Pick<Conversation, 'title' | 'model' | 'system' | 'parameters'>>): void {
    const conversation = current.value;
    if (conversation === null) return;
    held.set(conversation.id, { ...conversation, ...part });
    if (part.model !== undefined) lastModel.value = part.model;
    clearTimeout(settling);
    settling = setTimeout(() => void save(conversation.id), SETTLED);
  }

  function startNew(model = ''): Conversation {
    const conversation = newConversation(
      makeId(),
      model || current.value?.model || lastModel.value,
      Date.now(),
    );
    show(conversation);
    return conversation;
  }

  /** @returns false when there is no such conversation any more */
  async function open(id: string): Promise<boolean> {
    const known = held.get(id);
    if (known !== undefined) {
      show(known);
      return true;
    }
    try {
      const conversation = await saved.get(id);
      show(conversation);
      return true;
    } catch (error) {
      openFailure.value = error;
      return false;
    }
  }

  /** Another tab saved it: what is on screen follows, unless this tab has the answer on its way. */
  async function refresh(id: string): Promise<void> {
    void saved.read();
    if (id !== currentId.value || running.value?.conversation === id) return;
    try {
      const conversation = await saved.get(id);
      if (id === currentId.value && running.value?.conversation !== id) held.set(id, conversation);
    } catch {
      // It is gone there, or the gateway does not answer: what is on screen stays, and the next save brings it back.
    }
  }

  /** Asks the model for the next turn of the conversation, whose last turn is the user's. */
  async function answer(asked: Conversation): Promise<void> {
    if (running.value !== null) return;
    const { id } = asked;
    const now = Date.now();
    let latest = startAnswer(id, makeId(), now);
    // Whoever finds it like this after a crash is told that it was interrupted.
    const turn = {
      ...makeTurn('assistant', '', now),
      id: latest.turn,
      figures: brokenOff(latest, INTERRUPTED, ''),
    };
    held.set(id, { ...asked, turns: [...asked.turns, turn], updatedAt: now });
    void save(id);

    let savedAt = now;
    running.value = latest;
    const frames = createFrameGate(() => {
      running.value = latest;
      if (Date.now() - savedAt < SAVE_PACE) return;
      savedAt = Date.now();
      settle(latest, turn, brokenOff(latest, INTERRUPTED, ''));
      void save(id);
    });
    controller = new AbortController();
    let figures: TurnFigures;
    try {
      const input = { model: asked.model, messages: [...messagesOf(asked)], parameters: asked.parameters };
      const end = await rpc.follow(
        'playground.chat',
        input,
        (part) => {
          latest = withPart(latest, part, Date.now());
          frames.ask();
        },
        controller.signal,
      );
      figures = figuresOf(end);
    } catch (error) {
      figures = figuresOfFailure(latest, error);
    }
    frames.cancel();
    controller = null;
    settle(latest, turn, figures);
    running.value = null;
    await save(id);
    // Held only while it was written.
    if (id !== currentId.value) held.delete(id);
  }

  function ask(conversation: Conversation): void {
    ending = answer(conversation);
  }

  /** Puts what has come of an answer into its conversation. */
  function settle(latest: RunningAnswer, turn: ConversationTurn, figures: TurnFigures): void {
    const conversation = held.get(latest.conversation);
    if (conversation === undefined) return;
    const { text, reasoning, refusal } = latest;
    const changed = withTurn(conversation, { ...turn, text, reasoning, refusal, figures });
    held.set(conversation.id, { ...changed, updatedAt: Date.now() });
  }

  function figuresOfFailure(latest: RunningAnswer, error: unknown): TurnFigures {
    if (error instanceof Cancelled) return { ...brokenOff(latest, '', ''), outcome: 'stopped', error: null };
    return brokenOff(latest, codeOf(error), failureText(error));
  }

  return {
    current,
    running,
    saveFailure,
    openFailure,
    lastModel,
    drafts,
    change,
    startNew,
    open,
    refresh,
    save,
    /** Is the answer on its way part of the conversation on screen? */
    answering: computed(() => running.value !== null && running.value.conversation === currentId.value),
    send(text: string): void {
      const conversation = current.value;
      if (conversation === null || running.value !== null || text.trim() === '') return;
      const title = conversation.title === '' ? titleOf(text) : conversation.title;
      const turns = [...conversation.turns, makeTurn('user', text, Date.now())];
      lastModel.value = conversation.model;
      ask({ ...conversation, title, turns });
    },
    stop: (): void => controller?.abort(),
    /** Asks again for a turn of the model; what came after it goes. */
    regenerate(turnId: string): void {
      if (current.value !== null && running.value === null) ask(before(current.value, turnId));
    },
    /** Says something else in a turn of the user; what came after it goes. */
    resend(turnId: string, text: string): void {
      const conversation = current.value;
      if (conversation === null || running.value !== null || text.trim() === '') return;
      const kept = before(conversation, turnId);
      // A title that nobody chose follows what it was made of.
      const said = conversation.turns.find(({ id }) => id === turnId)?.text ?? '';
      const made = kept.turns.length === 0 && conversation.title === titleOf(said);
      const title = made ? titleOf(text) : conversation.title;
      ask({ ...kept, title, turns: [...kept.turns, makeTurn('user', text, Date.now())] });
    },
    /** Brings a conversation back as it was. */
    async restore(conversation: Conversation): Promise<void> {
      if (running.value?.conversation === conversation.id) controller?.abort();
      await ending;
      if (currentId.value === conversation.id) held.set(conversation.id, conversation);
      await saved.put(conversation);
    },
    /** A new conversation that continues a logged request. */
    fill(filling: Filling, title: string): void {
      const conversation = startNew(filling.model);
      const turns = filling.history.map(({ role, text }) =>
        makeTurn(role === 'assistant' ? 'assistant' : 'user', text, conversation.createdAt),
      );
      const { system, parameters } = filling;
      held.set(conversation.id, { ...conversation, title, system, parameters, turns });
      drafts.write(conversation.id, filling.draft);
    },
  };
});

/** Of a call that was taken back, or that the gateway could not answer, this page knows the figures itself. */
function brokenOff(latest: RunningAnswer, code: string, message: string): TurnFigures {
  return {
    requestId: latest.requestId,
    outcome: latest.firstContentAt === null ? 'error' : 'cut',
    provider: latest.served?.provider ?? null,
    model: latest.served?.model ?? null,
    keyFingerprint: null,
    attempts: latest.served?.attempts ?? 0,
    firstContentAt: latest.firstContentAt,
    doneAt: Date.now() - latest.startedAt,
    inputTokens: null,
    cachedTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    finishReason: null,
    error: { code, message },
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
