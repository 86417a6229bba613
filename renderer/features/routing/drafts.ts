/** Changes to aliases that are not applied yet. Pure; values are never changed. */
import type { AliasStrategy, TargetConfig } from '../../../contract/config/routing.ts';
import type { AliasView } from '../../../contract/rpc/procedures/aliases.ts';
import { sameTarget, targetDraft, targetFault, targetOf, targetSeen, type TargetDraft } from './targets.ts';

/** What of an alias changes replace. */
export interface SeenAlias {
  readonly strategy: AliasStrategy;
  readonly targets: TargetConfig[];
}

export interface AliasDraft {
  /** Names it within the page: the alias's present name, or `+1` for a new one. */
  readonly key: string;
  /** The alias it changes; null for a new one. */
  readonly was: string | null;
  /** What that was when the change was begun; null for a new one. */
  readonly seen: SeenAlias | null;
  readonly id: string;
  readonly strategy: AliasStrategy;
  readonly targets: readonly TargetDraft[];
  readonly removed: boolean;
}

/** By key, in the order they were begun. */
export type Drafts = ReadonlyMap<string, AliasDraft>;

export const NO_DRAFTS: Drafts = new Map();

/** One line of the page: an alias as it is, and as it is going to be. */
export interface AliasRow {
  readonly key: string;
  /** Null for an alias that is not there yet. */
  readonly view: AliasView | null;
  readonly draft: AliasDraft;
  readonly changed: boolean;
  /** It is changed here, and somewhere else as well since that was begun. */
  readonly elsewhere: boolean;
}

export const seenOf = ({ strategy, targets }: AliasView): SeenAlias => ({
  strategy,
  targets: targets.map(targetSeen),
});

export function draftOf(view: AliasView): AliasDraft {
  const { id, strategy } = view;
  const targets = view.targets.map(targetDraft);
  return { key: id, was: id, seen: seenOf(view), id, strategy, targets, removed: false };
}

/** As the gateway takes it; only of a draft without a fault. */
export const aliasOf = ({ id, strategy, targets }: AliasDraft) => ({
  id: id.trim(),
  strategy,
  targets: targets.map(targetOf),
});

/** Aliases in their order, then new ones. A draft of an alias that is gone by now becomes a new one. */
export function rowsOf(views: readonly AliasView[], drafts: Drafts): readonly AliasRow[] {
  const known = new Set(views.map(({ id }) => id));
  const rows = views.map((view): AliasRow => {
    const draft = drafts.get(view.id) ?? draftOf(view);
    const changed = draft.removed || differs(draft, view.id, seenOf(view));
    const elsewhere =
      changed && !draft.removed && JSON.stringify(draft.seen) !== JSON.stringify(seenOf(view));
    return { key: view.id, view, draft, changed, elsewhere };
  });
  const added = [...drafts.values()].filter(
    ({ was, removed }) => !removed && (was === null || !known.has(was)),
  );
  return [
    ...rows,
    ...added.map((draft): AliasRow => ({
      key: draft.key,
      view: null,
      draft,
      changed: true,
      elsewhere: false,
    })),
  ];
}

/** True where it would make another of an alias with this name, strategy and these targets. */
function differs(draft: AliasDraft, id: string, { strategy, targets }: SeenAlias): boolean {
  const others = targets.map(targetDraft);
  return (
    draft.id.trim() !== id ||
    draft.strategy !== strategy ||
    draft.targets.length !== others.length ||
    draft.targets.some((target, index) => {
      const other = others[index];
      return other === undefined || target.model !== other.model || !sameTarget(target, other);
    })
  );
}

/**
 * Without those that are no changes any more: taken back by hand, or made elsewhere just so. As long as the alias is
 * what they were begun from they stay, for what is typed may be half a word.
 */
export function stillMeant(drafts: Drafts, views: readonly AliasView[]): Drafts {
  return new Map([...drafts].filter(([, draft]) => isStillMeant(draft, views)));
}

function isStillMeant(draft: AliasDraft, views: readonly AliasView[]): boolean {
  const { was, seen, removed } = draft;
  if (was === null || seen === null) return true;
  const view = views.find(({ id }) => id === was);
  if (view === undefined) return !removed && differs(draft, was, seen);
  const now = seenOf(view);
  if (removed || JSON.stringify(now) === JSON.stringify(seen)) return true;
  return differs(draft, was, seen) && differs(draft, was, now);
}

/** @param draft replaces the one of its key */
export function withDraft(drafts: Drafts, draft: AliasDraft): Drafts {
  return new Map(drafts).set(draft.key, draft);
}

export function withoutDraft(drafts: Drafts, key: string): Drafts {
  const left = new Map(drafts);
  left.delete(key);
  return left;
}

/** What leads to an alias leads to it under its new name, in what was seen too: the gateway writes that itself. */
export function withNewName(drafts: Drafts, { was, id, removed }: AliasDraft): Drafts {
  const name = id.trim();
  if (was === null || removed || was === name) return drafts;
  const named = <T extends { readonly model: string }>(targets: readonly T[]): T[] =>
    targets.map((target) => (target.model === was ? { ...target, model: name } : target));
  return new Map(
    [...drafts].map(([key, draft]) => {
      const seen = draft.seen === null ? null : { ...draft.seen, targets: named(draft.seen.targets) };
      return [key, { ...draft, seen, targets: named(draft.targets) }];
    }),
  );
}

/** A new alias with a key that no other has. */
export function newDraft(drafts: Drafts): AliasDraft {
  let number = 1;
  while (drafts.has(`+${number}`)) number += 1;
  const key = `+${number}`;
  return { key, was: null, seen: null, id: '', strategy: 'priority', targets: [], removed: false };
}

/** Why a draft cannot be applied; names its message, in `routing.faults`. */
export type DraftFault = 'no_name' | 'name_form' | 'name_taken' | 'no_target' | 'target_form';

/** @param rows all of them, for names that are taken @returns the first fault of each part */
export function faultsOf(
  row: AliasRow,
  rows: readonly AliasRow[],
): { readonly name: DraftFault | null; readonly targets: DraftFault | null } {
  const { draft } = row;
  if (draft.removed || row.view?.kind === 'manual') return { name: null, targets: null };
  return {
    name: nameFault(draft.id.trim(), row, rows),
    targets: targetsFault(draft),
  };
}

function targetsFault({ targets }: AliasDraft): DraftFault | null {
  if (targets.length === 0) return 'no_target';
  return targets.some((target) => targetFault(target) !== null) ? 'target_form' : null;
}

function nameFault(id: string, row: AliasRow, rows: readonly AliasRow[]): DraftFault | null {
  if (id === '') return 'no_name';
  if (/\p{Cc}/u.test(id)) return 'name_form';
  const taken = rows.some(
    (other) => other.key !== row.key && !other.draft.removed && other.draft.id.trim() === id,
  );
  return taken ? 'name_taken' : null;
}

/** The list with one entry at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const place = Math.max(0, Math.min(list.length - 1, to));
  const left = list.filter((_, index) => index !== from);
  return [...left.slice(0, place), ...list.slice(from, from + 1), ...left.slice(place)];
}
