/** What the palette can find. */
import type { Component } from 'vue';
import type { StateKind } from '../../shared/ui/state-kind.ts';
import { searchable, type Searchable } from './match.ts';

/** In the order of their groups where they are equally good. */
export const GROUPS = [
  'lately',
  'pages',
  'here',
  'actions',
  'settings',
  'providers',
  'models',
  'aliases',
  'conversations',
  'requests',
] as const;
export type GroupName = (typeof GROUPS)[number];

export interface Entry {
  /** Stays the same from one start to the next, so that what was used lately is known again. */
  readonly id: string;
  readonly group: GroupName;
  readonly title: Searchable;
  /** Shown dimmed at the right. */
  readonly detail: string;
  /** Its name in the other language, or an id: as good as the title, very nearly. */
  readonly names: readonly Searchable[];
  /** What people may call it. */
  readonly words: readonly Searchable[];
  readonly icon: Component | null;
  /** In place of an icon. */
  readonly state: StateKind | null;
  /** Its first key. */
  readonly keys: string | null;
  readonly run: () => void;
}

export interface EntryFacts {
  readonly id: string;
  readonly group: GroupName;
  readonly title: string;
  readonly detail?: string;
  readonly names?: readonly string[];
  readonly words?: readonly string[];
  readonly icon?: Component | undefined;
  readonly state?: StateKind;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

/**
 * @param byInitials first letters find it: true for things with names, false for ids
 * @param scatters some letters of its title in order find it: false where the title is a random id
 */
export function entryOf(facts: EntryFacts, byInitials = true, scatters = true): Entry {
  const {
    id,
    group,
    title,
    detail = '',
    names = [],
    words = [],
    icon = null,
    state = null,
    keys = null,
    run,
  } = facts;
  const prepared = (texts: readonly string[]): readonly Searchable[] =>
    texts.filter((text) => text !== '').map((text) => searchable(text, byInitials));
  return {
    id,
    group,
    title: searchable(title, byInitials, scatters),
    detail,
    names: prepared(names),
    words: prepared(words),
    icon,
    state,
    keys,
    run,
  };
}
