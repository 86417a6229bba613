/** What is said in a conversation, and what answers it: changes of the tree, and the answers they ask for. */
import type { ChatFile, ToolResult } from '../../../contract/rpc/procedures/chat-content.ts';
import type { Conversation, ConversationTurn } from '../../../contract/rpc/procedures/conversations.ts';
import type { Answers } from './answers.ts';
import { chatOf, makeTurn, titleOf } from './conversation.ts';
import { cannedResults, mayContinue } from './tools.ts';
import { addTurn, findColumn, findTurn, pathOf, showTurn, withColumn, withoutBranch } from './tree.ts';

export interface AskingPorts {
  readonly read: (id: string) => Conversation | null;
  /** Puts a changed conversation on screen; it is saved with the next answer, or when `settled`. */
  readonly write: (conversation: Conversation) => void;
  readonly save: (id: string) => Promise<void>;
  readonly answers: Answers;
}

export interface Said {
  readonly text: string;
  readonly files: readonly ChatFile[];
}

export function createAsking({ read, write, save, answers }: AskingPorts) {
  const busy = (id: string, column: string): boolean =>
    answers.inConversation(id).some((answer) => answer.column === column);
  const saysNothing = ({ text, files }: Said): boolean => text.trim() === '' && files.length === 0;

  /** Asks a column's model, or another one this once, for what follows the end of its path. */
  function ask(id: string, column: string, model?: string): void {
    const conversation = read(id);
    const found = conversation === null ? undefined : findColumn(conversation, column);
    if (conversation === null || found === undefined || found.leaf === null || busy(id, column)) return;
    const path = pathOf(conversation, column);
    const asked = { ...found, model: model ?? found.model };
    const place = { conversation: withColumn(conversation, column, () => asked), column };
    const { turn, follow } = answers.begin(place, found.leaf);
    write({ ...addTurn(conversation, turn, [column]), updatedAt: turn.at });
    void save(id);
    void follow(chatOf(conversation, asked, path), (ended) => continueWithTools(id, column, ended));
  }

  /** Canned results go on by themselves, where that is wished. */
  function continueWithTools(id: string, column: string, ended: ConversationTurn): void {
    const conversation = read(id);
    if (conversation === null || findColumn(conversation, column)?.leaf !== ended.id) return;
    if (!mayContinue(conversation, ended, pathOf(conversation, column))) return;
    giveResults(id, column, ended.id, cannedResults(conversation, ended));
  }

  /** One more turn of the user below a turn, in these columns whose paths end there, and their answers. */
  function say(
    conversation: Conversation,
    parent: string | null,
    said: Said,
    columns: readonly string[],
    at: number,
  ): Conversation {
    const column =
      columns.length === conversation.columns.length || columns.length > 1 ? '' : (columns[0] ?? '');
    const turn = makeTurn('user', parent, at, { column, text: said.text, files: [...said.files] });
    return addTurn(conversation, turn, columns);
  }

  function giveResults(id: string, column: string, answer: string, results: readonly ToolResult[]): void {
    const conversation = read(id);
    if (conversation === null || busy(id, column)) return;
    const turn = makeTurn('tool', answer, Date.now(), { column, results: [...results] });
    write(addTurn(conversation, turn, [column]));
    ask(id, column);
  }

  return {
    ask,
    giveResults,

    /** Says the same in each of these columns, at the ends of their paths, and asks their models. */
    send(id: string, said: Said, columns: readonly string[]): void {
      const conversation = read(id);
      const free = columns.filter((column) => !busy(id, column));
      if (conversation === null || saysNothing(said) || free.length === 0) return;
      const title =
        conversation.title === '' ? titleOf(said.text || (said.files[0]?.name ?? '')) : conversation.title;
      // One moment for all columns: that is how they are known to say the same.
      const at = Date.now();
      write(
        byLeaf(conversation, free).reduce(
          (changed, [leaf, together]) => say(changed, leaf, said, together, at),
          {
            ...conversation,
            title,
          },
        ),
      );
      for (const column of free) ask(id, column);
    },

    /** Says something else in place of a turn of the user: a branch, in every column of `columns` that shows the like. */
    edit(id: string, turnId: string, said: Said, columns: readonly string[]): void {
      const conversation = read(id);
      const edited = conversation === null ? undefined : findTurn(conversation, turnId);
      if (conversation === null || edited === undefined || saysNothing(said)) return;
      const places = columns
        .filter((column) => !busy(id, column))
        .flatMap((column) => {
          const like = pathOf(conversation, column).find((turn) => isLike(turn, edited));
          return like === undefined ? [] : [{ column, parent: like.parent }];
        });
      if (places.length === 0) return;
      // A title that nobody chose follows what it was made of.
      const made = edited.parent === null && conversation.title === titleOf(edited.text);
      const start = made ? { ...conversation, title: titleOf(said.text) } : conversation;
      const parents = [...new Set(places.map(({ parent }) => parent))];
      const at = Date.now();
      write(
        parents.reduce((changed, parent) => {
          const together = places.filter((place) => place.parent === parent).map(({ column }) => column);
          return say(changed, parent, said, together, at);
        }, start),
      );
      for (const { column } of places) ask(id, column);
    },

    /** Asks again for an answer: another version of it. One without any words makes way. */
    regenerate(id: string, turnId: string, column: string, model?: string): void {
      const conversation = read(id);
      const turn = conversation === null ? undefined : findTurn(conversation, turnId);
      if (conversation === null || turn === undefined || turn.parent === null || busy(id, column)) return;
      const { parent } = turn;
      const empty =
        turn.text === '' && turn.reasoning === '' && turn.calls.length === 0 && turn.refusal === '';
      const leafless = conversation.turns.every((other) => other.parent !== turnId);
      const start = empty && leafless ? withoutBranch(conversation, turnId) : conversation;
      const columns = start.columns.map((one) => (one.id === column ? { ...one, leaf: parent } : one));
      write({ ...start, columns });
      ask(id, column, model);
    },

    /** The column shows another version of a turn. */
    choose(id: string, turnId: string, column: string): void {
      const conversation = read(id);
      if (conversation === null || busy(id, column)) return;
      write(showTurn(conversation, column, turnId));
      void save(id);
    },
  };
}

/** Columns by where their paths end: what is said to those that share an end is one turn. */
function byLeaf(
  conversation: Conversation,
  columns: readonly string[],
): readonly (readonly [string | null, readonly string[]])[] {
  const groups = new Map<string | null, string[]>();
  for (const column of columns) {
    const leaf = findColumn(conversation, column)?.leaf ?? null;
    groups.set(leaf, [...(groups.get(leaf) ?? []), column]);
  }
  return [...groups];
}

/** The same turn, or what was said at the same moment in another column. */
const isLike = (turn: ConversationTurn, edited: ConversationTurn): boolean =>
  turn.id === edited.id || (turn.role === 'user' && turn.at === edited.at && turn.text === edited.text);
