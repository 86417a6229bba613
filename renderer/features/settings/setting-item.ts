/** What a setting is to the page, and the usual kinds of them. */
import type { Component } from 'vue';
import type { NoticeKind } from '../../../contract/rpc/procedures/desktop.ts';
import type { FilePath, SettingPath } from '../../../contract/rpc/procedures/settings.ts';
import ChoiceItem from './items/ChoiceItem.vue';
import DesktopSwitchItem from './items/DesktopSwitchItem.vue';
import FileItem from './items/FileItem.vue';
import ListItem from './items/ListItem.vue';
import NoticeItem from './items/NoticeItem.vue';
import NumberItem from './items/NumberItem.vue';
import SwitchItem from './items/SwitchItem.vue';

export interface SettingItem {
  /** Stands in the address and in the keys of its messages: a path of the configuration, or a name like one. */
  readonly id: string;
  /** What people may call it, in English and Chinese. */
  readonly words: string;
  readonly component: Component;
  readonly props?: Readonly<Record<string, unknown>>;
  /** Where it has a meaning; absent: everywhere. */
  readonly on?: 'desktop' | 'browser';
}

export interface SettingSection {
  readonly id: string;
  readonly icon: Component;
  readonly items: readonly SettingItem[];
}

export const SECOND = 1_000;

export const number = (
  path: SettingPath,
  words: string,
  props: Readonly<Record<string, unknown>>,
): SettingItem => ({
  id: path,
  words,
  component: NumberItem,
  props: { path, ...props },
});
export const choice = (path: SettingPath, words: string, options: readonly string[]): SettingItem => ({
  id: path,
  words,
  component: ChoiceItem,
  props: { path, options },
});
export const onOff = (path: SettingPath, words: string): SettingItem => ({
  id: path,
  words,
  component: SwitchItem,
  props: { path },
});
export const list = (path: SettingPath, words: string): SettingItem => ({
  id: path,
  words,
  component: ListItem,
  props: { path },
});
export const inFile = (path: FilePath, words: string): SettingItem => ({
  id: path,
  words,
  component: FileItem,
  props: { path },
});
export const seconds = { unit: 'seconds', factor: SECOND, least: 0.1, most: 86_400 } as const;
export const desktop = (name: string, words: string): SettingItem => ({
  id: `desktop.${name}`,
  words,
  component: DesktopSwitchItem,
  props: { name },
  on: 'desktop',
});
export const notice = (kind: NoticeKind, words: string): SettingItem => ({
  id: `desktop.notice.${kind}`,
  words,
  component: NoticeItem,
  props: { kind },
  on: 'desktop',
});
