/** The conversation on screen, and every one that is being answered. Answers go on while other pages are open. */
import { defineStore } from 'pinia';
import { useLocalStorage } from '@vueuse/core';
import { computed, ref, shallowRef } from 'vue';
import type { ChatFile, ToolResult } from '../../../contract/rpc/procedures/chat-content.ts';
import type {
  Conversation,
  ConversationColumn,
  ConversationTurn,
} from '../../../contract/rpc/procedures/conversations.ts';
import { useFailureText } from '../../shared/composables/useFailureText.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { createAnswers } from './answers.ts';
import { createAsking } from './asking.ts';
import { chatInput } from './chat-input.ts';
import { makeId, MOST_COLUMNS, newColumn, newConversation } from './conversation.ts';
import { filesOf } from './conversation-file.ts';
import { useConversations } from './conversations.ts';
import { useDrafts, type Drafts } from './drafts.ts';
import { createKeeping } from './keeping.ts';
import { usePendingFiles } from './pending-files.ts';
import type { RunningAnswer } from './running-answer.ts';
import { branchOf, moveTo, pathOf, withColumn, withoutBranch, withRestored, withTurn } from './tree.ts';
import { useUnsent } from './unsent.ts';
import { useHeldFiles } from './useHeldFiles.ts';

/** What the whole conversation has, and each column has not by itself. */
export type Shared = Pick<
  Conversation,
  'title' | 'system' | 'synced' | 'tools' | 'toolChoice' | 'autoContinue' | 'format'
>;

/** One that is kept only on this page. */
export interface Unkept {
  readonly id: string;
  readonly title: string;
  readonly isShown: boolean;
  readonly failure: unknown;
}

export const usePlayground = defineStore('playground', () => {
  const rpc = useRpc();
  const saved = useConversations();
  const written = useDrafts();
  const pending = usePendingFiles();
  const failureText = useFailureText();
  const lastModel = useLocalStorage('switchyard.playground.model', '', { onError: () => undefined });

  const currentId = ref('');
  const isSaved = (id: string): boolean => saved.list?.conversations.some((one) => one.id === id) ?? false;
  const keeping = createKeeping({
    put: saved.put,
    get: saved.kept,
    underWay: (id) => answers.inConversation(id),
    isShown: (id) => id === currentId.value,
    isSaved,
  });
  const { held, temporary, failures, save } = keeping;
  const current = computed(() => held.get(currentId.value) ?? null);
  /** Why the conversation asked for could not be opened. */
  const openFailure = shallowRef<unknown>(null);

  const answers = createAnswers({
    chat: (chat, tell, signal) => rpc.follow('playground.chat', chatInput(chat), tell, signal),
    failureText,
    settle(answer, turn) {
      const conversation = held.get(answer.conversation);
      if (conversation === undefined) return;
      held.set(conversation.id, { ...withTurn(conversation, turn), updatedAt: Date.now() });
    },
    save,
  });
  const asking = createAsking({
    // Nothing is said any more in one that is being deleted.
    read: (id) => (keeping.isLeaving(id) ? null : (held.get(id) ?? null)),
    write(conversation) {
      held.set(conversation.id, conversation);
      note(conversation);
    },
    save,
    answers,
  });
  const answeringOf = (id: string): boolean => answers.inConversation(id).length > 0;

  const unsent = useUnsent(written, (place) => pending.of(place).length > 0, isSaved);
  /** What was on screen before: the last words typed in it are written down a moment after it was left. */
  let left: Conversation | null = null;
  const note = (conversation: Conversation | null): void => {
    if (conversation !== null && !temporary.has(conversation.id)) unsent.note(conversation);
  };
  const drafts: Drafts = {
    read: (place) => written.read(place),
    write(place, text) {
      written.write(place, text);
      // A place is an id, or an id and a column.
      for (const one of [left, current.value]) if (one !== null && place.startsWith(one.id)) note(one);
    },
  };
  function write(conversation: Conversation): void {
    keeping.write(conversation);
    note(conversation);
  }

  function show(conversation: Conversation): void {
    if (conversation.id !== currentId.value) {
      note(current.value);
      left = temporary.has(currentId.value) ? null : current.value;
    }
    keeping.flush(currentId.value);
    held.set(conversation.id, conversation);
    currentId.value = conversation.id;
    keeping.letGo();
    openFailure.value = null;
  }

  rpc.subscribe(['conversations.changed'], (event) => {
    if (event.topic === 'conversations.changed') {
      saved.heard(event.data);
      void keeping.follow(event.data.id, event.data.saved?.revision ?? null);
    } else if (event.topic === 'reset') {
      // A gateway that is back gets what it missed, and tells what this page did.
      keeping.saveMissed();
      if (saved.list !== null) void saved.read();
      for (const id of held.keys()) void keeping.follow(id);
    }
  });

  useHeldFiles(() => [...pending.all(), ...[...held.values()].flatMap(filesOf)]);

  let choices = 0;
  /**
   * Something else is to be shown: what was asked for before, and comes late, is not.
   * @returns whether nothing else was asked for since
   */
  function seek(): () => boolean {
    choices += 1;
    const mine = choices;
    return () => mine === choices;
  }

  /**
   * Without a wish of its own it is the one that was begun and not sent, unless that is on screen with nothing typed.
   * @param models of its columns; without any, that of the one on screen or the last one used
   */
  function startNew(
    models: readonly string[] = [],
    options: { readonly temporary?: boolean } = {},
  ): Conversation {
    seek();
    const named = models.filter((model) => model !== '');
    const waiting = named.length > 0 || options.temporary === true ? null : unsent.read();
    if (waiting !== null && (waiting.id !== currentId.value || unsent.hasWords(waiting))) {
      const begun = held.get(waiting.id) ?? waiting;
      show(begun);
      return begun;
    }
    const usual = current.value?.columns[0]?.model || lastModel.value;
    const conversation = newConversation(makeId(), named.length > 0 ? named : [usual], Date.now());
    if (options.temporary === true) temporary.add(conversation.id);
    show(conversation);
    if (waiting !== null) unsent.forget();
    return conversation;
  }

  /** @returns false when there is no such conversation any more, or something else was asked for meanwhile */
  async function open(id: string): Promise<boolean> {
    const wanted = seek();
    try {
      const found = held.get(id) ?? (await saved.kept(id));
      if (!wanted()) return false;
      show('revision' in found ? keeping.takeOver(found) : found);
      return true;
    } catch (error) {
      if (wanted()) openFailure.value = error;
      return false;
    }
  }

  /** Also of one that this page does not have. */
  async function rename(id: string, title: string): Promise<void> {
    const here = held.get(id);
    if (here === undefined) return saved.change(id, (conversation) => ({ ...conversation, title }));
    held.set(id, { ...here, title });
    await save(id);
  }

  /**
   * Deletes a conversation with all that goes on in it; a new one takes its place on screen.
   * @returns it as it was last
   */
  const remove = (id: string): Promise<Conversation> =>
    keeping.discard(id, async () => {
      await answers.stop(answers.inConversation(id).map(({ turn }) => turn));
      const last = held.get(id) ?? (await saved.get(id));
      await saved.remove(id);
      if (id === currentId.value) startNew();
      return last;
    });

  /** Every column that what is said in one reaches. */
  function reached(column: string): readonly string[] {
    const conversation = current.value;
    return conversation?.synced === true ? conversation.columns.map(({ id }) => id) : [column];
  }

  return {
    current,
    /** Those that could not be saved, and why; what is on screen first. */
    unkept: computed((): readonly Unkept[] =>
      [...failures]
        .map(([id, failure]) => {
          const isShown = id === currentId.value;
          return { id, failure, isShown, title: held.get(id)?.title ?? '' };
        })
        .sort((left, right) => Number(right.isShown) - Number(left.isShown)),
    ),
    openFailure,
    lastModel,
    drafts,
    seek,
    startNew,
    open,
    rename,
    remove,
    save,
    reached,
    /** Answers under way, of every conversation, by the id of their turn. */
    running: answers.running,
    runningOf: (column: string): RunningAnswer | null => answers.of(currentId.value, column),
    /** Is an answer of this column on its way? Without its words, so that nobody who asks follows them. */
    isAnsweringIn: (column: string): boolean =>
      answers.inConversation(currentId.value).some((answer) => answer.column === column),
    /** Is an answer of the conversation on screen on its way? */
    answering: computed(() => answeringOf(currentId.value)),
    isTemporary: computed(() => temporary.has(currentId.value)),
    isAnswering: answeringOf,
    path: (column: string): readonly ConversationTurn[] =>
      current.value === null ? [] : pathOf(current.value, column),

    change(part: Partial<Shared>): void {
      if (current.value !== null) write({ ...current.value, ...part });
    },
    changeColumn(id: string, part: Partial<Pick<ConversationColumn, 'model' | 'parameters'>>): void {
      if (current.value === null) return;
      if (part.model !== undefined) lastModel.value = part.model;
      write(withColumn(current.value, id, (column) => ({ ...column, ...part })));
    },
    /** One more model beside the others, which goes on from where the first one stands. */
    addColumn(model: string): ConversationColumn | null {
      const conversation = current.value;
      const first = conversation?.columns[0];
      if (conversation === null || first === undefined || conversation.columns.length >= MOST_COLUMNS)
        return null;
      const path = pathOf(conversation, first.id);
      // An answer on its way is not yet something to go on from.
      const end = answers.of(conversation.id, first.id) === null ? first.leaf : (path.at(-2)?.id ?? null);
      const { parameters } = first;
      const column = moveTo(conversation, { ...newColumn(model), parameters }, end);
      write({ ...conversation, columns: [...conversation.columns, column] });
      return column;
    },
    /** The column goes one place to the left or to the right. */
    moveColumn(id: string, by: -1 | 1): void {
      const conversation = current.value;
      const at = conversation?.columns.findIndex((column) => column.id === id) ?? -1;
      const moved = conversation?.columns[at];
      if (conversation === null || moved === undefined || conversation.columns[at + by] === undefined) return;
      const columns = conversation.columns.toSpliced(at, 1).toSpliced(at + by, 0, moved);
      write({ ...conversation, columns });
    },
    /** Turns stay: another column may show them. @returns how to bring it back */
    removeColumn(id: string): (() => void) | null {
      const earlier = current.value;
      const at = earlier?.columns.findIndex((column) => column.id === id) ?? -1;
      const removed = earlier?.columns[at];
      if (earlier === null || removed === undefined || earlier.columns.length === 1) return null;
      void answers.stop(
        answers.inConversation(earlier.id).flatMap(({ column, turn }) => (column === id ? turn : [])),
      );
      write({ ...earlier, columns: earlier.columns.filter((column) => column.id !== id) });
      return () => {
        const now = current.value;
        if (now === null || now.id !== earlier.id || now.columns.length >= MOST_COLUMNS) return;
        write({ ...now, columns: now.columns.toSpliced(at, 0, removed) });
      };
    },

    send(text: string, files: readonly ChatFile[], column: string): void {
      const conversation = current.value;
      if (conversation === null) return;
      lastModel.value = conversation.columns[0]?.model ?? '';
      asking.send(conversation.id, { text, files }, reached(column));
    },
    edit(turn: string, text: string, files: readonly ChatFile[], column: string): void {
      if (current.value !== null) asking.edit(current.value.id, turn, { text, files }, reached(column));
    },
    /** @param model another one than the column's, for this answer alone */
    regenerate(turn: string, column: string, model?: string): void {
      if (current.value !== null) asking.regenerate(current.value.id, turn, column, model);
    },
    /** Asks for what follows a turn of the user or of tools that nobody has answered. */
    ask(column: string): void {
      if (current.value !== null) asking.ask(current.value.id, column);
    },
    choose(turn: string, column: string): void {
      if (current.value !== null) asking.choose(current.value.id, turn, column);
    },
    giveResults(answer: string, results: readonly ToolResult[], column: string): void {
      if (current.value !== null) asking.giveResults(current.value.id, column, answer, results);
    },
    /** Deletes a turn and what follows it. @returns how to bring it back */
    async deleteBranch(turn: string): Promise<(() => void) | null> {
      const earlier = current.value;
      if (earlier === null) return null;
      const gone = branchOf(earlier.turns, turn);
      await answers.stop([...gone]);
      const before = held.get(earlier.id) ?? earlier;
      write(withoutBranch(before, turn));
      return () => {
        const now = held.get(earlier.id);
        if (now !== undefined) write(withRestored(now, before));
        else void saved.change(earlier.id, (kept) => withRestored(kept, before));
      };
    },
    /** Stops the answer of one column, or without one every answer of the conversation on screen. */
    stop(column?: string): void {
      const under = answers.inConversation(currentId.value);
      const stopped = under.filter((answer) => column === undefined || answer.column === column);
      void answers.stop(stopped.map(({ turn }) => turn));
    },
    /** Shows a conversation that was made elsewhere: of a logged request, of a file. */
    take(conversation: Conversation, draft: string): void {
      show(conversation);
      drafts.write(conversation.id, draft);
    },
  };
});
