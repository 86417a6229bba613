/** The turns of a conversation as a tree, and the path through it that each column shows. Pure. */
import type {
  Conversation,
  ConversationColumn,
  ConversationTurn,
} from '../../../contract/rpc/procedures/conversations.ts';

type Turns = readonly ConversationTurn[];

/** From the beginning to a turn, that turn with it. */
export function pathTo(turns: Turns, leaf: string | null): Turns {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: ConversationTurn[] = [];
  for (let id = leaf; id !== null && path.length < turns.length;) {
    const turn = byId.get(id);
    if (turn === undefined) break;
    path.push(turn);
    id = turn.parent;
  }
  return path.toReversed();
}

export const findTurn = (conversation: Conversation, id: string): ConversationTurn | undefined =>
  conversation.turns.find((turn) => turn.id === id);

export const findColumn = (conversation: Conversation, id: string): ConversationColumn | undefined =>
  conversation.columns.find((column) => column.id === id);

export function pathOf(conversation: Conversation, column: string): Turns {
  return pathTo(conversation.turns, findColumn(conversation, column)?.leaf ?? null);
}

/** The versions of a turn that a column can show, oldest first, that turn among them. */
export function siblingsOf(conversation: Conversation, column: string, turn: ConversationTurn): Turns {
  return conversation.turns.filter(
    (other) => other.id === turn.id || (other.parent === turn.parent && belongs(other, column)),
  );
}

/** Where a path goes on below a turn: at each fork as was chosen before, else to the newest. */
export function descend(conversation: Conversation, column: ConversationColumn, from: string): string {
  let id = from;
  for (let steps = 0; steps < conversation.turns.length; steps += 1) {
    const children = conversation.turns.filter(({ parent }) => parent === id);
    const chosen = children.find((child) => child.id === column.chosen[id]);
    const next = chosen ?? children.findLast((child) => belongs(child, column.id));
    if (next === undefined) return id;
    ({ id } = next);
  }
  return id;
}

const belongs = ({ column }: ConversationTurn, to: string): boolean => column === '' || column === to;

/** The column shows the path through this turn, down to where it ends. */
export function showTurn(conversation: Conversation, column: string, turn: string): Conversation {
  return withColumn(conversation, column, (one) =>
    moveTo(conversation, one, descend(conversation, one, turn)),
  );
}

/** The column's path ends here. Remembered at each fork on the way. */
export function moveTo(
  { turns }: Pick<Conversation, 'turns'>,
  column: ConversationColumn,
  leaf: string | null,
): ConversationColumn {
  const steps = pathTo(turns, leaf).map(({ id, parent }): [string, string] => [parent ?? '', id]);
  return { ...column, leaf, chosen: { ...column.chosen, ...Object.fromEntries(steps) } };
}

export function withColumn(
  conversation: Conversation,
  id: string,
  change: (column: ConversationColumn) => ConversationColumn,
): Conversation {
  const columns = conversation.columns.map((column) => (column.id === id ? change(column) : column));
  return { ...conversation, columns };
}

/** One more turn, at which the paths of these columns end. */
export function addTurn(
  conversation: Conversation,
  turn: ConversationTurn,
  columns: readonly string[],
): Conversation {
  const turns = [...conversation.turns, turn];
  return {
    ...conversation,
    turns,
    columns: conversation.columns.map((column) =>
      columns.includes(column.id) ? moveTo({ turns }, column, turn.id) : column,
    ),
  };
}

export function withTurn(conversation: Conversation, changed: ConversationTurn): Conversation {
  const turns = conversation.turns.map((turn) => (turn.id === changed.id ? changed : turn));
  return { ...conversation, turns };
}

/** A turn and everything that follows it. */
export function branchOf(turns: Turns, root: string): ReadonlySet<string> {
  const found = new Set([root]);
  // A turn may stand before its parent only in a file that somebody changed; then it takes another round.
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const { id, parent } of turns) if (parent !== null && found.has(parent)) found.add(id);
  }
  return found;
}

/** Without a turn and what follows it; columns that showed it show its newest other version, else what was before. */
export function withoutBranch(conversation: Conversation, root: string): Conversation {
  const gone = branchOf(conversation.turns, root);
  const removed = findTurn(conversation, root);
  if (removed === undefined) return conversation;
  const turns = conversation.turns.filter(({ id }) => !gone.has(id));
  const kept = { ...conversation, turns };
  const columns = conversation.columns.map((column) => {
    const chosen = Object.fromEntries(
      Object.entries(column.chosen).filter(([parent, child]) => !gone.has(parent) && !gone.has(child)),
    );
    const pruned = { ...column, chosen };
    if (column.leaf === null || !gone.has(column.leaf)) return pruned;
    const other = turns.findLast((turn) => turn.parent === removed.parent && belongs(turn, column.id));
    return moveTo(kept, pruned, other === undefined ? removed.parent : descend(kept, pruned, other.id));
  });
  return { ...kept, columns };
}

/** A conversation with the turns of an earlier one put back, shown by the columns that showed them. */
export function withRestored(now: Conversation, earlier: Conversation): Conversation {
  const known = new Set(now.turns.map(({ id }) => id));
  const missing = earlier.turns.filter(({ id }) => !known.has(id));
  const back = new Set(missing.map(({ id }) => id));
  const turns = [...now.turns, ...missing].toSorted((a, b) => placeIn(earlier, a) - placeIn(earlier, b));
  const columns = now.columns.map((column) => {
    const before = findColumn(earlier, column.id);
    const showed = before !== undefined && pathOf(earlier, column.id).some(({ id }) => back.has(id));
    return showed ? moveTo({ turns }, column, before.leaf) : column;
  });
  return { ...now, turns, columns };
}

/** Turns keep the order in which they were said; what was said since comes last. */
function placeIn({ turns }: Conversation, { id }: ConversationTurn): number {
  const place = turns.findIndex((turn) => turn.id === id);
  return place < 0 ? turns.length : place;
}

/** How often tools answered since the user spoke last. */
export function toolRounds(path: Turns): number {
  return path
    .slice(path.findLastIndex(({ role }) => role === 'user') + 1)
    .filter(({ role }) => role === 'tool').length;
}
