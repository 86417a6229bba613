/** Two states of one conversation, both made of an earlier one: what was changed here goes onto what is kept. Pure. */
import type {
  Conversation,
  ConversationColumn,
  ConversationTurn,
} from '../../../contract/rpc/procedures/conversations.ts';
import { MOST_COLUMNS } from './conversation.ts';
import { sameValue } from './same-value.ts';

/** Answers under way here: their turns and where their columns stand are this page's to say. */
export type UnderWay = readonly { readonly column: string; readonly turn: string }[];

export interface Diverged {
  /** What both were made of; null where that is not known. */
  readonly earlier: Conversation | null;
  readonly here: Conversation;
  readonly kept: Conversation;
}

/** Where both changed the same, what is here stays; what one changed and the other took out stays too. */
export function merged(states: Diverged, underWay: UnderWay): Conversation {
  const { earlier, here, kept } = states;
  if (earlier === here && underWay.length === 0) return kept;
  const mine = <Key extends Own>(key: Key): Conversation[Key] =>
    changed(earlier === null ? BLANK[key] : earlier[key], here[key]) ? here[key] : kept[key];
  const turns = mergedTurns(states, new Set(underWay.map(({ turn }) => turn)));
  return {
    ...kept,
    title: mine('title'),
    system: mine('system'),
    synced: mine('synced'),
    tools: mine('tools'),
    toolChoice: mine('toolChoice'),
    autoContinue: mine('autoContinue'),
    format: mine('format'),
    columns: mergedColumns(states, turns, new Set(underWay.map(({ column }) => column))),
    turns: [...turns.values()],
    updatedAt: Math.max(here.updatedAt, kept.updatedAt),
  };
}

type Own = 'title' | 'system' | 'synced' | 'tools' | 'toolChoice' | 'autoContinue' | 'format';
const BLANK: Pick<Conversation, Own> = {
  title: '',
  system: '',
  synced: true,
  tools: [],
  toolChoice: 'auto',
  autoContinue: false,
  format: { kind: 'text' },
};
const BLANK_COLUMN: Omit<ConversationColumn, 'id'> = { model: '', parameters: {}, leaf: null, chosen: {} };

const changed = (before: unknown, now: unknown): boolean => !sameValue(before, now);

type ById<One> = ReadonlyMap<string, One>;
const byId = <One extends { readonly id: string }>(all: readonly One[]): ById<One> =>
  new Map(all.map((one) => [one.id, one]));

/** Those kept first, in their order: a parent stands before what follows it. */
function mergedTurns(
  { earlier, here, kept }: Diverged,
  underWay: ReadonlySet<string>,
): ById<ConversationTurn> {
  const before = byId(earlier?.turns ?? []);
  const mine = byId(here.turns);
  const theirs = byId(kept.turns);
  const isMine = (turn: ConversationTurn): boolean =>
    underWay.has(turn.id) || changed(before.get(turn.id), turn);
  const all = [...new Map([...theirs, ...mine]).keys()];
  const stays = new Set<string>();
  for (const id of all) {
    const [turn, other] = [mine.get(id), theirs.get(id)];
    const wanted =
      turn === undefined || other === undefined
        ? (turn !== undefined && isMine(turn)) || (other !== undefined && changed(before.get(id), other))
        : true;
    // With all that leads there, also where somebody took that out.
    for (let at = wanted ? id : null; at !== null && !stays.has(at);) {
      stays.add(at);
      at = (mine.get(at) ?? theirs.get(at))?.parent ?? null;
    }
  }
  return new Map(
    all.flatMap((id): [string, ConversationTurn][] => {
      const [turn, other] = [mine.get(id), theirs.get(id)];
      const one = turn !== undefined && (other === undefined || isMine(turn)) ? turn : other;
      return one === undefined || !stays.has(id) ? [] : [[id, one]];
    }),
  );
}

function mergedColumns(
  { earlier, here, kept }: Diverged,
  turns: ById<ConversationTurn>,
  underWay: ReadonlySet<string>,
): Conversation['columns'] {
  const before = byId(earlier?.columns ?? []);
  const mine = byId(here.columns);
  const theirs = byId(kept.columns);
  // Their order, unless it was changed here.
  const orderOf = (columns: readonly ConversationColumn[]): string => columns.map(({ id }) => id).join();
  const moved = orderOf(here.columns) !== orderOf(earlier?.columns ?? []);
  const all = moved ? new Map([...mine, ...theirs]) : new Map([...theirs, ...mine]);
  const columns = [...all.keys()].flatMap((id): ConversationColumn[] => {
    const [column, other] = [mine.get(id), theirs.get(id)];
    const was = before.get(id);
    if (column !== undefined && other !== undefined) {
      return [mergedColumn({ ...BLANK_COLUMN, ...was }, column, other, underWay.has(id))];
    }
    const one = column ?? other;
    const isOwn = one === column && underWay.has(id);
    return one !== undefined && (isOwn || changed(was, one)) ? [one] : [];
  });
  const some = columns.length > 0 ? columns : here.columns;
  return some.slice(0, MOST_COLUMNS).map((column) => ({ ...column, leaf: leafOf(column, turns, here) }));
}

function mergedColumn(
  before: Omit<ConversationColumn, 'id'>,
  here: ConversationColumn,
  kept: ConversationColumn,
  underWay: boolean,
): ConversationColumn {
  const shown = underWay || changed(before.leaf, here.leaf);
  return {
    id: kept.id,
    model: changed(before.model, here.model) ? here.model : kept.model,
    parameters: changed(before.parameters, here.parameters) ? here.parameters : kept.parameters,
    leaf: shown ? here.leaf : kept.leaf,
    chosen: shown ? { ...kept.chosen, ...here.chosen } : { ...here.chosen, ...kept.chosen },
  };
}

/** Where the turn at the end of its path was taken out: the nearest one before it. */
function leafOf(
  { leaf }: ConversationColumn,
  turns: ById<ConversationTurn>,
  here: Conversation,
): string | null {
  const gone = byId(here.turns);
  let at = leaf;
  while (at !== null && !turns.has(at)) at = gone.get(at)?.parent ?? null;
  return at;
}
